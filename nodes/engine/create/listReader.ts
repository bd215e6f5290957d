import type { Creation, Key, NewestFirst, Resource } from './creation';
import { serializeKey } from './creation';
import { indexOf, keepIndex, NameIndex } from './nameIndex';
import { CLOCK_TOLERANCE_MS, readNewest } from './newestFirst';
import type { NewestRead } from './newestFirst';
import { Snapshot } from './snapshot';

/** The list at one point in time. Undefined if the service does not offer one. */
export type ListSnapshot<R extends Resource> = Snapshot<R> | undefined;

/** Resources may be listed this long after they were created, below others that were created later. */
const LATE_MS = 60_000;

type Readable<R extends Resource> = Pick<Creation<R>, 'keyOf' | 'list' | 'newestFirst'> & {
	createdAtMs: (resource: R) => number | undefined;
};

/** What was read of a list, and the IDs of all resources in it. */
interface Indexed<R extends Resource> extends NewestRead<R> {
	index: NameIndex;
}

/** Reads the list of a kind: all of it, or only its newest part if the service sorts it. */
export class ListReader<R extends Resource> {
	/** The index of the whole list, of this node run or an earlier one. */
	private index?: NameIndex;

	/** @param name of the index that the process keeps: account and kind */
	constructor(
		private readonly name: string,
		private readonly creation: Readable<R>,
	) {
		this.index = creation.newestFirst && indexOf(name);
	}

	/** How many requests it takes to read the whole list. Infinity if that is unknown. */
	get pages(): number {
		return this.index?.pages ?? Infinity;
	}

	/** The newest page, or the whole list if the service does not sort it. */
	async newest(keepRetryingMs?: number): Promise<ListSnapshot<R>> {
		const { newestFirst } = this.creation;
		if (!newestFirst) return await this.whole(keepRetryingMs);
		return this.part(await this.readFrom(Infinity, newestFirst, keepRetryingMs));
	}

	/** The list from a time on, or the whole list. @param fromMs in epoch ms by the service's clock */
	async since(fromMs: number): Promise<ListSnapshot<R>> {
		const { newestFirst } = this.creation;
		if (!newestFirst || fromMs === -Infinity) return await this.whole();
		return this.part(await this.readFrom(fromMs - CLOCK_TOLERANCE_MS, newestFirst));
	}

	/** The whole list, by the index and what is newer. */
	async current(): Promise<ListSnapshot<R>> {
		const { index } = this;
		const { newestFirst } = this.creation;
		if (!index || !newestFirst) return await this.whole();
		const known = index.newestMs - LATE_MS;
		const read = await this.readFrom(known, newestFirst);
		if (read.isWhole) return this.all(read);
		const isOld = (resource: R) => (this.creation.createdAtMs(resource) ?? -Infinity) < known;
		// the list is not the list that was indexed
		if (read.resources.some((one) => isOld(one) && !index.has(one.id))) return await this.whole();
		for (const resource of read.resources) this.indexIn(index, resource);
		index.newestMs = Math.max(index.newestMs, read.newestMs);
		keepIndex(this.name, index);
		return this.snapshot(read, index);
	}

	/** The whole list, read to its end. */
	async whole(keepRetryingMs?: number): Promise<ListSnapshot<R>> {
		const { newestFirst, list, keyOf } = this.creation;
		if (newestFirst) return this.all(await this.readFrom(-Infinity, newestFirst, keepRetryingMs));
		const listing = await list?.(keepRetryingMs);
		return listing && new Snapshot(listing, keyOf);
	}

	/** All resources with a key. Reads those that the snapshot has the IDs of. */
	async read(snapshot: Snapshot<R>, key: Key): Promise<R[]> {
		const read = snapshot.unread(key).map(async (id) => {
			const resource = await this.creation.newestFirst?.read(id);
			if (resource && this.index) this.indexIn(this.index, resource);
			else this.index?.remove(id);
			const matches = resource && serializeKey(this.creation.keyOf(resource)) === serializeKey(key);
			return matches ? [resource] : [];
		});
		return [...snapshot.matching(key), ...(await Promise.all(read)).flat()];
	}

	private async readFrom(
		fromMs: number,
		newestFirst: NewestFirst<R>,
		keepRetryingMs?: number,
	): Promise<Indexed<R>> {
		const index = new NameIndex();
		const read = await readNewest(newestFirst, {
			createdAtMs: this.creation.createdAtMs,
			isEnough: (lastMs) => lastMs < fromMs,
			visit: (resource) => {
				this.indexIn(index, resource);
			},
			keepRetryingMs,
		});
		index.pages = read.pages;
		index.newestMs = read.newestMs;
		return { ...read, index };
	}

	private indexIn(index: NameIndex, resource: R): void {
		index.set(resource.id, serializeKey(this.creation.keyOf(resource)));
	}

	private part(read: Indexed<R>): Snapshot<R> {
		if (read.isWhole) return this.snapshot(read, read.index);
		const { newestMs, lastMs, resources } = read;
		const ids = new Set(resources.map(({ id }) => String(id)));
		const before = { newestMs, readDownToMs: lastMs, ids };
		return new Snapshot({ resources }, this.creation.keyOf, { before, isSorted: true });
	}

	/** Keeps the index of a list that was read to its end, unless resources may be missing in it. */
	private all(read: Indexed<R>): Snapshot<R> {
		const { index, isSorted, mayHaveShifted, incomplete } = read;
		const isUsable = isSorted && !mayHaveShifted && incomplete === undefined;
		this.index = isUsable ? index : undefined;
		if (isUsable) keepIndex(this.name, index);
		return this.snapshot(read, index);
	}

	/** A snapshot of the whole list: the resources that were read, and the IDs of the others. */
	private snapshot(read: NewestRead<R>, index: NameIndex): Snapshot<R> {
		const { isSorted, newestMs } = read;
		return new Snapshot(read, this.creation.keyOf, {
			isSorted,
			index,
			...(isSorted && { before: { newestMs, readDownToMs: -Infinity, ids: new Set() } }),
		});
	}
}
