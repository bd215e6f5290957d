import { keyText } from './creation';
import type { Creation, Resource } from './creation';
import type { ResourceId } from '../ids';
import { OperationError } from '../errors';
import { ItemMemory } from '../itemMemory';
import type { OperationContext } from '../operation';

/** A create of which it is not known whether it was carried out. */
export interface Lost {
	/** Epoch ms by our clock, before it was sent. */
	sentAt: number;
	/** The IDs of what was the same before it was sent; or why they are not known, as a sentence. */
	before: ResourceId[] | string;
	error: OperationError;
}

/** What earlier tries at an item have come to: it has a resource, or one may exist. */
interface Tries<Made> {
	made?: Made;
	lost?: Lost;
}

/** n8n's Retry On Fail runs the node again for all its items: each goes on with what it has. */
const remembered = new ItemMemory<Tries<unknown>>();

/** By account, kind and ID: the token of the item for which a resource was created, in whichever execution. */
const owners = new ItemMemory<string>();

/** By account, kind and key: the creates that are under way, in all executions. */
const underWay = new Map<string, Set<Promise<unknown>>>();

/** What one item creates, and what this process knows about it. */
export class OwnResource<R extends Resource, Made extends Resource> {
	/** The same for each try at the item; two kinds or two keys of one item are told apart. */
	private readonly token: string;

	private readonly place: string;

	private constructor(
		private readonly context: OperationContext<unknown>,
		private readonly creation: Creation<R, Made>,
		private readonly account: string,
	) {
		const key = keyText(creation.key);
		this.token = context.token(`create ${creation.kind} ${key}`);
		this.place = `${account} ${creation.kind} ${key}`;
	}

	static async of<Api, R extends Resource, Made extends Resource>(
		context: OperationContext<Api>,
		creation: Creation<R, Made>,
	): Promise<OwnResource<R, Made>> {
		return new OwnResource(context, creation, await context.account());
	}

	/** What earlier tries at this item have come to. */
	get tries(): Tries<R | Made> {
		// one token is used with one kind of resource: the kind is in it
		return (remembered.get(this.token) ?? {}) as Tries<R | Made>;
	}

	lose(lost: Lost): void {
		remembered.set(this.token, { lost });
	}

	/** It is the item's: at its next try, too, and nobody else takes it for what they have lost. */
	keep(made: R | Made): void {
		remembered.set(this.token, { made });
		owners.set(this.ownerKey(made), this.token);
		this.context.run.owners.set(`${this.creation.kind} ${made.id}`, this.token);
	}

	/** Whether a create of this process is known to have made it. */
	isOwned(resource: R): boolean {
		return owners.get(this.ownerKey(resource)) !== undefined;
	}

	/**
	 * Creates, once. @throws Fault as the service does; and when it gives an ID that it gave in this run before,
	 * so that it is not known what became of this create
	 */
	async send(): Promise<Made> {
		const sent = this.creation.create().then((made) => {
			this.mustBeNew(made);
			this.keep(made);
			return made;
		});
		const together = underWay.get(this.place) ?? new Set();
		underWay.set(this.place, together.add(sent));
		return await sent.finally(() => {
			together.delete(sent);
			if (together.size === 0) underWay.delete(this.place);
		});
	}

	/**
	 * Waits until it is known of all creates of the same, begun so far, what they made. Only then can one tell
	 * whose a resource is that has just appeared. @throws when the execution is canceled
	 */
	async othersAnswered(): Promise<void> {
		const { signal } = this.context.run;
		let stop = () => {};
		const canceled = new Promise<void>((resolve) => {
			stop = resolve;
			signal?.addEventListener('abort', stop, { once: true });
		});
		const answered = Promise.allSettled([...(underWay.get(this.place) ?? [])]);
		await Promise.race([answered, canceled]);
		signal?.removeEventListener('abort', stop);
		signal?.throwIfAborted();
	}

	private ownerKey({ id }: Resource): string {
		return `${this.account} ${this.creation.kind} ${id}`;
	}

	private mustBeNew({ id }: Made): void {
		const { kind } = this.creation;
		const twin = this.context.run.created.find(
			(one) => one.kind === kind && String(one.id) === String(id),
		);
		if (!this.context.run.owners.has(`${kind} ${id}`)) return;
		throw new OperationError(
			`The answer to this create has the ID ${id}, which was given for the ${kind} of Item ${twin?.item ?? 'unknown'} before`,
			{ fromService: true, outcomeUnknown: true },
		);
	}
}

/** What was created for an item is deleted again: its next try creates anew. */
export function forget(token: string): void {
	remembered.delete(token);
}
