import { isThrottle } from './retry';
import type { Outcome } from './retry';

/** The window if Keep Retrying For is 0, in ms. */
const MIN_WINDOW_MS = 10_000;
/** A single failing request, e.g. for one bad record, does not open the circuit. */
const MIN_REQUESTS = 2;

/** Whether the service works. Undefined if the outcome does not show it. */
function isGood(outcome: Outcome): boolean | undefined {
	if (outcome.kind !== 'response' || outcome.status >= 500 || isThrottle(outcome)) return false;
	const isRedirect = outcome.status >= 300 && outcome.status < 400;
	return isRedirect ? undefined : true;
}

/**
 * Stops the requests of a node run early if the service is down. The circuit opens if only failures occur for one
 * window, with at least two requests. While it is open, only one probe per window is sent, the first at once. The
 * first success closes it. The window is Keep Retrying For, the longest of all items that have sent a request.
 *
 * Items with a successful request are not stopped: they retry for their own Keep Retrying For, so that they can
 * finish when the service is back.
 *
 * Failures are: server not reached, lost response, status 500 or higher, and throttling, because a service that
 * accepts nothing for a whole window is as good as down. Redirects do not count. AWS's standard retry mode limits
 * retries by a quota in a similar way: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class CircuitBreaker {
	private windowMs = 0;

	/** When the last request succeeded, in epoch ms. */
	private lastSuccessAt = 0;

	/** The failures since the last success. `since` is when the first of them was sent, in epoch ms. */
	private failures?: { since: number; requests: number; outcome: Outcome };

	/** When the next probe may be sent, in epoch ms. Undefined while the circuit is closed. */
	private probeAt?: number;

	/** @param now the clock, in epoch ms */
	constructor(private readonly now: () => number = Date.now) {}

	/** Whether the service counts as down. */
	get isOpen(): boolean {
		return this.probeAt !== undefined;
	}

	/**
	 * Whether a request may be sent. While the circuit is open, a call that returns true uses the probe.
	 * @param keepRetryingMs the limit of its item
	 * @param isFirst whether this is the first attempt at the request; only a first attempt can be a probe
	 */
	allows(keepRetryingMs: number, isFirst: boolean): boolean {
		this.windowMs = Math.max(this.windowMs, keepRetryingMs || MIN_WINDOW_MS);
		if (this.probeAt === undefined) return true;
		if (!isFirst || this.now() < this.probeAt) return false;
		this.probeAt = this.now() + this.windowMs;
		return true;
	}

	/**
	 * Records the outcome of a request.
	 * @param sentAt epoch ms
	 */
	record(outcome: Outcome, { sentAt, isFirst }: { sentAt: number; isFirst: boolean }): void {
		const good = isGood(outcome);
		if (good) this.recover();
		if (good !== false) return;
		this.failures ??= { since: Math.max(sentAt, this.lastSuccessAt), requests: 0, outcome };
		this.failures.outcome = outcome;
		if (isFirst) this.failures.requests++;
		const isDown =
			this.failures.requests >= MIN_REQUESTS && this.failureState().forMs >= this.windowMs;
		if (isDown) this.probeAt ??= this.now();
	}

	/** How long all requests have failed, in ms, and the latest outcome. */
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
