import type { INodeProperties } from 'n8n-workflow';

/** A resource locator: from a list, or by what the service knows it by. */
export interface Locator {
	name: string;
	/** The node's method that fills the list. */
	searchListMethod: string;
	/** What is picked, e.g. `flow`; the name where it is not said. */
	what?: string;
	/** The other way to give it; by its ID where it is not said. */
	by?: 'id' | 'name';
	/** An example for that other way, e.g. `e.g. 568971`. */
	placeholder: string;
	/** Which of the two the editor begins with; the list where it is not said. */
	first?: 'list' | 'by';
	description?: string;
	/** It may be left empty. */
	optional?: boolean;
}

/** The field for a {@link Locator}. Plain text in its place, as agents and expressions give it, is read all the same. */
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
