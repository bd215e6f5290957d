import { CircuitBreaker } from '../../../nodes/engine/http/circuitBreaker.ts';
import type { Outcome } from '../../../nodes/engine/http/retry.ts';

const dead: Outcome = { kind: 'unreached', code: 'ECONNREFUSED' };
const answered = (status: number): Outcome => ({ kind: 'response', status });

/** A breaker with a clock that the test sets, and a window of 10 s. */
function breakerAt(keepRetryingMs = 10_000) {
	let now = 1_000_000;
	const breaker = new CircuitBreaker(() => now);
	return {
		wait: (ms: number) => (now += ms),
		/** One request, if it may be sent. @returns whether it was sent */
		send: (outcome: Outcome, { isFirst = true, takesMs = 0, patienceMs = keepRetryingMs } = {}) => {
			if (!breaker.allows(patienceMs, isFirst)) return false;
			const sentAt = now;
			now += takesMs;
			breaker.record(outcome, { sentAt, isFirst });
			return true;
		},
		failing: () => breaker.failureState(),
	};
}

describe('the breaker', () => {
	it.each<[string, Outcome, boolean]>([
		['unreached', dead, true],
		['lost', { kind: 'lost', code: 'ETIMEDOUT' }, true],
		['500', answered(500), true],
		['503', answered(503), true],
		['429', answered(429), true],
		['a code of throttling', { kind: 'response', status: 400, throttled: true }, true],
		['200', answered(200), false],
		['404', answered(404), false],
		['307', answered(307), false],
	])('opens after a window of nothing but failures: %s', (_what, outcome, opens) => {
		const { send, wait, failing } = breakerAt();
		send(outcome);
		wait(5000);
		send(outcome);
		wait(4999);
		send(outcome);
		wait(1);
		expect(send(outcome)).toBe(true);
		// one probe at once, and no more
		expect(send(outcome)).toBe(true);
		expect(send(outcome)).toBe(!opens);
		if (opens) expect(failing()).toEqual({ forMs: 10_000, outcome });
	});

	it.each([200, 404])('stays shut when anything good comes between: %i', (status) => {
		const { send, wait } = breakerAt();
		for (let each = 0; each < 100; each++) {
			expect(send(dead)).toBe(true);
			wait(3000);
			if (each % 3 === 0) expect(send(answered(status))).toBe(true);
		}
	});

	it('does not count a redirect as good', () => {
		const { send, wait } = breakerAt();
		send(dead);
		wait(10_000);
		send(answered(307));
		send(dead);
		send(dead);
		expect(send(dead)).toBe(false);
	});

	it('does not open for one request alone, however often it was sent', () => {
		const { send, wait } = breakerAt();
		send(answered(500));
		for (let each = 0; each < 20; each++) {
			wait(5000);
			expect(send(answered(500), { isFirst: false })).toBe(true);
		}
		expect(send(answered(200))).toBe(true);
		expect(send(answered(500))).toBe(true);
	});

	it('sends one probe per window, never one that was sent before, and closes when it is answered', () => {
		const { send, wait } = breakerAt();
		send(dead);
		wait(10_000);
		send(dead);
		expect(send(dead, { isFirst: false })).toBe(false);
		expect([send(dead), send(dead)]).toEqual([true, false]);
		wait(9999);
		expect(send(dead)).toBe(false);
		wait(1);
		expect([send(dead), send(dead)]).toEqual([true, false]);
		wait(10_000);
		expect([send(answered(200)), send(dead), send(dead)]).toEqual([true, true, true]);
		// and a new row is counted from its beginning
		wait(9000);
		expect([send(dead), send(dead)]).toEqual([true, true]);
	});

	it('counts from when the first was sent, and not from before the last good answer', () => {
		const slow = breakerAt();
		slow.send(dead, { takesMs: 6000 });
		slow.send(dead, { takesMs: 6000 });
		slow.send(dead);
		expect(slow.send(dead)).toBe(false);
		const late = breakerAt();
		late.wait(5000);
		late.send(answered(200));
		expect(late.failing().forMs).toBe(0);
	});

	it('with 0 waits for ten seconds of failures', () => {
		const { send, wait } = breakerAt(0);
		for (let each = 0; each < 10; each++) {
			expect(send(dead)).toBe(true);
			wait(999);
		}
		wait(10);
		send(dead);
		send(dead);
		expect(send(dead)).toBe(false);
	});

	it('goes by the longest Keep Retrying For of the items', () => {
		const { send, wait } = breakerAt();
		send(dead, { patienceMs: 60_000 });
		wait(59_000);
		expect([send(dead), send(dead), send(dead)]).toEqual([true, true, true]);
		wait(1000);
		expect([send(dead), send(dead), send(dead)]).toEqual([true, true, false]);
	});
});
