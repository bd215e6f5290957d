import { RateLimiter } from '../../../nodes/engine/http/rateLimiter.ts';

beforeEach(() => {
	jest.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
	jest.useRealTimers();
});

/** Waits until a request may start. @returns how long a pause lasts that is longer than the maximum, in ms */
async function acquire(limiter: RateLimiter, signal?: AbortSignal, maxPauseMs?: number) {
	for (;;) {
		const pauseMs = await limiter.waitForPause(signal, maxPauseMs);
		if (pauseMs > 0) return pauseMs;
		if (await limiter.waitForStart(signal)) return 0;
	}
}

/** Sends `count` requests, `atOnce` in parallel. @returns their start times in ms from now */
async function starts(limiter: RateLimiter, count: number, atOnce = count): Promise<number[]> {
	const began = Date.now();
	const through: number[] = [];
	let left = count;
	const workers = Array.from({ length: atOnce }, async () => {
		while (left-- > 0) {
			await acquire(limiter);
			through.push(Date.now() - began);
		}
	});
	await jest.advanceTimersByTimeAsync(600_000);
	await Promise.all(workers);
	return through;
}

/** Records `count` accepted requests. */
function accepting(limiter: RateLimiter, count: number): void {
	for (let each = 0; each < count; each++) limiter.recordAccepted();
}

describe('the rate limiter', () => {
	it('does not delay requests until the service throttles', async () => {
		const limiter = new RateLimiter();
		accepting(limiter, 100);
		expect(await starts(limiter, 50)).toEqual(Array(50).fill(0));
	});

	it('pauses all requests, then starts no more per second than the service accepted, at intervals', async () => {
		const limiter = new RateLimiter();
		accepting(limiter, 50);
		limiter.recordThrottled(1000);
		const all = await starts(limiter, 150);
		expect(all[0]).toBe(1000);
		for (const [index, at] of all.entries()) {
			expect(at - (all[index - 1] ?? 0)).toBeGreaterThanOrEqual(5);
			if (index >= 50) expect(at - (all[index - 50] ?? 0)).toBeGreaterThan(1000);
		}
		// a pause of 1 s, then 150 requests at 50 per second
		expect(all.at(-1)).toBeLessThan(3500);
	});

	it('measures per minute after a pause of a minute', async () => {
		const limiter = new RateLimiter();
		accepting(limiter, 60);
		limiter.recordThrottled(60_000);
		const all = await starts(limiter, 61);
		expect(all[0]).toBe(60_000);
		expect((all[60] ?? 0) - (all[0] ?? 0)).toBeGreaterThan(60_000);
	});

	it('counts per minute if the pause is a little shorter, because the minute began with the first request', async () => {
		const limiter = new RateLimiter();
		accepting(limiter, 60);
		jest.advanceTimersByTime(10_000);
		limiter.recordThrottled(50_000);
		const all = await starts(limiter, 61);
		expect((all[60] ?? 0) - (all[0] ?? 0)).toBeGreaterThan(60_000);
	});

	it('starts no request during a second pause', async () => {
		const limiter = new RateLimiter();
		accepting(limiter, 2);
		limiter.recordThrottled(1000);
		setTimeout(() => {
			limiter.recordThrottled(5000);
		}, 1200);
		const all = await starts(limiter, 4);
		expect(all.filter((at) => at > 1200 && at < 6200)).toEqual([]);
		expect(all).toHaveLength(4);
	});

	it('treats throttled requests in flight as one event', async () => {
		const limiter = new RateLimiter();
		accepting(limiter, 50);
		for (let each = 0; each < 10; each++) limiter.recordThrottled(1000);
		expect(limiter.throttleCount).toBe(10);
		expect(limiter.pausedMs).toBe(1000);
		const all = await starts(limiter, 51);
		expect((all[50] ?? 0) - (all[0] ?? 0)).toBeGreaterThan(1000);
	});

	it('requests in the queue wait again after a second pause', async () => {
		const limiter = new RateLimiter();
		accepting(limiter, 10);
		limiter.recordThrottled(1000);
		const waiting = starts(limiter, 3);
		await Promise.resolve();
		limiter.recordThrottled(5000);
		expect((await waiting).map((at) => at >= 5000)).toEqual([true, true, true]);
	});

	it('increases the rate quickly after a measurement of few requests, and slowly otherwise', async () => {
		const few = new RateLimiter();
		accepting(few, 2);
		few.recordThrottled(1000);
		// at 2 per second this would take 40 s
		expect((await starts(few, 80, 5)).at(-1)).toBeLessThan(15_000);
		const many = new RateLimiter();
		accepting(many, 50);
		many.recordThrottled(1000);
		// at 50 per second this takes 7 s, after a pause of 1 s
		expect((await starts(many, 400, 5)).at(-1)).toBeGreaterThan(8000);
	});

	it('returns the remaining pause at once if it exceeds the limit', async () => {
		const limiter = new RateLimiter();
		limiter.pause(300_000);
		jest.advanceTimersByTime(100_000);
		expect(await acquire(limiter, undefined, 199_999)).toBe(200_000);
		expect(await acquire(limiter, undefined, -1)).toBe(200_000);
		expect(limiter.throttleCount).toBe(0);
		const passing = acquire(limiter, undefined, 200_000);
		await jest.advanceTimersByTimeAsync(200_000);
		expect(await passing).toBe(0);
	});

	it('stops waiting when the signal aborts', async () => {
		const limiter = new RateLimiter();
		limiter.recordThrottled(60_000);
		const cancel = new AbortController();
		const waiting = expect(acquire(limiter, cancel.signal)).rejects.toThrow();
		cancel.abort();
		await waiting;
	});
});
