import type { ResourceId } from '../ids';

/** How long an index is used after the whole list was read. A change of a name elsewhere can be unknown for this long. */
const MAX_AGE_MS = 15 * 60_000;
/** The maximum number of resources in all indexes of this process: about 30 MB. */
const MAX_INDEXED = 100_000;

/** The IDs of all resources in a list, by their serialized key. */
export class NameIndex {
	private readonly idsByKey = new Map<string, ResourceId[]>();

	private readonly keyById = new Map<string, string>();

	private readonly readAtMs = Date.now();

	/** How many requests it took to read the list. */
	pages = 0;

	/** When the newest resource was created, in epoch ms by the service's clock. */
	newestMs = -Infinity;

	get size(): number {
		return this.keyById.size;
	}

	get isCurrent(): boolean {
		return Date.now() < this.readAtMs + MAX_AGE_MS;
	}

	has(id: ResourceId): boolean {
		return this.keyById.has(String(id));
	}

	/** Adds a resource, or updates its key. */
	set(id: ResourceId, key: string): void {
		const known = this.keyById.get(String(id));
		if (known === key) return;
		if (known !== undefined) this.remove(id);
		this.keyById.set(String(id), key);
		const ids = this.idsByKey.get(key);
		if (ids) ids.push(id);
		else this.idsByKey.set(key, [id]);
	}

	remove(id: ResourceId): void {
		const key = this.keyById.get(String(id));
		if (key === undefined) return;
		this.keyById.delete(String(id));
		const others = this.matching(key).filter((one) => String(one) !== String(id));
		if (others.length > 0) this.idsByKey.set(key, others);
		else this.idsByKey.delete(key);
	}

	matching(key: string): readonly ResourceId[] {
		return this.idsByKey.get(key) ?? [];
	}
}

/** The indexes of this process, by account and kind. The index that was used last is at the end. */
const indexes = new Map<string, NameIndex>();

/** The index of an account and kind. Undefined if there is none, or if it is too old. */
export function indexOf(name: string): NameIndex | undefined {
	const index = indexes.get(name);
	if (index?.isCurrent) return index;
	indexes.delete(name);
	return undefined;
}

/** Keeps an index. Forgets those that were used least recently, if all together are too large. */
export function keepIndex(name: string, index: NameIndex): void {
	indexes.delete(name);
	if (index.size > MAX_INDEXED) return;
	indexes.set(name, index);
	let total = 0;
	for (const { size } of indexes.values()) total += size;
	for (const [oldest, { size }] of indexes) {
		if (total <= MAX_INDEXED) break;
		indexes.delete(oldest);
		total -= size;
	}
}
