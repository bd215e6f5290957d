import type { ResourceId } from '../ids';
import { serializeKey } from './creation';
import type { Key, Listing, Resource } from './creation';
import type { NameIndex } from './nameIndex';
import { CLOCK_TOLERANCE_MS } from './newestFirst';

/** What a list shows about the time before a create: by this, a resource that is listed later is old or new. */
export interface Before {
	/** The IDs of resources that existed: all matching ones, or all that were read of a list that was read in part. */
	ids: ReadonlySet<string>;
	/** When the newest resource was created, in epoch ms by the service's clock. −Infinity if the list does not show it. */
	newestMs: number;
	/** All resources created later than this were read, in epoch ms. −Infinity if the list was read to its end. */
	readDownToMs: number;
}

/** Whether a resource is new. Undefined if that is unknown. @param createdMs undefined if it does not contain it */
export function isNew(
	{ ids, newestMs, readDownToMs }: Before,
	{ id }: Resource,
	createdMs: number | undefined,
): boolean | undefined {
	if (ids.has(String(id))) return false;
	if (createdMs === undefined) return readDownToMs === -Infinity ? true : undefined;
	if (createdMs < newestMs - CLOCK_TOLERANCE_MS) return false;
	return createdMs > readDownToMs ? true : undefined;
}

/** What a {@link Snapshot} has besides its resources. */
interface SnapshotDetails {
	/** Whether creation times confirm that the list is sorted newest first. */
	isSorted?: boolean;
	/** What a sorted list shows about the time before now. */
	before?: Before;
	/** The IDs of all resources, if the snapshot does not contain all of them. */
	index?: NameIndex;
}

/** A list at one point in time, indexed by key. */
export class Snapshot<R extends Resource> {
	private readonly byKey = new Map<string, R[]>();

	private readonly ids = new Set<string>();

	/** Why the list may not be complete, as a sentence. Undefined if it is complete, as far as it was meant to be read. */
	readonly incomplete?: string;

	constructor(
		{ resources, incomplete }: Listing<R>,
		keyOf: (resource: R) => Key,
		private readonly details: SnapshotDetails = {},
	) {
		this.incomplete = incomplete;
		for (const resource of resources) {
			const key = serializeKey(keyOf(resource));
			const matching = this.byKey.get(key);
			if (matching) matching.push(resource);
			else this.byKey.set(key, [resource]);
			if (details.index) this.ids.add(String(resource.id));
		}
	}

	get isSorted(): boolean {
		return this.details.isSorted ?? false;
	}

	/** All resources with this key, in the order of the list, except {@link unread} ones. */
	matching(key: Key): R[] {
		return this.byKey.get(serializeKey(key)) ?? [];
	}

	/** The IDs of resources that had this key when they were indexed. They may have changed since. */
	unread(key: Key): ResourceId[] {
		return (this.details.index?.matching(serializeKey(key)) ?? []).filter(
			(id) => !this.ids.has(String(id)),
		);
	}

	/** What to compare later lists with, for a create with this key. */
	before(key: Key): Before {
		const { before } = this.details;
		if (before && before.readDownToMs !== -Infinity) return before;
		const matching = [...this.matching(key).map(({ id }) => id), ...this.unread(key)];
		return {
			ids: new Set(matching.map(String)),
			newestMs: before?.newestMs ?? -Infinity,
			readDownToMs: -Infinity,
		};
	}
}
