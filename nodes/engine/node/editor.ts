import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { asFault, Fault, nodeError } from '../errors';
import type { Service } from '../operation';
import { Connection, editorLimits } from '../http/client';
import { isBlank, unwrapLocator } from '../values';

/** How many rows the editor gets at a time. */
const PAGE = 100;

/** What the user types, and what the page before gave. */
export type Wanted = [filter?: string, paginationToken?: string];

export function byName(rows: INodeListSearchItems[]): INodeListSearchItems[] {
	return [...rows].sort((a, b) => a.name.localeCompare(b.name));
}

/** Searches rows by their name, and hands them out page by page. */
export function page(
	rows: INodeListSearchItems[],
	[filter = '', paginationToken = '0']: Wanted,
): INodeListSearchResult {
	const wanted = filter.trim().toLowerCase();
	const found = byName(rows.filter(({ name }) => name.toLowerCase().includes(wanted)));
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
export async function ask<Api, Answer>(
	context: ILoadOptionsFunctions,
	{ wire, connect }: Pick<Service<Api>, 'wire' | 'connect'>,
	question: (api: Api) => Promise<Answer>,
): Promise<Answer> {
	const connection = new Connection(context, wire, editorLimits);
	const answer = await question(connect(connection)).catch(asFault);
	if (answer instanceof Fault) {
		throw nodeError(context.getNode(), await connection.conceal(answer));
	}
	return await connection.concealIn(answer);
}

/** What a parameter of the node holds in the editor; undefined when blank, or an expression that it cannot resolve. */
export function current(context: ILoadOptionsFunctions, name: string): unknown {
	const value = unwrapLocator(context.getCurrentNodeParameter(name));
	return isBlank(value) || (typeof value === 'string' && value.startsWith('=')) ? undefined : value;
}
