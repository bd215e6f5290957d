import { ConcurrencyLimit, MAX_LIMIT } from './concurrencyLimit';
import type { Measured, Sent } from './latency';
import { RateLimiter } from './rateLimiter';
import { isThrottle } from './retry';
import type { Outcome } from './retry';
import { systemClock } from '../clock';
import type { Clock } from '../clock';

/** How many requests may be in flight: a number, or found from the responses. */
export type Parallelism = number | 'automatic';

/** Statuses of a service, or of a proxy before it, that has too much to do or takes too long. */
const OVERLOADED = [502, 503, 504, 520, 521, 522, 523, 524, 529, 530];

/** The permission to send one request. */
export interface Turn {
	/** How long the request waited for others in flight, without pauses, in ms. */
	queuedMs: number;
	/**
	 * Records the outcome of the request.
	 * @param kind requests of one kind take about as long if the service is idle
	 */
	record(kind: string, outcome: Outcome): void;
	/** Lets the next request start. */
	end(): void;
}

/** Decides when the requests of a node run start: at which rate, and how many at the same time. */
export class RequestScheduler {
	readonly rateLimiter: RateLimiter;

	private readonly limit: number | ConcurrencyLimit;

	private inFlight = 0;

	private readonly waiting: Array<() => void> = [];

	private readonly listeners: Array<() => void> = [];

	/** @param max the maximum if the parallelism is automatic */
	constructor(
		parallelism: Parallelism,
		max = MAX_LIMIT,
		private readonly clock: Clock = systemClock,
	) {
		this.rateLimiter = new RateLimiter(clock);
		this.limit = parallelism === 'automatic' ? new ConcurrencyLimit(max) : parallelism;
	}

	/** How many requests may be in flight now. */
	get maxInFlight(): number {
		return typeof this.limit === 'number' ? this.limit : this.limit.current;
	}

	/** Calls the function whenever {@link maxInFlight} may have changed. */
	onChange(listener: () => void): void {
		this.listeners.push(listener);
	}

	/**
	 * Waits until a request may start.
	 * @param maxPauseMs the longest pause to wait for
	 * @returns how long the pause still lasts, in ms, if it is longer
	 * @throws the signal's reason, if it aborts
	 */
	async turn(signal?: AbortSignal, maxPauseMs = Infinity): Promise<Turn | { pauseMs: number }> {
		for (;;) {
			const pauseMs = await this.rateLimiter.waitForPause(signal, maxPauseMs);
			if (pauseMs > 0) return { pauseMs };
			const queuedAt = this.clock.now();
			await this.takeSlot();
			// a pause that began in the meantime applies to this request too
			const mayStart = await this.rateLimiter.waitForStart(signal).catch((error: unknown) => {
				this.freeSlot();
				throw error;
			});
			if (mayStart) return this.begin(queuedAt);
			this.freeSlot();
		}
	}

	private begin(queuedAt: number): Turn {
		const round = typeof this.limit === 'number' ? 0 : this.limit.round;
		const sent: Sent = { inFlight: this.inFlight, round };
		const startedAt = this.clock.now();
		return {
			queuedMs: startedAt - queuedAt,
			record: (kind, outcome) => {
				const mostInFlight = Math.max(sent.inFlight, this.inFlight);
				const latencyMs = this.clock.now() - startedAt;
				this.record({ kind, latencyMs, mostInFlight }, outcome, sent);
			},
			end: () => {
				this.freeSlot();
			},
		};
	}

	private record(response: Measured, outcome: Outcome, sent: Sent): void {
		const isThrottled = isThrottle(outcome);
		if (outcome.kind === 'response' && !isThrottled) this.rateLimiter.recordAccepted();
		if (typeof this.limit === 'number') return;
		if (isThrottled) this.limit.recordThrottled(sent);
		else if (outcome.kind !== 'response' || OVERLOADED.includes(outcome.status)) {
			this.limit.recordFailure(sent);
		} else this.limit.recordResponse(response, sent);
		this.startWaiting();
		for (const listener of this.listeners) listener();
	}

	/** Waits for a free slot, in order of arrival. */
	private async takeSlot(): Promise<void> {
		if (this.inFlight < this.maxInFlight) this.inFlight++;
		else await new Promise<void>((resolve) => this.waiting.push(resolve));
	}

	private freeSlot(): void {
		this.inFlight--;
		this.startWaiting();
	}

	private startWaiting(): void {
		while (this.inFlight < this.maxInFlight) {
			const next = this.waiting.shift();
			if (!next) return;
			this.inFlight++;
			next();
		}
	}
}
