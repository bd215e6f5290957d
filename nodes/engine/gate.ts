import { sleep } from 'n8n-workflow';

/** The shortest span over which a rate is measured: services count per second, if not per minute. */
const WINDOW_MS = 1000;
/** Acceptances older than this say nothing about the present rate. */
const MEMORY_MS = 120_000;
/** Just below the measured rate, because starts that are evenly spaced do not arrive so. */
const CAUTION = 0.95;
/** A measure of so many is one to rely on; of fewer, as when a run has just begun, it may be far too low. */
const RELIABLE = 20;
/** How soon it is tried to go faster, and by how much. */
const SEARCHING = { factor: 2, everyMs: 2000 };
const SETTLED = { factor: 1.05, everyMs: 10_000 };

/**
 * The rate gate that all items of one node run share. When the service asks one of them to wait, all wait;
 * afterwards they start at the pace at which it had accepted requests, not all at once.
 * Until the first refusal it holds nobody back.
 */
export class Gate {
	/** How many requests the service has refused for now. */
	refusals = 0;

	/** For how long, in ms, the gate was shut in all. */
	shutMs = 0;

	/** Epoch ms. */
	private opensAt = 0;

	/** Epoch ms: when the next one may start. */
	private nextAt = 0;

	/** Between two starts, in ms; 0 while there is no pace to keep. */
	private intervalMs = 0;

	private growth = SEARCHING;

	/** Epoch ms: when it was last tried to go faster, or found that it cannot. */
	private changedAt = 0;

	/** Epoch ms of what the service accepted, oldest first. */
	private accepted: number[] = [];

	/** Waits for its turn. Rejects when the signal aborts. */
	async pass(signal?: AbortSignal): Promise<void> {
		for (;;) {
			const now = Date.now();
			this.goFaster(now);
			const turn = Math.max(now, this.opensAt, this.nextAt);
			this.nextAt = turn + this.intervalMs;
			if (turn > now) await sleep(turn - now, signal);
			// shut again while waiting: the turn is lost, and everybody takes a new one
			if (this.opensAt <= Date.now()) return;
		}
	}

	/** The service took a request, whatever it answered. */
	accept(): void {
		const now = Date.now();
		this.accepted.push(now);
		const expired = this.accepted.findIndex((at) => at > now - MEMORY_MS);
		if (expired > 1000) this.accepted.splice(0, expired);
	}

	/** The service refused a request for now, and wants so long a pause. */
	refuse(forMs: number): void {
		const now = Date.now();
		this.refusals++;
		this.shutMs += Math.max(0, now + forMs - Math.max(now, this.opensAt));
		const isFirstSinceOpen = this.opensAt <= now;
		this.opensAt = Math.max(this.opensAt, now + forMs);
		this.nextAt = this.opensAt;
		// the others that were under way are refused with it, and say nothing new
		if (isFirstSinceOpen) this.measure(now, Math.max(WINDOW_MS, forMs));
	}

	/** The pace is what the service accepted in the span that ends with this refusal. */
	private measure(now: number, spanMs: number): void {
		const count = this.accepted.filter((at) => at > now - spanMs).length;
		const measuredMs = count > 0 ? spanMs / count / CAUTION : 2 * this.intervalMs;
		this.growth = this.intervalMs > 0 || count >= RELIABLE ? SETTLED : SEARCHING;
		this.intervalMs = measuredMs;
		this.changedAt = this.opensAt;
	}

	private goFaster(now: number): void {
		if (this.intervalMs === 0 || now < this.changedAt + this.growth.everyMs) return;
		this.intervalMs /= this.growth.factor;
		this.changedAt = now;
	}
}
