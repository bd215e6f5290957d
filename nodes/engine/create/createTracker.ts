import { serializeKey } from './creation';
import type { Creation, Resource } from './creation';
import { OperationError } from '../errors';
import { ItemMemory } from '../itemMemory';
import type { OperationContext } from '../operation';
import type { Before } from './snapshot';

/** A create whose outcome is unknown. */
export interface LostCreate {
	/** When it was sent, in epoch ms by this machine's clock. */
	sentAt: number;
	/** What existed before it was sent, or why that is unknown, as a sentence. */
	before: Before | string;
	error: OperationError;
}

/** The result of earlier attempts at an item: a resource, or a create that may have been carried out. */
interface PreviousAttempts<New> {
	created?: New;
	lost?: LostCreate;
}

/** n8n's Retry On Fail runs the node again for all its items. Each item continues with the resource it has. */
const remembered = new ItemMemory<PreviousAttempts<unknown>>();

/** The token of the item that a resource was created for, in any execution, by account, kind and ID. */
const owners = new ItemMemory<string>();

/** The creates in flight in all executions, by account, kind and key. */
const inFlight = new Map<string, Set<Promise<unknown>>>();

/** Tracks the create of one item, and which resources this process has created. */
export class CreateTracker<R extends Resource, New extends Resource> {
	/** The same for each attempt at the item, and different for each kind and key. */
	private readonly token: string;

	private readonly inFlightKey: string;

	private constructor(
		private readonly context: OperationContext<unknown>,
		private readonly creation: Creation<R, New>,
		private readonly account: string,
	) {
		const key = serializeKey(creation.key);
		this.token = context.token(`create ${creation.kind} ${key}`);
		this.inFlightKey = `${account} ${creation.kind} ${key}`;
	}

	static async of<Api, R extends Resource, New extends Resource>(
		context: OperationContext<Api>,
		creation: Creation<R, New>,
	): Promise<CreateTracker<R, New>> {
		return new CreateTracker(context, creation, await context.account());
	}

	/** The result of earlier attempts at this item. */
	get previous(): PreviousAttempts<R | New> {
		// a token is used with one kind of resource only, because it contains the kind
		return (remembered.get(this.token) ?? {}) as PreviousAttempts<R | New>;
	}

	recordLost(lost: LostCreate): void {
		remembered.set(this.token, { lost });
	}

	/** Assigns a resource to this item. Its next attempt reuses it, and no other item recovers it. */
	recordOwner(created: R | New): void {
		remembered.set(this.token, { created });
		owners.set(this.ownerKey(created), this.token);
		this.context.run.owners.set(`${this.creation.kind} ${created.id}`, this.token);
	}

	/** Whether a create of this process is known to have created the resource. */
	isOwned(resource: R): boolean {
		return owners.get(this.ownerKey(resource)) !== undefined;
	}

	/**
	 * Sends the create once.
	 * @throws OperationError from the service, or if the response contains an ID that an earlier create of this node
	 * run returned, so that the outcome is unknown
	 */
	async send(): Promise<New> {
		const sent = this.creation.create().then((created) => {
			this.assertNewId(created);
			this.recordOwner(created);
			return created;
		});
		const pending = inFlight.get(this.inFlightKey) ?? new Set();
		inFlight.set(this.inFlightKey, pending.add(sent));
		return await sent.finally(() => {
			pending.delete(sent);
			if (pending.size === 0) inFlight.delete(this.inFlightKey);
		});
	}

	/**
	 * Waits for the responses to all creates with the same key that are in flight. Only then is it known which of
	 * them created a resource that has just appeared.
	 * @throws if the execution is canceled
	 */
	async waitForPending(): Promise<void> {
		const { signal } = this.context.run;
		let stop = () => {};
		const canceled = new Promise<void>((resolve) => {
			stop = resolve;
			signal?.addEventListener('abort', stop, { once: true });
		});
		const settled = Promise.allSettled([...(inFlight.get(this.inFlightKey) ?? [])]);
		await Promise.race([settled, canceled]);
		signal?.removeEventListener('abort', stop);
		signal?.throwIfAborted();
	}

	private ownerKey({ id }: Resource): string {
		return `${this.account} ${this.creation.kind} ${id}`;
	}

	private assertNewId({ id }: New): void {
		const { kind } = this.creation;
		const other = this.context.run.created.find(
			(one) => one.kind === kind && String(one.id) === String(id),
		);
		if (!this.context.run.owners.has(`${kind} ${id}`)) return;
		throw new OperationError(
			`The response to this create contains the ID ${id}, which already belongs to the ${kind} of Item ${other?.item ?? 'unknown'}`,
			{ fromService: true, outcomeUnknown: true },
		);
	}
}

/** Forgets the resource of an item after it was deleted, so that the next attempt creates a new one. */
export function forget(token: string): void {
	remembered.delete(token);
}
