import { LatencyBaseline, LatencyWindow } from './latency';
import type { Measured, Sent } from './latency';

/** The limit at the start, as the initial window of TCP (RFC 6928). */
const INITIAL_LIMIT = 10;
/** The default maximum. */
export const MAX_LIMIT = 100;

/** Responses that take this much longer than the best seen, as a factor, do not raise the limit. */
const SLOWER = 1.2;
/** Responses that take this much longer lower the limit. */
const MUCH_SLOWER = 1.5;
/** A limit counts as used if this part of it is in flight. */
const USED = 0.8;

/** The minimum number of responses in a window, while the limit grows fast and after that. */
const FAST_WINDOW = 10;
const SLOW_WINDOW = 30;
/** The number of responses from which a window may end early, because they clearly take longer. */
const EARLY_WINDOW = 12;
/** How far the mean of a window must be beyond the bound, in standard errors. */
const CONFIDENCE = { atEnd: 2, early: 3 };

/** The growth per window after slow start, as a part of the limit. */
const GROWTH = 0.1;
/** The limit after too many failures, and after throttling, as a part of the limit before. */
const AFTER_FAILURES = 0.5;
const AFTER_THROTTLING = { first: 0.7, later: 0.9 };
/** The limit after slower responses: more than the requests that the service processes at a time, so that none idles. */
const HEADROOM = 1.1;
/** The part of the level that was too high up to which the limit grows fast again. */
const REGROWTH = 0.7;
/** Failures that lower the limit: single ones have other reasons. */
const MANY_FAILURES = { count: 2, share: 0.05 };
/** How many windows the limit stays below the level that was too high. Doubles each time. */
const HOLD_WINDOWS = 50;
/** After this many slow windows at the lowest limit, the reason is something else. */
const SLOW_AT_LOWEST = 3;

/**
 * How many requests may be in flight, found from responses. Grows as TCP's slow start does, by one for each response,
 * while responses take as long as the best seen. Later it grows by a tenth. It falls if responses take much longer than
 * the best seen, if the service throttles, and if requests fail. Then it stays below the level that was too high for
 * a while. Pure: it has no clock.
 *
 * Related: Vegas and Gradient of https://github.com/Netflix/concurrency-limits, and HyStart (RFC 9406).
 */
export class ConcurrencyLimit {
	/** Increases when the limit falls. Responses to requests of an earlier round do not count. */
	round = 0;

	private limit: number;

	private isSlowStart = true;

	/** Whether the latest window permits growth. */
	private isSteady = true;

	private readonly baseline = new LatencyBaseline();

	private window = new LatencyWindow();

	private failures = 0;

	/** A maximum because a higher limit was too high, and for how many more windows. */
	private ceiling = { level: Infinity, windows: 0, holds: 0 };

	/** The highest number of requests in flight for which responses took as long as the best seen. */
	private knownGood = 0;

	/** Up to this level the limit grows fast again after failures. */
	private regrowTo = 0;

	/** Whether a window has ended well since the limit fell. */
	private hasRecovered = true;

	/** The state before the limit fell because of slow responses, until the next window shows whether that helped. */
	private trial?: { level: number; mean: number };

	private slowAtLowest = 0;

	/** @param max the maximum */
	constructor(private readonly max = MAX_LIMIT) {
		this.limit = Math.min(INITIAL_LIMIT, max);
	}

	/** How many requests may be in flight, at least 1. */
	get current(): number {
		return Math.floor(this.limit);
	}

	/** Records a response. */
	recordResponse({ kind, latencyMs, mostInFlight }: Measured, { inFlight, round }: Sent): void {
		if (round !== this.round) return;
		const isUsed = mostInFlight >= this.limit * USED;
		const relative = this.baseline.relative(kind, latencyMs);
		if (relative !== undefined) this.window.add(relative, inFlight);
		if (this.isMuchSlower('early')) {
			this.endWindow();
			return;
		}
		const isFast = this.isSlowStart || this.limit < this.regrowTo;
		const isSlow = relative !== undefined && this.baseline.isBeyond(relative, MUCH_SLOWER);
		if (isFast && isUsed && this.isSteady && !isSlow) this.raise(1);
		const size = this.isSlowStart
			? Math.max(FAST_WINDOW, this.limit / 2)
			: Math.max(SLOW_WINDOW, this.limit);
		if (this.window.count >= size) this.endWindow();
	}

	/** Records that the service throttled a request. The rate limiter slows down the requests that follow. */
	recordThrottled({ inFlight, round }: Sent): void {
		if (round !== this.round) return;
		if (this.isSlowStart) this.fall(inFlight, AFTER_THROTTLING.first);
		else if (inFlight >= this.limit * USED) this.fall(inFlight, AFTER_THROTTLING.later);
	}

	/** Records a lost response, or a response of an overloaded service, such as status 503. */
	recordFailure({ inFlight, round }: Sent): void {
		if (round !== this.round) return;
		this.isSlowStart = false;
		this.failures++;
		const isMany =
			this.failures >= MANY_FAILURES.count &&
			this.failures >= MANY_FAILURES.share * (this.window.count + this.failures);
		if (isMany) this.fall(inFlight, AFTER_FAILURES);
	}

	private endWindow(): void {
		const { window } = this;
		const wasMuchSlower = this.isMuchSlower('atEnd');
		if (this.trial && this.judge(this.trial)) return;
		this.isSteady = !this.baseline.isBeyond(window.mean - window.error, SLOWER);
		this.baseline.observe(window);
		if (wasMuchSlower) {
			this.slowDown();
			return;
		}
		if (this.limit >= this.max) this.isSlowStart = false;
		this.hasRecovered ||= this.isSteady;
		if (this.isSteady) this.knownGood = Math.max(this.knownGood, window.meanInFlight);
		this.slowAtLowest = 0;
		this.ceiling.windows--;
		const isUsed = window.meanInFlight >= this.limit * USED;
		if (!this.isSlowStart && this.isSteady && isUsed) this.raise(Math.max(1, this.limit * GROWTH));
		this.startWindow();
	}

	private isMuchSlower(when: keyof typeof CONFIDENCE): boolean {
		const { mean, error, count } = this.window;
		const enough = this.isSlowStart ? FAST_WINDOW : EARLY_WINDOW;
		if (count < Math.max(enough, this.limit / 3)) return false;
		return this.baseline.isBeyond(mean - CONFIDENCE[when] * error, MUCH_SLOWER);
	}

	/** Lowers the limit to what the service processes at a time, by Little's law. */
	private slowDown(): void {
		const { mean, meanInFlight: level } = this.window;
		const target = (level / Math.exp(mean - this.baseline.best)) * HEADROOM;
		const limit = Math.min(this.limit, Math.max(target, Math.min(INITIAL_LIMIT, this.limit)));
		if (limit < this.limit) {
			// in slow start, the responses are older than the level
			if (!this.isSlowStart) this.trial = { level, mean };
			this.knownGood = Math.min(this.knownGood, level - 1);
			this.hold((this.knownGood + level) / 2);
			this.regrowTo = level * REGROWTH;
			this.limit = limit;
		} else if (++this.slowAtLowest >= SLOW_AT_LOWEST) {
			this.baseline.accept(this.window);
			this.slowAtLowest = 0;
		}
		this.isSlowStart = false;
		this.startRound();
	}

	/**
	 * Checks whether fewer requests in flight have made responses faster. If not, the reason is something else,
	 * e.g. larger results, and the responses are the new measure.
	 * @returns whether the window is done
	 */
	private judge({ level, mean }: { level: number; mean: number }): boolean {
		this.trial = undefined;
		const expected = Math.log(level / this.window.meanInFlight);
		const hasHelped = mean - this.window.mean > 0.3 * expected;
		if (hasHelped) return false;
		this.baseline.accept(this.window);
		this.ceiling = { ...this.ceiling, level: Infinity };
		this.limit = Math.min(this.max, level);
		this.startRound();
		return true;
	}

	private fall(level: number, factor: number): void {
		// what follows at once has the same reason
		if (this.hasRecovered) {
			this.hold(level - 1);
			this.regrowTo = level * REGROWTH;
		}
		this.hasRecovered = false;
		this.limit = Math.max(1, this.limit * factor);
		this.isSlowStart = false;
		this.trial = undefined;
		this.startRound();
	}

	/** Limits the growth for a while, because a higher limit was too high. */
	private hold(level: number): void {
		const { holds } = this.ceiling;
		this.ceiling = { level, windows: HOLD_WINDOWS * 2 ** holds, holds: holds + 1 };
	}

	private raise(by: number): void {
		const { level, windows } = this.ceiling;
		const most = windows > 0 ? Math.max(this.limit, level) : Infinity;
		this.limit = Math.min(this.limit + by, this.max, most);
	}

	private startRound(): void {
		this.round++;
		this.startWindow();
	}

	private startWindow(): void {
		this.window = new LatencyWindow();
		this.failures = 0;
	}
}
