import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { asOperationError, OperationError, nodeError } from '../errors';
import type { Service } from '../operation';
import { HttpClient, editorLimits } from '../http/client';
import { NodeRun } from '../nodeRun';
import { isBlank, unwrapLocator } from '../values';

/** The number of rows per page. */
const PAGE_SIZE = 100;

/** What the user typed, and the token of the next page. */
export type ListSearchArgs = [filter?: string, paginationToken?: string];

export function sortByName(rows: INodeListSearchItems[]): INodeListSearchItems[] {
	return [...rows].sort((a, b) => a.name.localeCompare(b.name));
}

/** Filters rows by name, and returns one page of them. */
export function paginateRows(
	rows: INodeListSearchItems[],
	[filter = '', paginationToken = '0']: ListSearchArgs,
): INodeListSearchResult {
	const search = filter.trim().toLowerCase();
	const found = sortByName(rows.filter(({ name }) => name.toLowerCase().includes(search)));
	const from = Number(paginationToken);
	return {
		results: found.slice(from, from + PAGE_SIZE),
		paginationToken: from + PAGE_SIZE < found.length ? String(from + PAGE_SIZE) : undefined,
	};
}

/**
 * Loads data from the service for the editor.
 * @throws NodeApiError or NodeOperationError, which the editor shows
 */
export async function fetchForEditor<Api, Data>(
	context: ILoadOptionsFunctions,
	{ profile, createApi }: Pick<Service<Api>, 'profile' | 'createApi'>,
	load: (api: Api) => Promise<Data>,
): Promise<Data> {
	const client = new HttpClient(context, profile, editorLimits, new NodeRun());
	const data = await load(createApi(client)).catch(asOperationError);
	if (data instanceof OperationError) {
		throw nodeError(context.getNode(), await client.redaction.error(data));
	}
	return await client.redaction.output(data);
}

/** The current value of a parameter in the editor. Undefined if it is blank, or an expression that is not resolved. */
export function currentParameter(context: ILoadOptionsFunctions, name: string): unknown {
	const value = unwrapLocator(context.getCurrentNodeParameter(name));
	return isBlank(value) || (typeof value === 'string' && value.startsWith('=')) ? undefined : value;
}
