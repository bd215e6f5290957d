import type { INodeProperties } from 'n8n-workflow';

/** The name that Portable shows for a source, destination or flow. */
export const displayName: INodeProperties = {
	displayName: 'Display Name',
	name: 'displayName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Sales of Example Ltd',
	description: 'The name to show in Portable',
};

/** Picks a source or destination of the account. */
export function locator(
	label: string,
	{ name, searchListMethod }: { name: string; searchListMethod: string },
): INodeProperties {
	return {
		displayName: label,
		name,
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${name}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 568971',
			},
		],
	};
}
