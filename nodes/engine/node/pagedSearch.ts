import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { ApiDefinition } from '../http/apiDefinition';
import type { ListSearch } from '../input/locator';
import { isObject } from '../values';
import { fetchForEditor, MAX_ROWS, matchesFilter, sortByName } from './editor';
import { editorKey, loadCached } from './editorCache';

/** How many pages of the service one request of the editor reads at most. */
const MAX_PAGES = 34;
/** How many rows fill the list in the editor. With fewer, users cannot scroll, which loads more. */
const ENOUGH_ROWS = 20;

/** One page of the service's list. */
interface RowPage {
	rows: INodeListSearchItems[];
	/** The cursor of the next page. Undefined if this is the last page. */
	next?: string;
}

/** A list with pages. */
export interface PagedList<Api, Query> {
	/** What to list, by other fields of the node. Default: undefined. */
	query?: (context: ILoadOptionsFunctions) => Query;
	/** Loads one page. @param after its cursor; undefined for the first page */
	load: (api: Api, after: string | undefined, query: Query | undefined) => Promise<RowPage>;
}

/** Where a search continues. */
interface Position {
	/** The cursor of the page. Undefined for the first page. */
	after?: string;
	/** How many matching rows of the page were returned before. */
	skip: number;
	/** The values of the first and last row of the page before, to notice a service that repeats a page. */
	before?: string;
}

/** Reads a pagination token. Starts at the first page if it is not a token of this search. */
function readToken(token = ''): Position {
	const start = { skip: 0 };
	if (!token.startsWith('{')) return start;
	const position: unknown = JSON.parse(token);
	if (!isObject(position)) return start;
	const { after, skip, before } = position;
	return {
		...(typeof after === 'string' && { after }),
		skip: typeof skip === 'number' ? skip : 0,
		...(typeof before === 'string' && { before }),
	};
}

/** Collects the rows of one request of the editor. */
async function collect(
	load: (after: string | undefined) => Promise<RowPage>,
	filter: string,
	from: Position,
): Promise<INodeListSearchResult> {
	const results: INodeListSearchItems[] = [];
	let position = from;
	for (let pages = 0; pages < MAX_PAGES; pages++) {
		const { after, skip, before } = position;
		const { rows, next } = await load(after);
		const edges = `${rows.length} ${rows[0]?.value ?? ''} ${rows.at(-1)?.value ?? ''}`;
		if (edges === before) return { results };
		// a list that is on one page is sorted by name; a longer list keeps the order of the service
		const isWhole = after === undefined && next === undefined;
		const matching = (isWhole ? sortByName(rows) : rows).filter(matchesFilter(filter));
		const wanted = MAX_ROWS - results.length;
		results.push(...matching.slice(skip, skip + wanted));
		if (matching.length > skip + wanted) {
			return { results, paginationToken: JSON.stringify({ ...position, skip: skip + wanted }) };
		}
		if (next === undefined || next === after) return { results };
		position = { after: next, skip: 0, before: edges };
		if (results.length >= ENOUGH_ROWS) break;
	}
	return { results, paginationToken: JSON.stringify(position) };
}

/**
 * A search in a list with pages. A request of the editor loads one page, or as many as it takes to find enough rows.
 * Pages after the first are kept for a minute, so that a longer filter does not load them again.
 */
export function pagedSearch<Api, Query = undefined>(
	name: string,
	definition: ApiDefinition<Api>,
	{ query, load }: PagedList<Api, Query>,
): ListSearch {
	return {
		name,
		search: async (context, filter = '', paginationToken) => {
			const what = query?.(context);
			const loadPage = async (after: string | undefined) => {
				const key = await editorKey(context, definition.profile.credential, name, what, after);
				const fetchPage = async (api: Api) => await load(api, after, what);
				return await loadCached(
					key,
					after === undefined,
					async () => await fetchForEditor(context, definition, fetchPage),
				);
			};
			return await collect(loadPage, filter.trim().toLowerCase(), readToken(paginationToken));
		},
	};
}
