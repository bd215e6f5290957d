import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { partsOf } from '../input/field';
import { searchOf } from '../input/locator';
import type { ListSearch, ListSearchArgs } from '../input/locator';
import type { Resource } from '../operation';
import { fieldsOf } from './describe';

type Part = ReturnType<typeof partsOf>[number];

/** The searches of a field or a row definition, and of the fields in it. */
function searchesIn(part: Part): ListSearch[] {
	const own = 'type' in part ? searchOf(part) : undefined;
	return [...(own ? [own] : []), ...partsOf(part).flatMap(searchesIn)];
}

type ListSearchMethod = (
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
) => Promise<INodeListSearchResult>;

/**
 * The `listSearch` methods of a node: the searches of all locators in its operations, by name.
 * @throws Error if two searches have the same name
 */
export function listSearchOf<Api>(
	resources: Array<Resource<Api>>,
): Record<string, ListSearchMethod> {
	const operations = resources.flatMap((resource) => resource.operations);
	const searches = new Map<string, ListSearch>();
	for (const search of operations.flatMap(fieldsOf).flatMap(searchesIn)) {
		const known = searches.get(search.name) ?? search;
		if (known !== search) throw new Error(`Two searches have the name ${search.name}`);
		searches.set(search.name, search);
	}
	return Object.fromEntries(
		Array.from(searches.values(), ({ name, search }) => [
			name,
			async function (this: ILoadOptionsFunctions, ...args: ListSearchArgs) {
				return await search(this, ...args);
			},
		]),
	);
}
