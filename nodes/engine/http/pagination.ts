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
	/** Gives the next page; undefined when this is the last, or when it is not told how to read on. */
	next?: string;
	/** The service says that this is not all. */
	hasMore?: boolean;
	/** Of a page whose cursor only counts: the same again, and the service does not count. */
	fingerprint?: string;
}

/** A list that was read to its end, or as far as the service let it. */
export interface ReadList<T> {
	results: T[];
	/** Why there is more than these, as a sentence; undefined when the list is whole, or as many as were wanted. */
	incomplete?: string;
}

/**
 * The pages, one after another. A short or empty page is no end: services may filter what a page holds after
 * they have cut it. The end is certain nevertheless: a page that leads to one which was read before is the last.
 */
export async function* cursorPages<T>(
	load: CursorPages<T>['load'],
): AsyncGenerator<{ results: T[]; isLast: boolean; isCut: boolean }> {
	const seen = new Set<string>();
	const fingerprints = new Set<string>();
	for (let after: string | undefined; ;) {
		const { results, next, hasMore = false, fingerprint } = await load(after);
		const isRepeated = fingerprint !== undefined && fingerprints.has(fingerprint);
		const isLast = next === undefined || seen.has(next) || isRepeated;
		yield { results, isLast, isCut: isLast && (hasMore || next !== undefined) };
		if (isLast) return;
		if (fingerprint !== undefined) fingerprints.add(fingerprint);
		seen.add(next);
		after = next;
	}
}

/** Reads {@link cursorPages} until there are as many results as wanted, or no more, each result once. */
export async function readCursorList<T>({
	wanted,
	load,
	idOf,
}: CursorPages<T>): Promise<ReadList<T>> {
	const results = new Map<unknown, T>();
	let isCut = false;
	for await (const page of cursorPages(load)) {
		for (const result of page.results) results.set(idOf(result), result);
		if (results.size >= wanted) break;
		({ isCut } = page);
	}
	const read = [...results.values()].slice(0, wanted);
	return isCut ? { results: read, incomplete: notWhole(read.length) } : { results: read };
}

/** The results of {@link readCursorList}, where it does not matter whether there are more. */
export async function readCursorPages<T>(pages: CursorPages<T>): Promise<T[]> {
	return (await readCursorList(pages)).results;
}

/** What to say of a list that is not whole. @param count how many came */
export function notWhole(count: number): string {
	return `The list is not whole: the service says that there is more than the ${count} that it gave, but not how to get it.`;
}

/** The address of the next page in a Link header (RFC 8288); undefined when there is none. */
export function nextLink(header: unknown): string | undefined {
	if (typeof header !== 'string') return undefined;
	for (const [, address, parameters] of header.matchAll(/<([^>]*)>([^<]*)/g)) {
		if (parameters && /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next[\s"]|next\b)/i.test(parameters))
			return address;
	}
	return undefined;
}
