import type { Created } from '../errors';
import { sleep } from '../sleep';

/** How long what was being written when the execution was canceled is waited for, in ms. */
const GRACE_MS = 5000;

/** So many resources stand on one line of n8n's log. */
const MAX_PER_LINE = 1000;

/**
 * What becomes of requests that write and are under way when the execution is canceled: they are given a moment to be
 * answered, because the service carries them out whether or not anybody listens, and only an answer names what was made.
 */
export class Cancellation {
	/** Aborts a moment after the execution was canceled; undefined where n8n does not tell of it. */
	readonly graceSignal?: AbortSignal;

	/** Those that had no answer when the moment was over, or an unclear one, as method and path. */
	readonly unanswered: string[] = [];

	/** How many requests that write are under way. */
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

	/** The node has come to its end: it is not concerned any more. */
	close(): void {
		this.signal?.removeEventListener('abort', this.begin);
	}

	/**
	 * Sends what writes.
	 * @param what method and path
	 * @param isClear whether the answer tells what became of it
	 */
	async write<T>(
		what: string,
		isClear: (answer: T) => boolean,
		send: () => Promise<T>,
	): Promise<T> {
		this.inFlight++;
		try {
			const answer = await send();
			if (this.signal?.aborted && !isClear(answer)) this.unanswered.push(what);
			return answer;
		} finally {
			this.inFlight--;
		}
	}

	/** For the error that is thrown when the execution is canceled; undefined when nothing is under way. */
	sentence(): string | undefined {
		if (this.inFlight === 0) return undefined;
		const were = this.inFlight === 1 ? '1 request was' : `${this.inFlight} requests were`;
		return `${were} under way; the log of n8n names what came of that, within ${GRACE_MS / 1000} seconds.`;
	}

	/** Waits until all work has come to its end, but for no longer than the moment. */
	async track(work: Promise<unknown>): Promise<void> {
		await Promise.race([work.catch(() => undefined), this.gracePeriodEnded()]);
		this.allAnswered.abort();
	}

	/** What its end has cut off is noted by then. */
	private async gracePeriodEnded(): Promise<void> {
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
 * What a canceled node leaves behind, as lines for n8n's log: kinds and IDs only.
 * n8n stores no error of a node that is canceled by hand, so that this is where it can be read.
 */
export function summaryLines(created: Created[], unanswered: string[]): string[] {
	const named = created.map(({ kind, id, item }) => `${kind} ${id} [Item ${item}]`);
	const lines = [];
	for (let from = 0; from < named.length; from += MAX_PER_LINE) {
		lines.push(
			`Created before it was canceled: ${named.slice(from, from + MAX_PER_LINE).join(', ')}`,
		);
	}
	if (unanswered.length > 0) {
		const { length } = unanswered;
		const shown = unanswered.slice(0, MAX_PER_LINE).join(', ');
		lines.push(
			`No clear answer came to ${length} ${length === 1 ? 'request' : 'requests'}, which may have been carried out: ${shown}`,
		);
	}
	return lines;
}

/** The same context of n8n, whose requests are cut off by another signal. */
export function withSignal<Context extends object>(context: Context, signal: AbortSignal): Context {
	return new Proxy(context, {
		get(target, key) {
			if (key === 'getExecutionCancelSignal') return () => signal;
			const value: unknown = Reflect.get(target, key);
			return value;
		},
	});
}
