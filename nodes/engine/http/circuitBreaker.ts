import { isThrottle } from './retry';
import type { Outcome } from './retry';

/** With Keep Retrying For at 0, which is no span of time to judge a service by, this stands in for it. */
const MIN_WINDOW_MS = 10_000;
/** One request that always fails, as for a record that the service stumbles over, says nothing of the others. */
const MIN_REQUESTS = 2;

/** Whether the service works; undefined where an outcome does not tell. */
function isGood(outcome: Outcome): boolean | undefined {
	if (outcome.kind !== 'answered' || outcome.status >= 500 || isThrottle(outcome)) return false;
	const isRedirect = outcome.status >= 300 && outcome.status < 400;
	return isRedirect ? undefined : true;
}

/**
 * Ends the requests of a node run early when the service is dead. After one window of nothing but failures, of at
 * least two requests, nothing more is sent but one probe: at once, and then one per window. The first good
 * answer ends it. Items that have had a good answer go on by their own Keep Retrying For: they are no more than what
 * was in progress, and what they have begun they may end when the service comes back. The window is Keep Retrying For, the longest of the items that have sent something; AWS's
 * standard retry mode has a quota of this kind.
 *
 * A failure is a server that was not reached, a lost answer, a status from 500, or a refusal for now: a service
 * that takes nothing for a whole window is as good as dead. Redirects count neither way.
 */
export class CircuitBreaker {
	private windowMs = 0;

	/** Epoch ms of the last good answer. */
	private lastSuccessAt = 0;

	/** The unbroken row of failures, since the first of them was sent; undefined after a good answer. */
	private failures?: { since: number; requests: number; outcome: Outcome };

	/** Epoch ms: when the next probe may be sent; undefined while the service is not taken for dead. */
	private probeAt?: number;

	/** @param now the clock, in epoch ms */
	constructor(private readonly now: () => number = Date.now) {}

	/** Whether the service is taken for dead. */
	get isOpen(): boolean {
		return this.probeAt !== undefined;
	}

	/**
	 * Whether a request may be sent. Asking takes the probe, if it is due.
	 * @param keepRetryingMs of its item
	 * @param isFirst it is the first try at this request; only such a one can be a probe
	 */
	allows(keepRetryingMs: number, isFirst: boolean): boolean {
		this.windowMs = Math.max(this.windowMs, keepRetryingMs || MIN_WINDOW_MS);
		if (this.probeAt === undefined) return true;
		if (!isFirst || this.now() < this.probeAt) return false;
		this.probeAt = this.now() + this.windowMs;
		return true;
	}

	/**
	 * What came of a request.
	 * @param sentAt epoch ms
	 */
	record(outcome: Outcome, { sentAt, isFirst }: { sentAt: number; isFirst: boolean }): void {
		const good = isGood(outcome);
		if (good) this.recover();
		if (good !== false) return;
		this.failures ??= { since: Math.max(sentAt, this.lastSuccessAt), requests: 0, outcome };
		this.failures.outcome = outcome;
		if (isFirst) this.failures.requests++;
		const isDead =
			this.failures.requests >= MIN_REQUESTS && this.failureState().forMs >= this.windowMs;
		if (isDead) this.probeAt ??= this.now();
	}

	/** For how long, in ms, there have been failures only, and the latest of them. */
	failureState(): { forMs: number; outcome?: Outcome } {
		const { since = this.now(), outcome } = this.failures ?? {};
		return { forMs: this.now() - since, outcome };
	}

	private recover(): void {
		this.lastSuccessAt = this.now();
		this.failures = undefined;
		this.probeAt = undefined;
	}
}
