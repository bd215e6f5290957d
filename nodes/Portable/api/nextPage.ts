import type { IDataObject } from 'n8n-workflow';
import { nextLink } from '../../engine/http/pagination';
import { isObject, parseUrl } from '../../engine/values';

/** Where services commonly put page information. Portable's documentation shows lists without any. */
const PLACES = ['links', '_links', 'meta', 'pagination', 'paging', 'page'] as const;
const NEXT = /^(next|next_?page|next_?url|next_?page_?url|next_?cursor|next_?token)$/i;
const MORE = /^(has_?more|has_?next|has_?next_?page|is_?truncated)$/i;
const TOTAL = /^(total|total_?count|total_?results|total_?items)$/i;

export interface Following {
	/** Whether the response says that more pages follow. */
	hasMore: boolean;
	/** The query of the next page, if known. */
	next?: string;
}

function hasValue(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '' && value !== false && value !== 0;
}

/** The query of a URL, if the URL is of the same list. Host and path are never used, so requests stay on the same host. */
function queryOf(address: unknown, collection: string): string | undefined {
	const text = isObject(address) ? address.href : address;
	const url =
		typeof text === 'string' ? parseUrl(text, `https://portable.invalid${collection}`) : undefined;
	return url?.pathname === collection && url.search !== '' ? url.search.slice(1) : undefined;
}

/**
 * Finds the next page of a list. Portable documents no pages for its lists. If a response has page information,
 * the next page is read by its URL, or by offset, as with the run attempts of a flow.
 * @param collection path of the list
 * @param count number of entries up to the end of this page
 */
export function followingPage(
	{ body, link }: { body: unknown; link?: unknown },
	{ collection, count }: { collection: string; count: number },
): Following {
	const outer: IDataObject = isObject(body) ? body : {};
	const beside = [outer, ...PLACES.map((place) => outer[place]).filter(isObject)];
	const entries = beside.flatMap((place) => Object.entries(place));
	const named = (name: RegExp) =>
		entries.filter(([key]) => name.test(key)).map(([, value]) => value);
	const addresses = [nextLink(link), ...named(NEXT)].filter(hasValue);
	const hasMore =
		addresses.length > 0 ||
		named(MORE).some((value) => value === true || value === 'true') ||
		named(TOTAL).some((total) => Number(total) > count);
	if (!hasMore) return { hasMore };
	const query = addresses.map((address) => queryOf(address, collection)).find(hasValue);
	return { hasMore, next: query ?? `offset=${count}` };
}
