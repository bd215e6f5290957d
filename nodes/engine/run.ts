import { Breaker } from './breaker';
import { Cancellation } from './cancellation';
import type { Created } from './fault';
import { Gate } from './gate';

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

	private readonly sending = new Map<string, Set<Promise<unknown>>>();

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

	/** Sends a create, but not while somebody looks for one that is the same. */
	async send<T>(key: string, create: () => Promise<T>): Promise<T> {
		for (let looking; (looking = this.queues.get(key));) await looking.catch(() => undefined);
		const sent = create();
		const underWay = this.sending.get(key) ?? new Set();
		this.sending.set(key, underWay.add(sent));
		return await sent.finally(() => {
			underWay.delete(sent);
			if (underWay.size === 0) this.sending.delete(key);
		});
	}

	/** Looks for what became of a create, one at a time, and while none that is the same is under way. */
	async look<T>(key: string, task: () => Promise<T>): Promise<T> {
		return await this.oneByOne(key, async () => {
			await Promise.allSettled([...(this.sending.get(key) ?? [])]);
			return await task();
		});
	}
}
