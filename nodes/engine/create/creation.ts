import type { IDataObject } from 'n8n-workflow';
import type { ResourceId } from '../ids';

export type Resource = IDataObject & { id: ResourceId };

/** Everything of a kind, as the service lists it. */
export interface Listing<R extends Resource> {
	resources: R[];
	/** Why there may be more than these, as a sentence; undefined when the list is whole. */
	incomplete?: string;
}

/** What makes two resources of a kind the same: values that are equal, in the same order. */
export type Key = readonly unknown[];

/**
 * How to create one resource, and how to recognize it.
 * What is created here is known by `key`, and what is listed by `keyOf`: the answer to a create needs an ID only.
 */
export interface Creation<R extends Resource, Made extends Resource = R> {
	/** The service's word for it, e.g. `source`. */
	kind: string;
	/** What makes two of them the same, in words, e.g. `google_calendar "Sales"`. */
	same: string;
	/** Of the one to create. */
	key: Key;
	/** Of one that is listed. */
	keyOf: (resource: R) => Key;
	/** By the server's clock, in epoch ms; undefined when the resource does not tell. */
	createdAtMs: (resource: R | Made) => number | undefined;
	/**
	 * All resources of this kind; undefined when the service does not offer a list.
	 * @param keepRetryingMs for what can be done without: for how long to try at the most
	 */
	list: (keepRetryingMs?: number) => Promise<Listing<R> | undefined>;
	create: () => Promise<Made>;
	/** Deletes one that was just created here in vain; absent where the service cannot. */
	remove?: (id: Made['id']) => Promise<void>;
}

/** A key as text; a number and its digits are the same, because a service may write an ID either way. */
export function keyText(key: Key): string {
	return JSON.stringify(key.map((part) => (typeof part === 'number' ? String(part) : part)));
}

/** A list at one moment, in which it is looked up quickly. */
export class Snapshot<R extends Resource> {
	private readonly byKey = new Map<string, R[]>();

	/** Why there may be more, as a sentence; undefined when it is whole. */
	readonly incomplete?: string;

	constructor({ resources, incomplete }: Listing<R>, keyOf: (resource: R) => Key) {
		this.incomplete = incomplete;
		for (const resource of resources) {
			const key = keyText(keyOf(resource));
			const alike = this.byKey.get(key);
			if (alike) alike.push(resource);
			else this.byKey.set(key, [resource]);
		}
	}

	/** All that are the same, in the order of the list. */
	like(key: Key): R[] {
		return this.byKey.get(keyText(key)) ?? [];
	}
}
