import type { Created } from './fault';
import { Gate } from './gate';

/** What the items of one node run share. */
export class Run {
	readonly gate = new Gate();

	/** Everything that this run created, in the order in which it was. */
	readonly created: Created[] = [];

	private readonly queues = new Map<string, Promise<unknown>>();

	private readonly remembered = new Map<string, Promise<unknown>>();

	/** Runs the tasks that have the same key one after another, whichever items they belong to. */
	async oneByOne<T>(key: string, task: () => Promise<T>): Promise<T> {
		const before = this.queues.get(key) ?? Promise.resolve();
		const mine = before.then(task, task);
		this.queues.set(key, mine);
		return await mine;
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
}
