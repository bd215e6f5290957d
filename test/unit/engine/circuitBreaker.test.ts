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
		/** Sends a request if the breaker allows it. @returns whether it was sent */
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

describe('the circuit breaker', () => {
	it.each<[string, Outcome, boolean]>([
		['unreached', dead, true],
		['lost', { kind: 'lost', code: 'ETIMEDOUT' }, true],
		['500', answered(500), true],
		['503', answered(503), true],
		['429', answered(429), true],
		['an error code for throttling', { kind: 'response', status: 400, throttled: true }, true],
		['200', answered(200), false],
		['404', answered(404), false],
		['307', answered(307), false],
	])('opens if all requests of a window have failed: %s', (_what, outcome, opens) => {
		const { send, wait, failing } = breakerAt();
		send(outcome);
		wait(5000);
		send(outcome);
		wait(4999);
		send(outcome);
		wait(1);
		expect(send(outcome)).toBe(true);
		// a single probe
		expect(send(outcome)).toBe(true);
		expect(send(outcome)).toBe(!opens);
		if (opens) expect(failing()).toEqual({ forMs: 10_000, outcome });
	});

	it.each([200, 404])('stays closed if any request succeeds in between: %i', (status) => {
		const { send, wait } = breakerAt();
		for (let each = 0; each < 100; each++) {
			expect(send(dead)).toBe(true);
			wait(3000);
			if (each % 3 === 0) expect(send(answered(status))).toBe(true);
		}
	});

	it('does not count a redirect as a success', () => {
		const { send, wait } = breakerAt();
		send(dead);
		wait(10_000);
		send(answered(307));
		send(dead);
		send(dead);
		expect(send(dead)).toBe(false);
	});

	it('does not open for a single request, regardless of its number of attempts', () => {
		const { send, wait } = breakerAt();
		send(answered(500));
		for (let each = 0; each < 20; each++) {
			wait(5000);
			expect(send(answered(500), { isFirst: false })).toBe(true);
		}
		expect(send(answered(200))).toBe(true);
		expect(send(answered(500))).toBe(true);
	});

	it('sends one first attempt per window as a probe, and closes when a probe is answered', () => {
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
		// a new series of failures starts a new window
		wait(9000);
		expect([send(dead), send(dead)]).toEqual([true, true]);
	});

	it('measures from the first failed request after the last success', () => {
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

	it('opens after ten seconds of failures if Keep Retrying For is 0', () => {
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

	it('uses the longest Keep Retrying For of the items', () => {
		const { send, wait } = breakerAt();
		send(dead, { patienceMs: 60_000 });
		wait(59_000);
		expect([send(dead), send(dead), send(dead)]).toEqual([true, true, true]);
		wait(1000);
		expect([send(dead), send(dead), send(dead)]).toEqual([true, true, false]);
	});
});
