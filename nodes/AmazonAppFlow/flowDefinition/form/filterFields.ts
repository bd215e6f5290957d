import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { connectorsOf } from '../connectors/connectors';
import { comparisons } from '../connectors/operators';
import { sourceField } from '../../pickers/sourceField';
import { rows, shownFor } from './rowFields';

/** The value fields of a filter. Dates have a separate field because n8n has a date picker for them. */
function filterValues(displayName: string, name: string, condition: string[]): INodeProperties[] {
	const base = { displayName, default: '' };
	return [
		{
			...base,
			name,
			type: 'string',
			...shownFor({ condition, type: ['string', 'double', 'boolean', 'other'] }),
		},
		{
			...base,
			name: `${name}Date`,
			type: 'dateTime',
			...shownFor({ condition, type: ['datetime'] }),
		},
	];
}

/** The types of a compared field: AppFlow's types, or `other` for a type specific to the source. */
export const TYPES = ['boolean', 'datetime', 'double', 'other', 'string'];

/** Compares with several values. AppFlow has no separate operator for this. */
export const ANY_OF = 'EQUAL_TO_ANY';

const singleValue = comparisons.filter((comparison) => comparison !== 'BETWEEN');

/** The filter conditions, sorted by name as in the dropdown list, with their operators. */
const conditions: Array<[name: string, value: string, operator: string]> = [
	['Between', 'BETWEEN', 'BETWEEN'],
	['Contains', 'CONTAINS', 'CONTAINS'],
	['Equal To', 'EQUAL_TO', 'EQUAL_TO'],
	['Equal to One Of', ANY_OF, 'EQUAL_TO'],
	['Greater Than', 'GREATER_THAN', 'GREATER_THAN'],
	['Greater Than or Equal To', 'GREATER_THAN_OR_EQUAL_TO', 'GREATER_THAN_OR_EQUAL_TO'],
	['Less Than', 'LESS_THAN', 'LESS_THAN'],
	['Less Than or Equal To', 'LESS_THAN_OR_EQUAL_TO', 'LESS_THAN_OR_EQUAL_TO'],
	['Not Equal To', 'NOT_EQUAL_TO', 'NOT_EQUAL_TO'],
];

/** Sources with the same conditions. */
interface ConditionGroup {
	options: INodePropertyOptions[];
	types: string[];
}

/** One field per group of sources with the same operators, because n8n can hide fields but not single options. */
function conditionFields(): INodeProperties[] {
	const groups = new Map<string, ConditionGroup>();
	for (const { type, operators } of connectorsOf('source')) {
		const options = conditions.flatMap(([name, value, operator]) =>
			operators?.includes(operator) ? [{ name, value }] : [],
		);
		const key = JSON.stringify(options);
		const group: ConditionGroup = groups.get(key) ?? { options, types: [] };
		group.types.push(type);
		groups.set(key, group);
	}
	return Array.from(groups.values(), ({ options, types }) => {
		const field: INodeProperties = {
			displayName: 'Condition',
			name: 'condition',
			type: 'options',
			options,
			default: 'EQUAL_TO',
			...shownFor({ '/sourceConnector': types }),
		};
		const [first] = options;
		const hasEqual = options.some(({ value }) => value === field.default);
		return hasEqual || !first ? field : { ...field, default: first.value };
	});
}

/** Which records to transfer. */
export const filters = rows('Filters', 'filters', {
	row: 'Filter',
	description: 'Only records that match all filters are transferred',
	values: [
		sourceField,
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: [
				{ name: 'Boolean', value: 'boolean' },
				{ name: 'Date and Time', value: 'datetime' },
				{ name: 'Number', value: 'double' },
				{ name: 'Other', value: 'other' },
				{ name: 'Text', value: 'string' },
			],
			default: 'string',
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
		...conditionFields(),
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
