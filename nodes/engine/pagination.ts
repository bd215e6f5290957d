/** One page after another, by offset. */
export interface OffsetPages<T> {
	/** How many to ask for at once, at the most. */
	pageSize: number;
	/** How many are wanted; Infinity for all. */
	wanted: number;
	load: (page: { limit: number; offset: number }) => Promise<T[]>;
	/** What tells two results apart: new ones shift the pages while they are read. */
	idOf: (result: T) => unknown;
}

/**
 * Reads pages until there are as many results as wanted, or no more, each result once.
 * The end is certain: a page that is shorter than asked for, or that has nothing new, is the last.
 */
export async function readPages<T>({ pageSize, wanted, load, idOf }: OffsetPages<T>): Promise<T[]> {
	const results = new Map<unknown, T>();
	for (let offset = 0; results.size < wanted; offset += pageSize) {
		const limit = Math.min(pageSize, wanted - results.size);
		const before = results.size;
		const page = await load({ limit: wanted === Infinity ? pageSize : limit, offset });
		for (const result of page) results.set(idOf(result), result);
		if (page.length < limit || results.size === before) break;
	}
	return [...results.values()].slice(0, wanted === Infinity ? undefined : wanted);
}
