/**
 * When a request may be sent again: a pure decision from the effect of the request,
 * what came of it, and the time that is left.
 */

/**
 * What sending a request twice can do.
 * - `read`: nothing.
 * - `idempotent`: the same as sending it once, by its nature or by a token in it that the service recognises.
 * - `write`: a second resource.
 */
export type Effect = 'read' | 'idempotent' | 'write';

/** What came of one try. */
export type Outcome =
	| {
			kind: 'answered';
			status: number;
			/** The service says so by a code, whatever the status. */
			throttled?: boolean;
			/** The service says by a code, whatever the status, that it has waited in vain, so that the work may be done. */
			timedOut?: boolean;
			retryAfterMs?: number;
	  }
	/** The server was never reached: refused, unknown name, no trust. */
	| { kind: 'unreached'; code: string }
	/** Sent, and then the connection was lost, timed out, or the answer broke off. */
	| { kind: 'lost'; code: string };

export type Decision =
	| { then: 'accept' }
	/** Wait, then send again. `everyone`: the service asked for it, so that the other items wait as well. */
	| { then: 'again'; waitMs: number; everyone: boolean }
	| Failure;

export interface Failure {
	then: 'give up';
	outcomeUnknown: boolean;
	/** The pause that the service asked for, in ms, when it is the reason: it is longer than the time that is left. */
	retryAfterMs?: number;
	/** The pause that the service wants all requests to make, in ms. */
	pauseMs?: number;
	/**
	 * The service said that it is busy, but may have done the work: the caller is to look first, and to send again,
	 * after this pause in ms, only when nothing is found. Not set when the pause is longer than the time that is left.
	 */
	retryAfterCheckMs?: number;
}

/** First backoff, before jitter; it doubles with each try. */
const BACKOFF_MS = 500;
const BACKOFF_CAP_MS = 30_000;
/** A wrong host name or certificate does not heal while one waits; an overloaded resolver does at once. */
const PERMANENT_ATTEMPTS = 3;

/** Faults of the moment; from 520 on they are those of a proxy that got no good answer from the service. */
const TRANSIENT = [500, 502, 503, 504, 520, 521, 522, 523, 524, 529, 530];
/** No pause is taken to be longer than a year. */
const LONGEST_PAUSE_MS = 366 * 24 * 3_600_000;

/**
 * A date in a header, in epoch ms. HTTP writes them in three ways (RFC 9110, 5.6.7), all of them in GMT,
 * which the third, as of C's asctime, does not say.
 */
export function parseHttpDate(value: unknown): number | undefined {
	const text = typeof value === 'string' ? value.trim() : '';
	if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
	const time = Date.parse(/ \d{4}$/.test(text) ? `${text} GMT` : text);
	return Number.isNaN(time) ? undefined : time;
}

/**
 * Parses a Retry-After header (RFC 9110, 10.2.3).
 * @param value seconds, or an HTTP date; anything else counts as absent
 * @param nowMs the present by the clock of the server that wrote it, in epoch ms; a date in the past gives 0
 * @returns ms to wait, a year at the most
 */
export function parseRetryAfter(value: unknown, nowMs: number): number | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value.trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_PAUSE_MS);
	const date = parseHttpDate(text);
	return date === undefined ? undefined : Math.min(Math.max(0, date - nowMs), LONGEST_PAUSE_MS);
}

function backoff(attempt: number, random: number): number {
	return random * Math.min(BACKOFF_CAP_MS, BACKOFF_MS * 2 ** attempt);
}

/**
 * Whether the service takes no more for now, so that it has not done what it was asked.
 * A 503 says less: servers were seen to send it, with a Retry-After, for work that they had done.
 */
export function isThrottle(outcome: Outcome): boolean {
	return outcome.kind === 'answered' && (outcome.status === 429 || outcome.throttled === true);
}

/** Whether it was sent, and nobody knows how far it came. */
export function isLost(outcome: Outcome): boolean {
	return outcome.kind === 'lost' || (outcome.kind === 'answered' && outcome.timedOut === true);
}

/** Codes of faults that are about the address or its certificate rather than about the moment. */
function isPermanent(code: string): boolean {
	return code === 'ENOTFOUND' || !/^E[A-Z_]+$/.test(code) || code.startsWith('ERR_');
}

/**
 * @param attempt how many tries there have been, from 1
 * @param leftMs how long this request may still be retried
 * @param random 0 to 1, for full jitter
 */
export function decide(
	effect: Effect,
	outcome: Outcome,
	{ attempt, leftMs, random }: { attempt: number; leftMs: number; random: number },
): Decision {
	if (outcome.kind === 'answered' && outcome.status < 400) return { then: 'accept' };

	const { retryAfterMs } = outcome.kind === 'answered' ? outcome : { retryAfterMs: undefined };
	const status = outcome.kind === 'answered' ? outcome.status : undefined;
	const refused = isThrottle(outcome);
	const asksForPause = refused || (status === 503 && retryAfterMs !== undefined);
	const harmless = effect !== 'write' || refused || outcome.kind === 'unreached';
	const lost = isLost(outcome);
	const outcomeUnknown = !harmless && (lost || (status ?? 0) >= 500);
	const passing =
		asksForPause ||
		lost ||
		(outcome.kind === 'unreached' &&
			(attempt < PERMANENT_ATTEMPTS || !isPermanent(outcome.code))) ||
		TRANSIENT.includes(status ?? 0);

	// the last try is made when the time is up, and not left out because a longer wait came up by chance
	const ownMs = Math.min(backoff(attempt, random), Math.max(0, leftMs));
	// a fault that tells to come back at once must not make one ask without end; a refusal is paced by the gate
	const waitMs = asksForPause ? (retryAfterMs ?? ownMs) : Math.max(retryAfterMs ?? 0, ownMs);
	const isTooLong = leftMs <= 0 || waitMs > leftMs;
	if (harmless && passing && !isTooLong) return { then: 'again', waitMs, everyone: asksForPause };
	return {
		then: 'give up',
		outcomeUnknown,
		retryAfterMs:
			passing && retryAfterMs !== undefined && retryAfterMs > leftMs ? retryAfterMs : undefined,
		pauseMs: asksForPause ? retryAfterMs : undefined,
		retryAfterCheckMs: outcomeUnknown && asksForPause && !isTooLong ? retryAfterMs : undefined,
	};
}
