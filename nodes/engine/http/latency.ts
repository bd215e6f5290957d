/** How a request was sent. */
export interface Sent {
	/** Requests in flight at that time, with this one. */
	inFlight: number;
	/** The round of the limit in which it was sent. */
	round: number;
}

/** A response that neither throttles nor shows that the service is overloaded. */
export interface Measured {
	/** Requests of one kind take about as long if the service is idle. */
	kind: string;
	latencyMs: number;
	/** Requests in flight, with this one, when it was sent or when it ended: the larger number. */
	mostInFlight: number;
}

/** Differences below this many ms say more about this machine than about the service. */
const SLACK_MS = 5;
/** How many responses of a kind set its reference. */
const REFERENCE_COUNT = 5;
/** The maximum number of kinds. Further ones are not measured. */
const MAX_KINDS = 1000;

/** Statistics of relative latencies: logarithms, so that a few slow responses weigh little, and factors are differences. */
export class LatencyWindow {
	count = 0;

	private sum = 0;

	private sumOfSquares = 0;

	private sumInFlight = 0;

	/** @param inFlight the number of requests in flight when the request was sent */
	add(relative: number, inFlight: number): void {
		this.count++;
		this.sum += relative;
		this.sumOfSquares += relative ** 2;
		this.sumInFlight += inFlight;
	}

	get mean(): number {
		return this.sum / this.count;
	}

	/** The standard error of the mean. */
	get error(): number {
		const variance = Math.max(0, this.sumOfSquares / this.count - this.mean ** 2);
		return Math.sqrt(variance / Math.max(1, this.count - 1));
	}

	get meanInFlight(): number {
		return this.sumInFlight / this.count;
	}
}

/** What the latencies of requests are compared with. */
export class LatencyBaseline {
	/** The lowest mean of a window, with its error. */
	best = Infinity;

	private readonly references = new Map<string, { count: number; mean: number }>();

	/** The latency compared with that of the first requests of the kind, as a logarithm. Undefined for these. */
	relative(kind: string, latencyMs: number): number | undefined {
		const value = Math.log(Math.max(0, latencyMs) + SLACK_MS);
		const reference = this.references.get(kind) ?? { count: 0, mean: 0 };
		if (reference.count >= REFERENCE_COUNT) return value - reference.mean;
		if (this.references.size >= MAX_KINDS && reference.count === 0) return undefined;
		reference.mean = (reference.mean * reference.count + value) / ++reference.count;
		this.references.set(kind, reference);
		return undefined;
	}

	/** Whether a relative latency is more than this factor above the best. */
	isBeyond(relative: number, factor: number): boolean {
		return relative > this.best + Math.log(factor);
	}

	observe(window: LatencyWindow): void {
		if (window.count > 1) this.best = Math.min(this.best, window.mean + window.error);
	}

	/** Sets a higher measure. */
	accept(window: LatencyWindow): void {
		this.best = window.mean + window.error;
	}
}
