import { RateLimiter } from '../../../nodes/engine/http/rateLimiter.ts';

beforeEach(() => {
	jest.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
	jest.useRealTimers();
});

/** When so many get through, ms from now, of whom so many wait at a time. */
async function starts(gate: RateLimiter, count: number, atOnce = count): Promise<number[]> {
	const began = Date.now();
	const through: number[] = [];
	let left = count;
	const workers = Array.from({ length: atOnce }, async () => {
		while (left-- > 0) {
			await gate.acquire();
			through.push(Date.now() - began);
		}
	});
	await jest.advanceTimersByTimeAsync(600_000);
	await Promise.all(workers);
	return through;
}

/** A service that has just taken so many requests. */
function accepting(gate: RateLimiter, count: number): void {
	for (let each = 0; each < count; each++) gate.recordAccepted();
}

describe('the gate', () => {
	it('holds nobody back until the service refuses', async () => {
		const gate = new RateLimiter();
		accepting(gate, 100);
		expect(await starts(gate, 50)).toEqual(Array(50).fill(0));
	});

	it('makes all wait; then no more start in any second than the service took in one, and spread', async () => {
		const gate = new RateLimiter();
		accepting(gate, 50);
		gate.recordThrottled(1000);
		const all = await starts(gate, 150);
		expect(all[0]).toBe(1000);
		for (const [index, at] of all.entries()) {
			expect(at - (all[index - 1] ?? 0)).toBeGreaterThanOrEqual(5);
			if (index >= 50) expect(at - (all[index - 50] ?? 0)).toBeGreaterThan(1000);
		}
		// 50 at once, and 50 a second: 1 s shut, and the last of three spans has begun
		expect(all.at(-1)).toBeLessThan(3500);
	});

	it('counts per minute when the service asks for a long pause', async () => {
		const gate = new RateLimiter();
		accepting(gate, 60);
		gate.recordThrottled(60_000);
		const all = await starts(gate, 61);
		expect(all[0]).toBe(60_000);
		expect((all[60] ?? 0) - (all[0] ?? 0)).toBeGreaterThan(60_000);
	});

	it('lets nobody through whose turn comes while it is shut again', async () => {
		const gate = new RateLimiter();
		accepting(gate, 2);
		gate.recordThrottled(1000);
		setTimeout(() => {
			gate.recordThrottled(5000);
		}, 1200);
		const all = await starts(gate, 4);
		expect(all.filter((at) => at > 1200 && at < 6200)).toEqual([]);
		expect(all).toHaveLength(4);
	});

	it('takes the refusals of those under way for one', async () => {
		const gate = new RateLimiter();
		accepting(gate, 50);
		for (let each = 0; each < 10; each++) gate.recordThrottled(1000);
		expect(gate.throttleCount).toBe(10);
		expect(gate.pausedMs).toBe(1000);
		const all = await starts(gate, 51);
		expect((all[50] ?? 0) - (all[0] ?? 0)).toBeGreaterThan(1000);
	});

	it('sends those who wait back to the end when it shuts again', async () => {
		const gate = new RateLimiter();
		accepting(gate, 10);
		gate.recordThrottled(1000);
		const waiting = starts(gate, 3);
		await Promise.resolve();
		gate.recordThrottled(5000);
		expect((await waiting).map((at) => at >= 5000)).toEqual([true, true, true]);
	});

	it('soon goes faster when it began with a few, and seldom when it knows the rate', async () => {
		const few = new RateLimiter();
		accepting(few, 2);
		few.recordThrottled(1000);
		// at 2 per second these would take 40 s
		expect((await starts(few, 80, 5)).at(-1)).toBeLessThan(15_000);
		const many = new RateLimiter();
		accepting(many, 50);
		many.recordThrottled(1000);
		// at 50 per second these take 7 s, after the one that it is shut
		expect((await starts(many, 400, 5)).at(-1)).toBeGreaterThan(8000);
	});

	it('does not wait for a pause that is longer than one may wait, and tells how long it is', async () => {
		const gate = new RateLimiter();
		gate.pause(300_000);
		jest.advanceTimersByTime(100_000);
		expect(await gate.acquire(undefined, 199_999)).toBe(200_000);
		expect(await gate.acquire(undefined, -1)).toBe(200_000);
		expect(gate.throttleCount).toBe(0);
		const passing = gate.acquire(undefined, 200_000);
		await jest.advanceTimersByTimeAsync(200_000);
		expect(await passing).toBe(0);
	});

	it('can be left by cancelling', async () => {
		const gate = new RateLimiter();
		gate.recordThrottled(60_000);
		const cancel = new AbortController();
		const waiting = expect(gate.acquire(cancel.signal)).rejects.toThrow();
		cancel.abort();
		await waiting;
	});
});
