import { sleep } from '../sleep';

/** The shortest span over which a rate is measured: services count per second, if not per minute. */
const SPAN_MS = 1000;
/** Requests do not arrive as evenly as they start, so a span is taken for a little longer than it is. */
const CAUTION = 1.03;
/** Within a span, starts are at least this part of their even distance apart. */
const SPREAD = 0.25;
/** A measure of so many is one to rely on; of fewer, as when a run has just begun, it may be far too low. */
const RELIABLE = 20;
/** After how many quiet spans it is tried to go faster, and by how much. */
const SEARCHING = { factor: 2, spans: 2 };
const SETTLED = { factor: 1.05, spans: 10 };
/** Acceptances older than this say nothing about the present rate. */
const MEMORY_MS = 120_000;

/**
 * The rate gate that all items of one node run share. When the service asks one of them to wait, all wait;
 * afterwards no more start in any span than the service had taken in one, and they start spread.
 * Until the first refusal it holds nobody back.
 */
export class Gate {
	/** How many requests the service has refused for now. */
	refusals = 0;

	/** For how long, in ms, the gate was shut in all. */
	shutMs = 0;

	/** Epoch ms. */
	private opensAt = 0;

	/** Within `spanMs` no more than this may start; no bound before the first refusal. */
	private bound = Infinity;

	private spanMs = SPAN_MS;

	/** Epoch ms since which the service's acceptances are counted, when the gate opens next. */
	private measureFrom?: number;

	/** Epoch ms of the latest starts since the gate opened, oldest first; some lie ahead. */
	private turns: number[] = [];

	/** Epoch ms of what the service accepted, oldest first. */
	private accepted: number[] = [];

	private growth = SEARCHING;

	/** Epoch ms: when the bound was last changed. */
	private changedAt = 0;

	/**
	 * Waits for its turn. Rejects when the signal aborts.
	 * @param patienceMs how long a pause may be; it does not wait for a longer one
	 * @returns ms for which the service wants no request yet, when that is too long; 0 when its turn has come
	 */
	async pass(signal?: AbortSignal, patienceMs = Infinity): Promise<number> {
		for (;;) {
			const now = Date.now();
			const pauseMs = this.opensAt - now;
			if (pauseMs > Math.max(0, patienceMs)) return pauseMs;
			if (pauseMs > 0) {
				await sleep(pauseMs, signal);
				continue;
			}
			const turn = this.takeTurn(now);
			if (turn > now) await sleep(turn - now, signal);
			// shut again while waiting: the turn is lost, and everybody takes a new one
			if (this.opensAt <= Date.now()) return 0;
		}
	}

	/** The service took a request, whatever it answered. */
	accept(): void {
		const now = Date.now();
		this.accepted.push(now);
		const fresh = this.accepted.findIndex((at) => at > now - MEMORY_MS);
		if (fresh > 1000) this.accepted.splice(0, fresh);
	}

	/** The service refused a request for now, which is sent again after the pause that it wants. */
	refuse(forMs: number): void {
		this.refusals++;
		this.shut(forMs);
	}

	/** The service wants so long a pause. */
	shut(forMs: number): void {
		const now = Date.now();
		this.shutMs += Math.max(0, now + forMs - Math.max(now, this.opensAt));
		// those that were under way are refused together, and the first of them says it all
		if (this.opensAt <= now) {
			this.spanMs = Math.max(SPAN_MS, forMs);
			this.measureFrom = now - this.spanMs;
			this.turns = [];
		}
		this.opensAt = Math.max(this.opensAt, now + forMs);
	}

	/** When the next one may start: epoch ms. */
	private takeTurn(now: number): number {
		if (this.measureFrom !== undefined) this.measure(now, this.measureFrom);
		if (this.bound === Infinity) return now;
		this.goFaster(now);
		const spanMs = this.spanMs * CAUTION;
		const afterLast = (this.turns.at(-1) ?? 0) + (spanMs / this.bound) * SPREAD;
		const inSpan = (this.turns.at(-this.bound) ?? 0) + spanMs;
		const turn = Math.max(now, afterLast, inSpan);
		this.turns.push(turn);
		if (this.turns.length > 2 * this.bound) this.turns.splice(0, this.turns.length - this.bound);
		return turn;
	}

	/** Counts what the service took up to the refusal; done when the gate opens, for the sake of late answers. */
	private measure(now: number, from: number): void {
		const count = this.accepted.filter((at) => at > from).length;
		const isFirst = this.bound === Infinity;
		this.growth = isFirst && count < RELIABLE ? SEARCHING : SETTLED;
		this.bound = Math.max(1, count);
		this.measureFrom = undefined;
		this.changedAt = now;
	}

	private goFaster(now: number): void {
		if (now < this.changedAt + this.growth.spans * this.spanMs) return;
		this.bound = Math.ceil(this.bound * this.growth.factor);
		this.changedAt = now;
	}
}
