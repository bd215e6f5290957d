import { Breaker } from './http/circuitBreaker';
import { Cancellation } from './http/cancellation';
import type { Created } from './errors';
import { Gate } from './http/rateLimiter';

/** What the items of one node run share. */
export class Run {
	readonly gate = new Gate();

	readonly breaker = new Breaker();

	/** Everything that this run created, in the order in which it was. */
	readonly created: Created[] = [];

	/** Those of them for which no answer came, so that they had to be looked for. */
	readonly adopted: Created[] = [];

	/** What was there already, and was used. */
	readonly reused: Created[] = [];

	/** What an earlier try at the same item had created: n8n's Retry On Fail runs the node again. */
	readonly resumed: Created[] = [];

	/** By kind and ID: the tokens of the items for which something was created, until it is deleted again. */
	readonly owners = new Map<string, string>();

	/** What else a user should know, a sentence each. */
	readonly notes: string[] = [];

	/** Whether an answer may have repeated a secret of the credential, so that outputs must be looked through. */
	repeatsSecret = false;

	/** What becomes of what is under way when the execution is canceled. */
	readonly cancellation: Cancellation;

	/** How many requests may be in flight at once. */
	private free: number;

	private readonly inLine: Array<() => void> = [];

	private readonly queues = new Map<string, Promise<unknown>>();

	private readonly remembered = new Map<string, Promise<unknown>>();

	/**
	 * @param signal aborts when the execution is cancelled
	 * @param atOnce how many requests may be in flight
	 */
	constructor(
		readonly signal?: AbortSignal,
		atOnce = Infinity,
	) {
		this.free = atOnce;
		this.cancellation = new Cancellation(signal);
	}

	/** Makes a request when fewer than the bound are in flight; first come, first served. */
	async inSlot<T>(request: () => Promise<T>): Promise<T> {
		if (this.free > 0) this.free--;
		else await new Promise<void>((resolve) => this.inLine.push(resolve));
		try {
			return await request();
		} finally {
			const next = this.inLine.shift();
			if (next) next();
			else this.free++;
		}
	}

	/** Runs the tasks that have the same key one after another, whichever items they belong to. */
	async oneByOne<T>(key: string, task: () => Promise<T>): Promise<T> {
		const before = this.queues.get(key) ?? Promise.resolve();
		const mine = before.then(task, task);
		this.queues.set(key, mine);
		return await mine.finally(() => {
			if (this.queues.get(key) === mine) this.queues.delete(key);
		});
	}

	/** Loads once for the whole run; a failed load is not kept. */
	async once<T>(key: string, load: () => Promise<T>): Promise<T> {
		const known = this.remembered.get(key);
		// one key is used with one type of value: it names what is loaded
		if (known) return (await known) as T;
		const loading = load();
		this.remembered.set(key, loading);
		loading.catch(() => this.remembered.delete(key));
		return await loading;
	}

	/** What was loaded is not so any more: it is loaded again when it is asked for. */
	forget(key: string): void {
		this.remembered.delete(key);
	}
}
