import { sleep } from '../sleep';

/** The shortest window for measuring a rate, in ms: services count requests per second or per minute. */
const WINDOW_MS = 1000;
/** Windows are extended by this factor, because requests arrive less evenly than they start. */
const WINDOW_MARGIN = 1.03;
/** The minimum distance between two starts in a window, as a part of their average distance. */
const MIN_SPACING = 0.25;
/** A rate measured from fewer requests, as at the start of a run, may be far too low. */
const RELIABLE_SAMPLE = 20;
/** The factor by which the rate grows, after this many windows without throttling. */
const FAST_GROWTH = { factor: 2, windows: 2 };
const SLOW_GROWTH = { factor: 1.05, windows: 10 };
/** How long accepted requests are remembered for measuring the rate, in ms. */
const MEMORY_MS = 120_000;

/**
 * The client-side rate limiter that all items of a node run share. If the service throttles one request, all items
 * pause together, then continue at the rate that the service accepted before. Without throttling, it does not limit
 * anything. AWS's adaptive retry mode works in a similar way:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class RateLimiter {
	/** The number of throttled requests. */
	throttleCount = 0;

	/** The total duration of all pauses, in ms. */
	pausedMs = 0;

	/** When the current pause ends, in epoch ms. */
	private pausedUntil = 0;

	/** The maximum number of starts per window. Unlimited until the first throttled request. */
	private maxPerWindow = Infinity;

	private windowMs = WINDOW_MS;

	/** Accepted requests since this time, in epoch ms, determine the rate when the pause ends. */
	private measureSince?: number;

	/** The latest starts since the last pause, oldest first, in epoch ms. Some are in the future. */
	private startTimes: number[] = [];

	/** When the service accepted requests, oldest first, in epoch ms. */
	private acceptedTimes: number[] = [];

	private growth = FAST_GROWTH;

	/** When the rate was last changed, in epoch ms. */
	private lastRateChange = 0;

	/**
	 * Waits until a request may start.
	 * @param maxPauseMs the longest pause to wait for; returns at once if the pause is longer
	 * @returns 0 if the request may start; otherwise how long the pause still lasts, in ms
	 * @throws the signal's reason, if it aborts
	 */
	async acquire(signal?: AbortSignal, maxPauseMs = Infinity): Promise<number> {
		for (;;) {
			const now = Date.now();
			const pauseMs = this.pausedUntil - now;
			if (pauseMs > Math.max(0, maxPauseMs)) return pauseMs;
			if (pauseMs > 0) {
				await sleep(pauseMs, signal);
				continue;
			}
			const start = this.reserveStart(now);
			if (start > now) await sleep(start - now, signal);
			// a new pause discards the reserved start
			if (this.pausedUntil <= Date.now()) return 0;
		}
	}

	/** Records that the service accepted a request, with any response that does not throttle. */
	recordAccepted(): void {
		const now = Date.now();
		this.acceptedTimes.push(now);
		const fresh = this.acceptedTimes.findIndex((at) => at > now - MEMORY_MS);
		if (fresh > 1000) this.acceptedTimes.splice(0, fresh);
	}

	/** Records a throttled request, which is retried after the pause. */
	recordThrottled(forMs: number): void {
		this.throttleCount++;
		this.pause(forMs);
	}

	/** Pauses all requests for this long, in ms. */
	pause(forMs: number): void {
		const now = Date.now();
		this.pausedMs += Math.max(0, now + forMs - Math.max(now, this.pausedUntil));
		// requests in flight are throttled together; only the first of them starts a new measurement
		if (this.pausedUntil <= now) {
			this.windowMs = Math.max(WINDOW_MS, forMs);
			this.measureSince = now - this.windowMs;
			this.startTimes = [];
		}
		this.pausedUntil = Math.max(this.pausedUntil, now + forMs);
	}

	/** Reserves the next start. @returns epoch ms */
	private reserveStart(now: number): number {
		if (this.measureSince !== undefined) this.measureRate(now, this.measureSince);
		if (this.maxPerWindow === Infinity) return now;
		this.increaseRate(now);
		const windowMs = this.windowMs * WINDOW_MARGIN;
		const afterLast = (this.startTimes.at(-1) ?? 0) + (windowMs / this.maxPerWindow) * MIN_SPACING;
		const inWindow = (this.startTimes.at(-this.maxPerWindow) ?? 0) + windowMs;
		const start = Math.max(now, afterLast, inWindow);
		this.startTimes.push(start);
		if (this.startTimes.length > 2 * this.maxPerWindow)
			this.startTimes.splice(0, this.startTimes.length - this.maxPerWindow);
		return start;
	}

	/** Sets the rate to what the service accepted before it throttled. Runs after the pause, to count late responses. */
	private measureRate(now: number, from: number): void {
		const count = this.acceptedTimes.filter((at) => at > from).length;
		const isFirst = this.maxPerWindow === Infinity;
		this.growth = isFirst && count < RELIABLE_SAMPLE ? FAST_GROWTH : SLOW_GROWTH;
		this.maxPerWindow = Math.max(1, count);
		this.measureSince = undefined;
		this.lastRateChange = now;
	}

	private increaseRate(now: number): void {
		if (now < this.lastRateChange + this.growth.windows * this.windowMs) return;
		this.maxPerWindow = Math.ceil(this.maxPerWindow * this.growth.factor);
		this.lastRateChange = now;
	}
}
