import type { IDataObject } from 'n8n-workflow';
import { nextLink } from '../../engine/http/pagination';
import { isObject, parseUrl } from '../../engine/values';

/** Where services put what they say of a page; Portable's pages show a list with nothing beside it. */
const PLACES = ['links', '_links', 'meta', 'pagination', 'paging', 'page'] as const;
const NEXT = /^(next|next_?page|next_?url|next_?page_?url|next_?cursor|next_?token)$/i;
const MORE = /^(has_?more|has_?next|has_?next_?page|is_?truncated)$/i;
const TOTAL = /^(total|total_?count|total_?results|total_?items)$/i;

export interface Following {
	/** The service says that this is not all. */
	hasMore: boolean;
	/** The query of the next page, where one can be told. */
	next?: string;
}

function isMeant(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '' && value !== false && value !== 0;
}

/** The query of an address, if it is that of the same list; only the query is ever used. */
function queryOf(address: unknown, collection: string): string | undefined {
	const text = isObject(address) ? address.href : address;
	const url =
		typeof text === 'string' ? parseUrl(text, `https://portable.invalid${collection}`) : undefined;
	return url?.pathname === collection && url.search !== '' ? url.search.slice(1) : undefined;
}

/**
 * What a list says of what follows it. Lists of Portable are not known to have pages; those that have are read on by
 * the address that they give, or by offset, as the run attempts of a flow are.
 * @param collection path of the list
 * @param count how many there are up to the end of this page
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
	const addresses = [nextLink(link), ...named(NEXT)].filter(isMeant);
	const hasMore =
		addresses.length > 0 ||
		named(MORE).some((value) => value === true || value === 'true') ||
		named(TOTAL).some((total) => Number(total) > count);
	if (!hasMore) return { hasMore };
	const query = addresses.map((address) => queryOf(address, collection)).find(isMeant);
	return { hasMore, next: query ?? `offset=${count}` };
}
