/** Decides whether a request is retried, from its effect, its outcome and the time left. Pure. */

/**
 * The effect of sending a request twice.
 * - `read`: none.
 * - `idempotent`: the same as sending it once, by its nature or by a client token that the service recognizes.
 * - `write`: possibly a second resource.
 */
export type Effect = 'read' | 'idempotent' | 'write';

/** The outcome of one attempt. */
export type Outcome =
	| {
			kind: 'response';
			status: number;
			/** The response has a code for throttling, with any status. */
			throttled?: boolean;
			/** The response has a code for a timeout, with any status, so that the request may have been carried out. */
			timedOut?: boolean;
			retryAfterMs?: number;
	  }
	/** The server was not reached: connection refused, unknown host, or untrusted certificate. */
	| { kind: 'unreached'; code: string }
	/** The request was sent, and the connection or the response was lost. */
	| { kind: 'lost'; code: string };

export type Decision =
	| { action: 'accept' }
	/** Wait, then retry. `isThrottled`: the service asked for the pause, so that all items wait. */
	| { action: 'retry'; waitMs: number; isThrottled: boolean }
	| Failure;

export interface Failure {
	action: 'fail';
	outcomeUnknown: boolean;
	/** The pause that the service asked for, in ms, if it is the reason: it is longer than the time left. */
	retryAfterMs?: number;
	/** The pause that the service asked all requests to make, in ms. */
	pauseMs?: number;
	/**
	 * The service was busy but may have carried out the request: the caller checks, and retries after this pause, in ms,
	 * only if the check finds nothing. Undefined if the pause is longer than the time left.
	 */
	retryAfterCheckMs?: number;
}

/** The base of the exponential backoff: `random * min(30 s, 0.5 s * 2^attempt)`. */
const BACKOFF_MS = 500;
const BACKOFF_CAP_MS = 30_000;
/** Attempts after an error that time does not fix, such as an unknown host. A busy resolver may report one too. */
const PERMANENT_ATTEMPTS = 3;

/** Temporary server errors. From 520, they come from a proxy that got no valid response from the service. */
const TRANSIENT = [500, 502, 503, 504, 520, 521, 522, 523, 524, 529, 530];
/** The maximum pause: one year. */
const MAX_PAUSE_MS = 366 * 24 * 3_600_000;

/**
 * Parses a date in a header, in any of the three formats of HTTP (RFC 9110, 5.6.7). All are in GMT, although the
 * third, of C's asctime, does not say so.
 * @returns epoch ms
 */
export function parseHttpDate(value: unknown): number | undefined {
	const text = typeof value === 'string' ? value.trim() : '';
	if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
	const time = Date.parse(/ \d{4}$/.test(text) ? `${text} GMT` : text);
	return Number.isNaN(time) ? undefined : time;
}

/**
 * Parses a Retry-After header (RFC 9110, 10.2.3).
 * @param value seconds or an HTTP date; anything else counts as absent
 * @param nowMs the current time by the server's clock, in epoch ms
 * @returns ms to wait, at most one year; 0 for a date in the past
 */
export function parseRetryAfter(value: unknown, nowMs: number): number | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, MAX_PAUSE_MS);
	const date = parseHttpDate(text);
	return date === undefined ? undefined : Math.min(Math.max(0, date - nowMs), MAX_PAUSE_MS);
}

function backoff(attempt: number, random: number): number {
	return random * Math.min(BACKOFF_CAP_MS, BACKOFF_MS * 2 ** attempt);
}

/**
 * Whether the service throttled the request and did not carry it out. A 503 is not enough: some servers return it
 * with a Retry-After header for requests that they have carried out.
 */
export function isThrottle(outcome: Outcome): boolean {
	return outcome.kind === 'response' && (outcome.status === 429 || outcome.throttled === true);
}

/** Whether the request was sent and its effect is unknown. */
export function isLost(outcome: Outcome): boolean {
	return outcome.kind === 'lost' || (outcome.kind === 'response' && outcome.timedOut === true);
}

/** Whether an error is about the address or its certificate, and waiting does not help. */
function isPermanent(code: string): boolean {
	return code === 'ENOTFOUND' || !/^E[A-Z_]+$/.test(code) || code.startsWith('ERR_');
}

/** Whether a retry may succeed. */
function isTemporary(outcome: Outcome, attempt: number): boolean {
	if (outcome.kind === 'unreached') {
		return attempt < PERMANENT_ATTEMPTS || !isPermanent(outcome.code);
	}
	return (
		isLost(outcome) ||
		isThrottle(outcome) ||
		(outcome.kind === 'response' && TRANSIENT.includes(outcome.status))
	);
}

/**
 * Decides what follows an attempt.
 * @param attempt the number of attempts so far, from 1
 * @param leftMs how long the request may still be retried
 * @param random 0 to 1, for full jitter
 */
export function decideRetry(
	effect: Effect,
	outcome: Outcome,
	{ attempt, leftMs, random }: { attempt: number; leftMs: number; random: number },
): Decision {
	if (outcome.kind === 'response' && outcome.status < 400) return { action: 'accept' };

	const { retryAfterMs } = outcome.kind === 'response' ? outcome : { retryAfterMs: undefined };
	const status = outcome.kind === 'response' ? outcome.status : 0;
	const asksForPause = isThrottle(outcome) || (status === 503 && retryAfterMs !== undefined);
	const isSafe = effect !== 'write' || isThrottle(outcome) || outcome.kind === 'unreached';
	const outcomeUnknown = !isSafe && (isLost(outcome) || status >= 500);
	const mayRecover = isTemporary(outcome, attempt);

	// limited by the time left, so that the last attempt does not depend on the jitter
	const ownMs = Math.min(backoff(attempt, random), Math.max(0, leftMs));
	// an error with Retry-After: 0 must not cause a busy loop; the rate limiter spaces throttled requests
	const waitMs = asksForPause ? (retryAfterMs ?? ownMs) : Math.max(retryAfterMs ?? 0, ownMs);
	const isTooLong = leftMs <= 0 || waitMs > leftMs;
	if (isSafe && mayRecover && !isTooLong) {
		return { action: 'retry', waitMs, isThrottled: asksForPause };
	}
	return {
		action: 'fail',
		outcomeUnknown,
		retryAfterMs:
			mayRecover && retryAfterMs !== undefined && retryAfterMs > leftMs ? retryAfterMs : undefined,
		pauseMs: asksForPause ? retryAfterMs : undefined,
		retryAfterCheckMs: outcomeUnknown && asksForPause && !isTooLong ? retryAfterMs : undefined,
	};
}
