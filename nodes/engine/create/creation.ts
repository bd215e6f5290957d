import type { IDataObject } from 'n8n-workflow';
import type { CursorPage } from '../http/pagination';
import type { ResourceId } from '../ids';

export type Resource = IDataObject & { id: ResourceId };

/** All resources of a kind, as the service lists them. */
export interface Listing<R extends Resource> {
	resources: R[];
	/** Why the list may not be complete, as a sentence. Undefined if it is complete. */
	incomplete?: string;
}

/** How to read a list that the service sorts by creation time, newest first. */
export interface NewestFirst<R extends Resource> {
	/**
	 * Reads one page.
	 * @param after the cursor of the page; undefined for the first page
	 * @param keepRetryingMs as for `list`
	 */
	page: (after: string | undefined, keepRetryingMs?: number) => Promise<CursorPage<R>>;
	/** Reads one resource. Undefined if it does not exist. */
	read: (id: R['id']) => Promise<R | undefined>;
}

/** Two resources of a kind match if the values of their keys are equal, in the same order. */
export type Key = readonly unknown[];

/**
 * How to create one resource and how to recognize it later.
 * `key` identifies the resource to create, and `keyOf` a listed one, because the response to a create may contain
 * only an ID.
 */
export interface Creation<R extends Resource, New extends Resource = R> {
	/** The service's name for the kind of resource, e.g. `source`. */
	kind: string;
	/** The resource as messages name it, e.g. `google_calendar "Sales"`. */
	label: string;
	/** The key of the resource to create. */
	key: Key;
	/** The key of a listed resource. */
	keyOf: (resource: R) => Key;
	/** Creation time by the server's clock, in epoch ms. Undefined if the resource does not contain it. */
	createdAtMs: (resource: R | New) => number | undefined;
	/**
	 * Lists all resources of this kind. Undefined if the service does not offer a list. Not needed with `newestFirst`.
	 * @param keepRetryingMs how long to retry at most, for a list that is optional
	 */
	list?: (keepRetryingMs?: number) => Promise<Listing<R> | undefined>;
	/** Reads the list in parts. Absent unless the service documents that the list is sorted newest first. */
	newestFirst?: NewestFirst<R>;
	create: () => Promise<New>;
	/** Deletes a duplicate that was just created. Absent if the service cannot delete. */
	remove?: (id: New['id']) => Promise<void>;
}

/** What `createResource` has created or found. */
export interface CreateOutcome<R extends Resource> {
	resource: R;
	/** False if the resource existed before, or if an earlier attempt at the item created it. */
	isNew: boolean;
}

/** A key as text. A number equals its digits, because services return IDs either way. */
export function serializeKey(key: Key): string {
	return JSON.stringify(key.map((part) => (typeof part === 'number' ? String(part) : part)));
}
