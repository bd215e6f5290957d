import { CircuitBreaker } from './http/circuitBreaker';
import { Cancellation } from './http/cancellation';
import type { Created } from './errors';
import { RequestScheduler } from './http/requestScheduler';
import type { Parallelism } from './http/requestScheduler';
import type { SharedState } from './http/types';

/** The state that the items of one node run share. */
export class NodeRun implements SharedState {
	readonly scheduler: RequestScheduler;

	readonly circuitBreaker = new CircuitBreaker();

	/** Every resource that this node run created, in order. */
	readonly created: Created[] = [];

	/** Created resources that were found after their response was lost. */
	readonly recovered: Created[] = [];

	/** Resources that existed before and were used. */
	readonly reused: Created[] = [];

	/** Resources that an earlier attempt at the same item created: n8n's Retry On Fail runs the node again. */
	readonly resumed: Created[] = [];

	/** The token of the item that a resource was created for, by kind and ID, until the resource is deleted. */
	readonly owners = new Map<string, string>();

	/** Other hints for the user, one sentence each. */
	readonly warnings: string[] = [];

	containsSecret = false;

	/** Handles writes in flight when the execution is canceled. */
	readonly cancellation: Cancellation;

	private readonly queues = new Map<string, Promise<unknown>>();

	private readonly loaded = new Map<string, Promise<unknown>>();

	/**
	 * @param signal aborts when the execution is canceled
	 * @param parallelism how many requests may be in flight
	 * @param maxInFlight the maximum if that is automatic
	 */
	constructor(
		readonly signal?: AbortSignal,
		parallelism: Parallelism = Infinity,
		maxInFlight?: number,
	) {
		this.scheduler = new RequestScheduler(parallelism, maxInFlight);
		this.cancellation = new Cancellation(signal);
	}

	/** Runs tasks with the same key one after another, across all items. */
	async withLock<T>(key: string, task: () => Promise<T>): Promise<T> {
		const before = this.queues.get(key) ?? Promise.resolve();
		const mine = before.then(task, task);
		this.queues.set(key, mine);
		return await mine.finally(() => {
			if (this.queues.get(key) === mine) this.queues.delete(key);
		});
	}

	/** Loads a value once for the whole node run. A failed load is not kept. */
	async loadOnce<T>(key: string, load: () => Promise<T>): Promise<T> {
		const known = this.loaded.get(key);
		// a key is used with one type of value only, because it names the value
		if (known) return (await known) as T;
		const loading = load();
		this.loaded.set(key, loading);
		loading.catch(() => this.loaded.delete(key));
		return await loading;
	}
}
