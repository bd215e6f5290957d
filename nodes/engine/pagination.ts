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
		const page = await load({ limit, offset });
		for (const result of page) results.set(idOf(result), result);
		if (page.length < limit || results.size === before) break;
	}
	return [...results.values()].slice(0, wanted);
}

/** One page after another, each by what the one before gave. */
export interface CursorPages<T> {
	/** How many are wanted; Infinity for all. */
	wanted: number;
	/** @param after undefined for the first page */
	load: (after: string | undefined) => Promise<CursorPage<T>>;
	/** What tells two results apart: new ones shift the pages while they are read. */
	idOf: (result: T) => unknown;
}

export interface CursorPage<T> {
	results: T[];
	/** Gives the next page; undefined when this is the last. */
	next?: string;
}

/**
 * The pages, one after another. A short or empty page is no end: services may filter what a page holds after
 * they have cut it. The end is certain nevertheless: a page that leads to one which was read before is the last.
 */
export async function* cursorPages<T>(
	load: CursorPages<T>['load'],
): AsyncGenerator<{ results: T[]; isLast: boolean }> {
	const seen = new Set<string>();
	for (let after: string | undefined; ;) {
		const { results, next } = await load(after);
		const isLast = next === undefined || seen.has(next);
		yield { results, isLast };
		if (isLast) return;
		seen.add(next);
		after = next;
	}
}

/** Reads {@link cursorPages} until there are as many results as wanted, or no more, each result once. */
export async function readCursorPages<T>({ wanted, load, idOf }: CursorPages<T>): Promise<T[]> {
	const results = new Map<unknown, T>();
	for await (const page of cursorPages(load)) {
		for (const result of page.results) results.set(idOf(result), result);
		if (results.size >= wanted) break;
	}
	return [...results.values()].slice(0, wanted);
}
