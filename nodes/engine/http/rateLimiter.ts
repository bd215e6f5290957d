import { sleep } from '../sleep';

/** The shortest span over which a rate is measured: services count per second, if not per minute. */
const WINDOW_MS = 1000;
/** Requests do not arrive as evenly as they start, so a span is taken for a little longer than it is. */
const WINDOW_MARGIN = 1.03;
/** Within a span, starts are at least this part of their even distance apart. */
const MIN_SPACING = 0.25;
/** A measure of so many is one to rely on; of fewer, as when a run has just begun, it may be far too low. */
const RELIABLE_SAMPLE = 20;
/** After how many quiet spans it is tried to go faster, and by how much. */
const FAST_GROWTH = { factor: 2, spans: 2 };
const SLOW_GROWTH = { factor: 1.05, spans: 10 };
/** Acceptances older than this say nothing about the present rate. */
const MEMORY_MS = 120_000;

/**
 * The rate gate that all items of one node run share. When the service asks one of them to wait, all wait;
 * afterwards no more start in any span than the service had taken in one, and they start spread.
 * Until the first refusal it holds nobody back.
 */
export class RateLimiter {
	/** How many requests the service has refused for now. */
	throttleCount = 0;

	/** For how long, in ms, the gate was shut in all. */
	pausedMs = 0;

	/** Epoch ms. */
	private pausedUntil = 0;

	/** Within `spanMs` no more than this may start; no bound before the first refusal. */
	private maxPerWindow = Infinity;

	private windowMs = WINDOW_MS;

	/** Epoch ms since which the service's acceptances are counted, when the gate opens next. */
	private measureSince?: number;

	/** Epoch ms of the latest starts since the gate opened, oldest first; some lie ahead. */
	private startTimes: number[] = [];

	/** Epoch ms of what the service accepted, oldest first. */
	private acceptedTimes: number[] = [];

	private growthRate = FAST_GROWTH;

	/** Epoch ms: when the bound was last changed. */
	private lastRateChange = 0;

	/**
	 * Waits for its turn. Rejects when the signal aborts.
	 * @param patienceMs how long a pause may be; it does not wait for a longer one
	 * @returns ms for which the service wants no request yet, when that is too long; 0 when its turn has come
	 */
	async acquire(signal?: AbortSignal, patienceMs = Infinity): Promise<number> {
		for (;;) {
			const now = Date.now();
			const pauseMs = this.pausedUntil - now;
			if (pauseMs > Math.max(0, patienceMs)) return pauseMs;
			if (pauseMs > 0) {
				await sleep(pauseMs, signal);
				continue;
			}
			const turn = this.reserveStart(now);
			if (turn > now) await sleep(turn - now, signal);
			// shut again while waiting: the turn is lost, and everybody takes a new one
			if (this.pausedUntil <= Date.now()) return 0;
		}
	}

	/** The service took a request, whatever it answered. */
	recordAccepted(): void {
		const now = Date.now();
		this.acceptedTimes.push(now);
		const fresh = this.acceptedTimes.findIndex((at) => at > now - MEMORY_MS);
		if (fresh > 1000) this.acceptedTimes.splice(0, fresh);
	}

	/** The service refused a request for now, which is sent again after the pause that it wants. */
	recordThrottled(forMs: number): void {
		this.throttleCount++;
		this.pause(forMs);
	}

	/** The service wants so long a pause. */
	pause(forMs: number): void {
		const now = Date.now();
		this.pausedMs += Math.max(0, now + forMs - Math.max(now, this.pausedUntil));
		// those that were under way are refused together, and the first of them says it all
		if (this.pausedUntil <= now) {
			this.windowMs = Math.max(WINDOW_MS, forMs);
			this.measureSince = now - this.windowMs;
			this.startTimes = [];
		}
		this.pausedUntil = Math.max(this.pausedUntil, now + forMs);
	}

	/** When the next one may start: epoch ms. */
	private reserveStart(now: number): number {
		if (this.measureSince !== undefined) this.measureRate(now, this.measureSince);
		if (this.maxPerWindow === Infinity) return now;
		this.increaseRate(now);
		const spanMs = this.windowMs * WINDOW_MARGIN;
		const afterLast = (this.startTimes.at(-1) ?? 0) + (spanMs / this.maxPerWindow) * MIN_SPACING;
		const inSpan = (this.startTimes.at(-this.maxPerWindow) ?? 0) + spanMs;
		const turn = Math.max(now, afterLast, inSpan);
		this.startTimes.push(turn);
		if (this.startTimes.length > 2 * this.maxPerWindow)
			this.startTimes.splice(0, this.startTimes.length - this.maxPerWindow);
		return turn;
	}

	/** Counts what the service took up to the refusal; done when the gate opens, for the sake of late answers. */
	private measureRate(now: number, from: number): void {
		const count = this.acceptedTimes.filter((at) => at > from).length;
		const isFirst = this.maxPerWindow === Infinity;
		this.growthRate = isFirst && count < RELIABLE_SAMPLE ? FAST_GROWTH : SLOW_GROWTH;
		this.maxPerWindow = Math.max(1, count);
		this.measureSince = undefined;
		this.lastRateChange = now;
	}

	private increaseRate(now: number): void {
		if (now < this.lastRateChange + this.growthRate.spans * this.windowMs) return;
		this.maxPerWindow = Math.ceil(this.maxPerWindow * this.growthRate.factor);
		this.lastRateChange = now;
	}
}
