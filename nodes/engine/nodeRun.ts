import { CircuitBreaker } from './http/circuitBreaker';
import { Cancellation } from './http/cancellation';
import type { Created } from './errors';
import { RateLimiter } from './http/rateLimiter';

/** What the items of one node run share. */
export class NodeRun {
	readonly rateLimiter = new RateLimiter();

	readonly circuitBreaker = new CircuitBreaker();

	/** Everything that this run created, in the order in which it was. */
	readonly created: Created[] = [];

	/** Those of them for which no answer came, so that they had to be looked for. */
	readonly recovered: Created[] = [];

	/** What was there already, and was used. */
	readonly reused: Created[] = [];

	/** What an earlier try at the same item had created: n8n's Retry On Fail runs the node again. */
	readonly resumed: Created[] = [];

	/** By kind and ID: the tokens of the items for which something was created, until it is deleted again. */
	readonly owners = new Map<string, string>();

	/** What else a user should know, a sentence each. */
	readonly warnings: string[] = [];

	/** Whether an answer may have repeated a secret of the credential, so that outputs must be looked through. */
	repeatsSecret = false;

	/** What becomes of what is under way when the execution is canceled. */
	readonly cancellation: Cancellation;

	/** How many requests may be in flight at once. */
	private freeSlots: number;

	private readonly waitingForSlot: Array<() => void> = [];

	private readonly queues = new Map<string, Promise<unknown>>();

	private readonly loaded = new Map<string, Promise<unknown>>();

	/**
	 * @param signal aborts when the execution is cancelled
	 * @param atOnce how many requests may be in flight
	 */
	constructor(
		readonly signal?: AbortSignal,
		atOnce = Infinity,
	) {
		this.freeSlots = atOnce;
		this.cancellation = new Cancellation(signal);
	}

	/** Makes a request when fewer than the bound are in flight; first come, first served. */
	async withSlot<T>(request: () => Promise<T>): Promise<T> {
		if (this.freeSlots > 0) this.freeSlots--;
		else await new Promise<void>((resolve) => this.waitingForSlot.push(resolve));
		try {
			return await request();
		} finally {
			const next = this.waitingForSlot.shift();
			if (next) next();
			else this.freeSlots++;
		}
	}

	/** Runs the tasks that have the same key one after another, whichever items they belong to. */
	async withLock<T>(key: string, task: () => Promise<T>): Promise<T> {
		const before = this.queues.get(key) ?? Promise.resolve();
		const mine = before.then(task, task);
		this.queues.set(key, mine);
		return await mine.finally(() => {
			if (this.queues.get(key) === mine) this.queues.delete(key);
		});
	}

	/** Loads once for the whole run; a failed load is not kept. */
	async loadOnce<T>(key: string, load: () => Promise<T>): Promise<T> {
		const known = this.loaded.get(key);
		// one key is used with one type of value: it names what is loaded
		if (known) return (await known) as T;
		const loading = load();
		this.loaded.set(key, loading);
		loading.catch(() => this.loaded.delete(key));
		return await loading;
	}

	/** What was loaded is not so any more: it is loaded again when it is asked for. */
	forget(key: string): void {
		this.loaded.delete(key);
	}
}
