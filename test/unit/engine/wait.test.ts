import { pollUntil } from '../../../nodes/engine/runs/wait.ts';

it('looks at once, then at each interval, and once more at the very end', async () => {
	let looks = 0;
	await pollUntil({ intervalMs: 400, timeoutMs: 600 }, () => {
		looks++;
		return Promise.resolve(undefined);
	});
	expect(looks).toBe(3);
});

it('an interval longer than the timeout does not make it wait longer', async () => {
	const started = performance.now();
	await pollUntil({ intervalMs: 60_000, timeoutMs: 50 }, () => Promise.resolve(undefined));
	expect(performance.now() - started).toBeLessThan(2000);
});

describe.each([
	['forward', 3_600_000],
	['back', -3_600_000],
])('the clock of the machine is set %s meanwhile', (_way, jumpMs) => {
	const clock = Date.now;
	afterEach(() => {
		Date.now = clock;
	});

	it('the wait takes as long as before', async () => {
		const started = performance.now();
		let looks = 0;
		await pollUntil({ intervalMs: 20, timeoutMs: 100 }, () => {
			if (++looks === 2) Date.now = () => clock() + jumpMs;
			return Promise.resolve(looks > 50 ? true : undefined);
		});
		expect(performance.now() - started).toBeGreaterThan(90);
		expect(looks).toBeLessThan(10);
	});
});
