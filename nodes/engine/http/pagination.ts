/** How to read a list by offset. */
export interface OffsetPages<T> {
	/** The maximum number of results per page. */
	pageSize: number;
	/** The maximum number of results. Infinity for all. */
	wanted: number;
	load: (page: { limit: number; offset: number }) => Promise<T[]>;
	/** Identifies a result, because new results shift the pages while they are read. */
	idOf: (result: T) => unknown;
}

/**
 * Reads pages until there are enough results, or no more. Returns each result once. Always ends: a page that is
 * shorter than requested, or has no new result, is the last.
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

/** How to read a list by cursor. */
export interface CursorPages<T> {
	/** The maximum number of results. Infinity for all. */
	wanted: number;
	/** @param after undefined for the first page */
	load: (after: string | undefined) => Promise<CursorPage<T>>;
	/** Identifies a result, because new results shift the pages while they are read. */
	idOf: (result: T) => unknown;
}

export interface CursorPage<T> {
	results: T[];
	/** The cursor of the next page. Undefined if this is the last page, or if the service returned no cursor. */
	next?: string;
	/** The service says that there are more results. */
	hasMore?: boolean;
	/** Identifies the content of a page if the cursor is a counter, to notice a service that ignores the counter. */
	fingerprint?: string;
}

/** A list that was read to its end, or as far as the service allows. */
export interface ReadList<T> {
	results: T[];
	/** Why results are missing, as a sentence. Undefined if the list is complete, or has as many as requested. */
	incomplete?: string;
}

/**
 * Yields one page after another. A short or empty page is not the end, because a service may filter a page after
 * cutting it. Always ends: a page whose cursor was used before is the last.
 */
export async function* cursorPages<T>(
	load: CursorPages<T>['load'],
): AsyncGenerator<{ results: T[]; isLast: boolean; isIncomplete: boolean }> {
	const seen = new Set<string>();
	const fingerprints = new Set<string>();
	for (let after: string | undefined; ;) {
		const { results, next, hasMore = false, fingerprint } = await load(after);
		const isRepeated = fingerprint !== undefined && fingerprints.has(fingerprint);
		const isLast = next === undefined || seen.has(next) || isRepeated;
		yield { results, isLast, isIncomplete: isLast && (hasMore || next !== undefined) };
		if (isLast) return;
		if (fingerprint !== undefined) fingerprints.add(fingerprint);
		seen.add(next);
		after = next;
	}
}

/** Reads {@link cursorPages} until there are enough results, or no more. Returns each result once. */
export async function readCursorList<T>({
	wanted,
	load,
	idOf,
}: CursorPages<T>): Promise<ReadList<T>> {
	const results = new Map<unknown, T>();
	let isIncomplete = false;
	for await (const page of cursorPages(load)) {
		for (const result of page.results) results.set(idOf(result), result);
		if (results.size >= wanted) break;
		({ isIncomplete } = page);
	}
	const read = [...results.values()].slice(0, wanted);
	return isIncomplete
		? { results: read, incomplete: incompleteSentence(read.length) }
		: { results: read };
}

/** The results of {@link readCursorList}, for callers that do not need to know whether results are missing. */
export async function readCursorPages<T>(pages: CursorPages<T>): Promise<T[]> {
	return (await readCursorList(pages)).results;
}

/** The sentence for an incomplete list. @param count the number of results read */
export function incompleteSentence(count: number): string {
	return `The list is incomplete: the service returned ${count} results and says that there are more, but not how to get them.`;
}

/** The address of the next page in a Link header (RFC 8288). Undefined if there is none. */
export function nextLink(header: unknown): string | undefined {
	if (typeof header !== 'string') return undefined;
	for (const [, address, parameters] of header.matchAll(/<([^>]*)>([^<]*)/g)) {
		if (parameters && /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next[\s"]|next\b)/i.test(parameters))
			return address;
	}
	return undefined;
}
