import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { asOperationError, OperationError, nodeError } from '../errors';
import type { Service } from '../operation';
import { HttpClient, editorLimits } from '../http/client';
import { isBlank, unwrapLocator } from '../values';

/** How many rows the editor gets at a time. */
const PAGE = 100;

/** What the user types, and what the page before gave. */
export type ListSearchArgs = [filter?: string, paginationToken?: string];

export function sortByName(rows: INodeListSearchItems[]): INodeListSearchItems[] {
	return [...rows].sort((a, b) => a.name.localeCompare(b.name));
}

/** Searches rows by their name, and hands them out page by page. */
export function paginateRows(
	rows: INodeListSearchItems[],
	[filter = '', paginationToken = '0']: ListSearchArgs,
): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	const found = sortByName(rows.filter(({ name }) => name.toLowerCase().includes(wanted)));
	const from = Number(paginationToken);
	return {
		results: found.slice(from, from + PAGE),
		paginationToken: from + PAGE < found.length ? String(from + PAGE) : undefined,
	};
}

/**
 * Asks the service for something that the editor shows.
 * @throws NodeApiError or NodeOperationError, as the editor understands them
 */
export async function fetchForEditor<Api, Answer>(
	context: ILoadOptionsFunctions,
	{ profile, createApi }: Pick<Service<Api>, 'profile' | 'createApi'>,
	question: (api: Api) => Promise<Answer>,
): Promise<Answer> {
	const client = new HttpClient(context, profile, editorLimits);
	const answer = await question(createApi(client)).catch(asOperationError);
	if (answer instanceof OperationError) {
		throw nodeError(context.getNode(), await client.redact(answer));
	}
	return await client.redactIn(answer);
}

/** What a parameter of the node holds in the editor; undefined when blank, or an expression that it cannot resolve. */
export function currentParameter(context: ILoadOptionsFunctions, name: string): unknown {
	const value = unwrapLocator(context.getCurrentNodeParameter(name));
	return isBlank(value) || (typeof value === 'string' && value.startsWith('=')) ? undefined : value;
}
