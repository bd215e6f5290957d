import { systemClock } from '../clock';
import type { Clock } from '../clock';

/** The windows in which services usually count requests, in ms. The first is the shortest for measuring a rate. */
const WINDOWS_MS = [1000, 10_000, 60_000, 3_600_000] as const;
/** A pause is a little shorter than the window that it ends, because the window began with the first request. */
const PART_OF_WINDOW = 0.75;
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

/** The window in which the service seems to count requests, by the pause that it asks for, in ms. */
function windowOf(pauseMs: number): number {
	const usual = WINDOWS_MS.find((windowMs) => pauseMs <= windowMs);
	const isUsual = usual !== undefined && pauseMs >= usual * PART_OF_WINDOW;
	return isUsual ? usual : Math.max(WINDOWS_MS[0], pauseMs);
}

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

	/** When the current pause ends, in ms of the clock. */
	private pausedUntil = -Infinity;

	/** The maximum number of starts per window. Unlimited until the first throttled request. */
	private maxPerWindow = Infinity;

	private windowMs: number = WINDOWS_MS[0];

	/** Accepted requests since this time, in ms of the clock, determine the rate when the pause ends. */
	private measureSince?: number;

	/** The latest starts since the last pause, oldest first, in ms of the clock. Some are in the future. */
	private startTimes: number[] = [];

	/** When the service accepted requests, oldest first, in ms of the clock. */
	private acceptedTimes: number[] = [];

	private growth = FAST_GROWTH;

	/** When the rate was last changed, in ms of the clock. */
	private lastRateChange = 0;

	constructor(private readonly clock: Clock = systemClock) {}

	/**
	 * Waits for the end of the pause, if there is one.
	 * @param maxPauseMs the longest pause to wait for; returns at once if the pause is longer
	 * @returns 0 after the pause; otherwise how long it still lasts, in ms
	 * @throws the signal's reason, if it aborts
	 */
	async waitForPause(signal?: AbortSignal, maxPauseMs = Infinity): Promise<number> {
		for (;;) {
			const pauseMs = this.pausedUntil - this.clock.now();
			if (pauseMs > Math.max(0, maxPauseMs)) return pauseMs;
			if (pauseMs <= 0) return 0;
			await this.clock.sleep(pauseMs, signal);
		}
	}

	/**
	 * Reserves the next start and waits for it.
	 * @returns false if a pause applies instead, which discards the reserved start
	 * @throws the signal's reason, if it aborts
	 */
	async waitForStart(signal?: AbortSignal): Promise<boolean> {
		const now = this.clock.now();
		if (this.pausedUntil > now) return false;
		const start = this.reserveStart(now);
		if (start > now) await this.clock.sleep(start - now, signal);
		return this.pausedUntil <= this.clock.now();
	}

	/** Records that the service accepted a request, with any response that does not throttle. */
	recordAccepted(): void {
		const now = this.clock.now();
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
		const now = this.clock.now();
		this.pausedMs += Math.max(0, now + forMs - Math.max(now, this.pausedUntil));
		// requests in flight are throttled together; only the first of them starts a new measurement
		if (this.pausedUntil <= now) {
			this.windowMs = windowOf(forMs);
			this.measureSince = now - this.windowMs;
			this.startTimes = [];
		}
		this.pausedUntil = Math.max(this.pausedUntil, now + forMs);
	}

	/** Reserves the next start. @returns ms of the clock */
	private reserveStart(now: number): number {
		if (this.measureSince !== undefined) this.measureRate(now, this.measureSince);
		if (this.maxPerWindow === Infinity) return now;
		this.increaseRate(now);
		const windowMs = this.windowMs * WINDOW_MARGIN;
		const afterLast =
			(this.startTimes.at(-1) ?? -Infinity) + (windowMs / this.maxPerWindow) * MIN_SPACING;
		const inWindow = (this.startTimes.at(-this.maxPerWindow) ?? -Infinity) + windowMs;
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
