import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { connectorsOf } from '../connectors/connectors';
import { rows, shownFor, sourceField } from './rowFields';

/** The values of a filter: one field for each type, because each has its own widget. */
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

/** What a field that is compared can be: a type of AppFlow's, or `other` for one that the source names. */
export const TYPES = ['boolean', 'datetime', 'double', 'other', 'string'];

/** Compare with one of several; it is no operator of AppFlow's own. */
export const ANY_OF = 'EQUAL_TO_ANY';

const single = [
	'CONTAINS',
	'EQUAL_TO',
	'GREATER_THAN',
	'GREATER_THAN_OR_EQUAL_TO',
	'LESS_THAN',
	'LESS_THAN_OR_EQUAL_TO',
	'NOT_EQUAL_TO',
];

/** The conditions of filters by name, in the order of the drop-down, with the operator behind each. */
const named: Array<[name: string, value: string, operator: string]> = [
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

/** Sources that have the same options. */
interface SameOptions {
	options: INodePropertyOptions[];
	types: string[];
}

/** One field for the sources that have the same operators: n8n hides fields, and not single options. */
function conditionFields(): INodeProperties[] {
	const groups = new Map<string, SameOptions>();
	for (const { type, operators } of connectorsOf('source')) {
		const options = named.flatMap(([name, value, operator]) =>
			operators?.includes(operator) ? [{ name, value }] : [],
		);
		const key = JSON.stringify(options);
		const group: SameOptions = groups.get(key) ?? { options, types: [] };
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

/** Which records are moved. */
export const filters = rows('Filters', 'filters', {
	row: 'Filter',
	description: 'Only records for which all of them hold are moved',
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
			description: 'The type of the field, as the source names it',
			...shownFor({ type: ['other'] }),
		},
		...conditionFields(),
		...filterValues('Value', 'value', single),
		{
			displayName: 'Values',
			name: 'values',
			type: 'string',
			default: '',
			placeholder: 'e.g. open, won',
			description: 'With commas between them',
			...shownFor({ condition: [ANY_OF] }),
		},
		...filterValues('Above', 'from', ['BETWEEN']),
		...filterValues('Below', 'to', ['BETWEEN']),
	],
});
