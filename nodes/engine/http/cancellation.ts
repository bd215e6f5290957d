import type { Created } from '../errors';
import { sleep } from '../sleep';

/** How long writes in flight may take to complete after the execution was canceled, in ms. */
const GRACE_MS = 5000;

/** The maximum number of resources per line of n8n's log. */
const MAX_PER_LINE = 1000;

/**
 * Gives writes that are in flight when the execution is canceled a grace period. The service carries them out anyway,
 * and only their responses contain the IDs of the new resources.
 */
export class Cancellation {
	/** Aborts when the grace period after a cancellation ends. Undefined if n8n provides no cancel signal. */
	readonly graceSignal?: AbortSignal;

	/** Writes without a clear response at the end of the grace period, as method and path. */
	readonly unanswered: string[] = [];

	/** The number of writes in flight. */
	private inFlight = 0;

	/** Resolves when the execution is canceled. */
	readonly requested: Promise<void>;

	private readonly allAnswered = new AbortController();

	private begin: () => void = () => undefined;

	constructor(private readonly signal?: AbortSignal) {
		this.requested = new Promise((resolve) => {
			if (signal) this.begin = resolve;
		});
		if (!signal) return;
		const grace = new AbortController();
		this.graceSignal = grace.signal;
		const { begin } = this;
		this.begin = () => {
			begin();
			void this.startGracePeriod().finally(() => {
				grace.abort();
			});
		};
		if (signal.aborted) this.begin();
		else signal.addEventListener('abort', this.begin, { once: true });
	}

	/** Ends tracking when the node has finished. */
	close(): void {
		this.signal?.removeEventListener('abort', this.begin);
	}

	/**
	 * Sends a write.
	 * @param what method and path
	 * @param isClear whether the response shows the outcome
	 */
	async write<T>(
		what: string,
		isClear: (response: T) => boolean,
		send: () => Promise<T>,
	): Promise<T> {
		this.inFlight++;
		try {
			const response = await send();
			if (this.signal?.aborted && !isClear(response)) this.unanswered.push(what);
			return response;
		} finally {
			this.inFlight--;
		}
	}

	/** The sentence about writes in flight, for the error of a canceled execution. Undefined if there are none. */
	pendingSentence(): string | undefined {
		if (this.inFlight === 0) return undefined;
		const were = this.inFlight === 1 ? '1 request was' : `${this.inFlight} requests were`;
		return `${were} in flight. The n8n log lists the results within ${GRACE_MS / 1000} seconds.`;
	}

	/** Waits until all work has finished, or the grace period ends. */
	async track(work: Promise<unknown>): Promise<void> {
		await Promise.race([work.catch(() => undefined), this.gracePeriodEnd()]);
		this.allAnswered.abort();
	}

	/** Waits a little longer than the grace period, so that aborted writes are recorded. */
	private async gracePeriodEnd(): Promise<void> {
		const { graceSignal } = this;
		if (!graceSignal?.aborted) {
			await new Promise((resolve) => {
				graceSignal?.addEventListener('abort', resolve, { once: true });
			});
		}
		await sleep(100);
	}

	private async startGracePeriod(): Promise<void> {
		await sleep(GRACE_MS, this.allAnswered.signal).catch(() => undefined);
	}
}

/**
 * Lines for n8n's log about a canceled node: the kinds and IDs of what was created. Needed because n8n does not store
 * the error of an execution that a user stops.
 */
export function summaryLines(created: Created[], unanswered: string[]): string[] {
	const named = created.map(({ kind, id, item }) => `${kind} ${id} [Item ${item}]`);
	const lines = [];
	for (let from = 0; from < named.length; from += MAX_PER_LINE) {
		lines.push(
			`Created before the execution was canceled: ${named.slice(from, from + MAX_PER_LINE).join(', ')}`,
		);
	}
	if (unanswered.length > 0) {
		const { length } = unanswered;
		const shown = unanswered.slice(0, MAX_PER_LINE).join(', ');
		lines.push(
			`No clear response to ${length} ${length === 1 ? 'request' : 'requests'}, which may have been carried out: ${shown}`,
		);
	}
	return lines;
}

/** Returns the n8n context with another cancel signal for its requests. */
export function withSignal<Context extends object>(context: Context, signal: AbortSignal): Context {
	return new Proxy(context, {
		get(target, key) {
			if (key === 'getExecutionCancelSignal') return () => signal;
			const value: unknown = Reflect.get(target, key);
			return value;
		},
	});
}
