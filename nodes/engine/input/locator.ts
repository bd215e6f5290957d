import type { INodeProperties } from 'n8n-workflow';

/** A resource locator: from a list, or by ID or name. */
export interface Locator {
	name: string;
	/** The method of the node that fills the list. */
	searchListMethod: string;
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
	{ name, searchListMethod, what = name, by = 'id', placeholder, ...more }: Locator,
): INodeProperties {
	const { first = 'list', description, optional } = more;
	return {
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
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: by === 'id' ? 'By ID' : 'By Name',
				name: by,
				type: 'string',
				placeholder,
			},
		],
	};
}
