import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

/** What the user typed, and the token of the next page. */
export type ListSearchArgs = [filter?: string, paginationToken?: string];

/** The search that fills the list of a locator. */
export interface ListSearch {
	/** The name by which the editor calls it, e.g. `searchFlows`. Each search of a node has its own. */
	name: string;
	search: (
		context: ILoadOptionsFunctions,
		...args: ListSearchArgs
	) => Promise<INodeListSearchResult>;
}

/** A symbol, so that n8n and the editor do not see it, and a copy of the field keeps it. */
const LIST_SEARCH = Symbol('list search');

interface SearchableField extends INodeProperties {
	[LIST_SEARCH]?: ListSearch;
}

/** The search of a field. Undefined if the field is no {@link locator}. */
export function searchOf(field: INodeProperties): ListSearch | undefined {
	const searchable: SearchableField = field;
	return searchable[LIST_SEARCH];
}

/** A resource locator: from a list, or by ID or name. */
export interface Locator {
	name: string;
	/** Fills the list. `listSearchOf` registers it for the node. */
	search: ListSearch;
	/** The kind of resource, e.g. `flow`. Default: the name. */
	what?: string;
	/** The mode besides the list. Default: `id`. */
	by?: 'id' | 'name';
	/** An example for that mode, e.g. `e.g. 568971`. */
	placeholder: string;
	/** The initial mode in the editor. Default: `list`. */
	first?: 'list' | 'by';
	description?: string;
	/** Whether it can be empty. */
	optional?: boolean;
}

/** The field for a {@link Locator}. Parameters also accepts plain text, which agents and expressions use. */
export function locator(
	displayName: string,
	{ name, search, what = name, by = 'id', placeholder, ...more }: Locator,
): INodeProperties {
	const { first = 'list', description, optional } = more;
	const field: SearchableField = {
		displayName,
		name,
		type: 'resourceLocator',
		...(!optional && { required: true }),
		default: { mode: first === 'list' ? 'list' : by, value: '' },
		...(description !== undefined && { description }),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}...`,
				typeOptions: { searchListMethod: search.name, searchable: true },
			},
			{
				displayName: by === 'id' ? 'By ID' : 'By Name',
				name: by,
				type: 'string',
				placeholder,
			},
		],
		[LIST_SEARCH]: search,
	};
	return field;
}
