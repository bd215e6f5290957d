import type { INodeProperties } from 'n8n-workflow';
import {
	ANY_OF,
	conditions,
	filterTypes,
	singleValue,
	sourcesWithDefault,
} from '../connectors/conditions';
import { sourceField } from '../../pickers/sourceField';
import { rows, shownFor } from './rowFields';

/**
 * The fields for a value of a filter, for conditions and for a blank condition that means one of them. Dates have a
 * separate field because n8n has a date picker for them.
 */
function filterValues(displayName: string, name: string, condition: string[]): INodeProperties[] {
	const shown: Array<Record<string, string[]>> = [
		{ condition },
		{ condition: [''], '/sourceConnector': sourcesWithDefault(condition) },
	];
	return shown.flatMap((show): INodeProperties[] => [
		{
			displayName,
			name,
			type: 'string',
			default: '',
			...shownFor({ ...show, type: ['string', 'double', 'boolean', 'other'] }),
		},
		{
			displayName,
			name: `${name}Date`,
			type: 'dateTime',
			default: '',
			...shownFor({ ...show, type: ['datetime'] }),
		},
	]);
}

/** The editor lists only what the source and the selected field support. */
const listed = (loadOptionsMethod: string) => ({
	type: 'options' as const,
	typeOptions: { loadOptionsMethod, loadOptionsDependsOn: ['sourceConnector', '&field.value'] },
});

/** Which records to transfer. */
export const filters = rows('Filters', 'filters', {
	row: 'Filter',
	description: 'Only records that match all filters are transferred',
	values: [
		sourceField,
		{
			displayName: 'Type',
			name: 'type',
			...listed('getFilterTypes'),
			options: filterTypes,
			default: 'string',
			description: 'The type of the field',
		},
		{
			displayName: 'Data Type',
			name: 'dataType',
			type: 'string',
			default: '',
			placeholder: 'e.g. picklist',
			description: 'The type of the field in the source',
			...shownFor({ type: ['other'] }),
		},
		{
			displayName: 'Condition',
			name: 'condition',
			...listed('getFilterConditions'),
			options: conditions,
			// blank, because the default depends on the source
			default: '',
			placeholder: 'Equal To, if the source supports it',
			description:
				'How to compare the field. Default: Equal To. For sources that do not support it, the only condition, or Between.',
		},
		...filterValues('Value', 'value', singleValue),
		{
			displayName: 'Values',
			name: 'values',
			type: 'string',
			default: '',
			placeholder: 'e.g. open, won',
			description: 'Values separated by commas',
			...shownFor({ condition: [ANY_OF] }),
		},
		...filterValues('Above', 'from', ['BETWEEN']),
		...filterValues('Below', 'to', ['BETWEEN']),
	],
});
