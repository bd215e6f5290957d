import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { asOperationError, OperationError, nodeError } from '../errors';
import type { ApiDefinition } from '../http/apiDefinition';
import { HttpClient, editorLimits } from '../http/client';
import type { ListSearch, ListSearchArgs } from '../input/locator';
import { NodeRun } from '../nodeRun';
import { isBlank, unwrapLocator } from '../values';
import { editorKey, loadCached } from './editorCache';

/** The maximum number of rows in one response to the editor. */
export const MAX_ROWS = 100;

/** Whether the name of a row contains a text. @param filter in lower case */
export function matchesFilter(filter: string): (row: INodeListSearchItems) => boolean {
	return ({ name }) => name.toLowerCase().includes(filter);
}

export function sortByName(rows: INodeListSearchItems[]): INodeListSearchItems[] {
	return [...rows].sort((a, b) => a.name.localeCompare(b.name));
}

/** Filters rows by name, and returns one page of them. */
export function paginateRows(
	rows: INodeListSearchItems[],
	...[filter = '', paginationToken = '0']: ListSearchArgs
): INodeListSearchResult {
	const search = filter.trim().toLowerCase();
	const found = sortByName(rows.filter(matchesFilter(search)));
	const from = Number(paginationToken);
	return {
		results: found.slice(from, from + MAX_ROWS),
		paginationToken: from + MAX_ROWS < found.length ? String(from + MAX_ROWS) : undefined,
	};
}

/**
 * Loads data from the service for the editor.
 * @throws NodeApiError or NodeOperationError, which the editor shows
 */
export async function fetchForEditor<Api, Data>(
	context: ILoadOptionsFunctions,
	{ profile, createApi }: ApiDefinition<Api>,
	load: (api: Api) => Promise<Data>,
): Promise<Data> {
	const client = new HttpClient(context, profile, editorLimits, new NodeRun());
	const data = await load(createApi(client)).catch(asOperationError);
	if (data instanceof OperationError) {
		throw nodeError(context.getNode(), await client.redaction.error(data));
	}
	return await client.redaction.output(data);
}

/** Loads all rows of a list. */
export type LoadRows<Api> = (
	api: Api,
	context: ILoadOptionsFunctions,
) => Promise<INodeListSearchItems[]>;

/** A search that loads all rows, and filters them by name. */
export function listSearch<Api>(
	name: string,
	definition: ApiDefinition<Api>,
	loadRows: LoadRows<Api>,
): ListSearch {
	return {
		name,
		search: async (context, ...args) => {
			const load = async (api: Api) => await loadRows(api, context);
			return paginateRows(await fetchForEditor(context, definition, load), ...args);
		},
	};
}

/**
 * As {@link listSearch}, for rows that depend on the account only. They are kept for a minute, so that typing and
 * scrolling do not load them again.
 */
export function accountListSearch<Api>(
	name: string,
	definition: ApiDefinition<Api>,
	loadRows: (api: Api) => Promise<INodeListSearchItems[]>,
): ListSearch {
	return {
		name,
		search: async (context, ...args) => {
			const [filter = '', paginationToken] = args;
			const key = await editorKey(context, definition.profile.credential, name);
			const isOpening = filter.trim() === '' && paginationToken === undefined;
			const load = async () => await fetchForEditor(context, definition, loadRows);
			return paginateRows(await loadCached(key, isOpening, load), ...args);
		},
	};
}

/** The method of a node that lists all rows, for a field with multiple selection. */
export function optionsMethod<Api>(definition: ApiDefinition<Api>, loadRows: LoadRows<Api>) {
	return async function (this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
		const load = async (api: Api) => await loadRows(api, this);
		return sortByName(await fetchForEditor(this, definition, load));
	};
}

/** The current value of a parameter in the editor. Undefined if it is blank, or an expression that is not resolved. */
export function currentParameter(context: ILoadOptionsFunctions, name: string): unknown {
	const value = unwrapLocator(context.getCurrentNodeParameter(name));
	return isBlank(value) || (typeof value === 'string' && value.startsWith('=')) ? undefined : value;
}
