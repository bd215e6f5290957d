import type { ApiResponse } from '../../engine/http/client';
import type { CursorPage } from '../../engine/http/pagination';
import { isObject } from '../../engine/values';
import { notAList, readResources } from './responses';
import type { DigaResource } from './resource';

/** A page of a list, newest first. `next` is the cursor to pass as `after`. */
export interface DigaPage<R> extends CursorPage<R> {
	/** Diga's clock when it responded, in epoch ms. */
	serverTimeMs?: number;
}

/** The order of a list, by creation. Diga's default is newest first. */
export const orders = ['desc', 'asc'] as const;

export type Order = (typeof orders)[number];

/** Starts the cursor of a page that is requested by number. IDs never contain this. */
const BY_PAGE = 'page=';

function pageNumber(cursor: string): number | undefined {
	return cursor.startsWith(BY_PAGE) ? Number(cursor.slice(BY_PAGE.length)) : undefined;
}

/** Turns a cursor into query parameters: `page` if the cursor is a page number, else `after`. */
export function pageQuery<Query extends { after?: string }>({ after, ...query }: Query) {
	const page = after === undefined ? undefined : pageNumber(after);
	return page === undefined ? { ...query, after } : { ...query, page };
}

/** Reads a page of resources, as {@link readPageOf}. */
export function readPage(response: ApiResponse, after?: string): DigaPage<DigaResource> {
	return readPageOf(response, { after, read: readResources, idOf: ({ id }) => id });
}

/** How to read a page. */
interface PageReader<R> {
	/** The cursor that the page was requested with; undefined for the first page. */
	after?: string;
	/** Checks the entries. */
	read: (list: unknown[], status: number) => R[];
	idOf: (result: R) => string;
}

/** Reads a page of a list. Continues after `last_id`, or by page number if Diga returns no `last_id`. */
export function readPageOf<R>(
	{ body, status, serverTimeMs }: ApiResponse,
	{ after, read, idOf }: PageReader<R>,
): DigaPage<R> {
	if (!isObject(body) || !Array.isArray(body.data)) throw notAList(status);
	const results = read(body.data, status);
	const { has_more: says, last_id: last, current_page: current, total_pages: total } = body;
	const requested = after === undefined ? 1 : pageNumber(after);
	const page = typeof current === 'number' ? current : requested;
	const isBeforeLast = typeof total === 'number' && page !== undefined && page < total;
	const hasMore = says === true || isBeforeLast;
	if (!hasMore) return { results, serverTimeMs };
	if (typeof last === 'string' && last !== '') {
		return { results, hasMore, next: last, serverTimeMs };
	}
	const next = page === undefined ? undefined : `${BY_PAGE}${page + 1}`;
	const fingerprint = results.map(idOf).join();
	return { results, hasMore, next, fingerprint, serverTimeMs };
}
