import { pollUntil } from '../../../nodes/engine/runs/wait.ts';

it('checks at once, at each interval, and at the timeout', async () => {
	let checks = 0;
	await pollUntil({ intervalMs: 400, timeoutMs: 600 }, () => {
		checks++;
		return Promise.resolve(undefined);
	});
	expect(checks).toBe(3);
});

it('waits no longer than the timeout if the interval is longer', async () => {
	const started = performance.now();
	await pollUntil({ intervalMs: 60_000, timeoutMs: 50 }, () => Promise.resolve(undefined));
	expect(performance.now() - started).toBeLessThan(2000);
});

describe.each([
	['forward', 3_600_000],
	['back', -3_600_000],
])('the machine clock is set %s during a wait', (_way, jumpMs) => {
	const clock = Date.now;
	afterEach(() => {
		Date.now = clock;
	});

	it('does not change the duration of the wait', async () => {
		const started = performance.now();
		let checks = 0;
		await pollUntil({ intervalMs: 20, timeoutMs: 100 }, () => {
			if (++checks === 2) Date.now = () => clock() + jumpMs;
			return Promise.resolve(checks > 50 ? true : undefined);
		});
		expect(performance.now() - started).toBeGreaterThan(90);
		expect(checks).toBeLessThan(10);
	});
});
