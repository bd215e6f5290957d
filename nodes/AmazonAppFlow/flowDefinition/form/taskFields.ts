import type { INodeProperties } from 'n8n-workflow';
import { connectorsOf } from '../connectors/connectors';
import { filters } from './filterFields';
import { sourceField } from '../../pickers/sourceField';
import { rows, shownFor } from './rowFields';

/** The sources that support an operator. */
function sourcesWith(operator: string): string[] {
	return connectorsOf('source')
		.filter(({ operators }) => operators?.includes(operator))
		.map(({ type }) => type);
}

const maskList = rows('Masks', 'masks', {
	row: 'Mask',
	description: 'How to mask or shorten the values of a field during the transfer',
	values: [
		sourceField,
		{
			displayName: 'Action',
			name: 'operator',
			type: 'options',
			options: [
				{ name: 'Mask All', value: 'MASK_ALL' },
				{ name: 'Mask the First Characters', value: 'MASK_FIRST_N' },
				{ name: 'Mask the Last Characters', value: 'MASK_LAST_N' },
				{ name: 'Truncate', value: 'TRUNCATE' },
			],
			default: 'MASK_ALL',
		},
		{
			displayName: 'Length',
			name: 'length',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 5,
			description: 'The number of characters to mask, or to keep when truncating',
		},
		{
			displayName: 'Mask With',
			name: 'character',
			type: 'string',
			default: '*',
			description: 'The character that replaces masked characters',
			...shownFor({ operator: ['MASK_ALL', 'MASK_FIRST_N', 'MASK_LAST_N'] }),
		},
	],
	...shownFor({ sourceConnector: sourcesWith('MASK_ALL') }),
});

const validationList = rows('Validations', 'validations', {
	row: 'Validation',
	description: 'Conditions that the values of a field must meet for the record to be transferred',
	values: [
		sourceField,
		{
			displayName: 'Must Be',
			name: 'operator',
			type: 'options',
			options: [
				{ name: 'Not Empty', value: 'VALIDATE_NON_NULL' },
				{ name: 'Not Negative', value: 'VALIDATE_NON_NEGATIVE' },
				{ name: 'Not Zero', value: 'VALIDATE_NON_ZERO' },
				{ name: 'Numeric', value: 'VALIDATE_NUMERIC' },
			],
			default: 'VALIDATE_NON_NULL',
		},
		{
			displayName: 'On Failure',
			name: 'action',
			type: 'options',
			options: [
				{ name: 'Drop the Record', value: 'DropRecord' },
				{ name: 'End the Run', value: 'DropDataset' },
			],
			default: 'DropRecord',
		},
	],
	...shownFor({ sourceConnector: sourcesWith('VALIDATE_NON_NULL') }),
});

const formulas = rows('Formulas', 'formulas', {
	row: 'Formula',
	description: 'Destination fields that are computed from source fields',
	values: [
		{
			displayName: 'Formula',
			name: 'operator',
			type: 'options',
			options: [
				{ name: 'Add', value: 'ADDITION' },
				{ name: 'Divide', value: 'DIVISION' },
				{ name: 'Join Text', value: 'CONCAT' },
				{ name: 'Multiply', value: 'MULTIPLICATION' },
				{ name: 'Subtract', value: 'SUBTRACTION' },
			],
			default: 'CONCAT',
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'string',
			default: '',
			placeholder: 'e.g. FirstName, LastName',
			description: 'Source fields, separated by commas. Arithmetic needs exactly two.',
		},
		{
			displayName: 'Format',
			name: 'format',
			type: 'string',
			default: '',
			placeholder: 'e.g. ${FirstName} ${LastName}',
			description: 'How to join the values. If empty, they are joined with spaces.',
			...shownFor({ operator: ['CONCAT'] }),
		},
		{
			displayName: 'Destination Field',
			name: 'destination',
			type: 'string',
			default: '',
			placeholder: 'e.g. full_name',
		},
		{
			displayName: 'Data Type',
			name: 'dataType',
			type: 'string',
			default: '',
			placeholder: 'e.g. double',
			description:
				'The type of the destination field. If empty, string for text and double for numbers.',
		},
	],
	...shownFor({ sourceConnector: sourcesWith('ADDITION') }),
});

/** Which fields and records to transfer, and how to transform them. */
export const taskFields: INodeProperties[] = [
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'options',
		options: [
			{ name: 'All Fields', value: 'all', description: 'Transfer every field without renaming it' },
			{
				name: 'Selected Fields',
				value: 'chosen',
				description: 'Select source fields and set their destination names',
			},
			{
				name: 'Using JSON',
				value: 'json',
				description: 'Map source fields to destination names with JSON',
			},
		],
		default: 'all',
		description: 'Which fields to transfer',
	},
	{
		displayName: 'Field Settings',
		name: 'fieldSettings',
		type: 'collection',
		placeholder: 'Add setting',
		default: {},
		options: [
			{
				displayName: 'Exclude Fields',
				name: 'excludeFields',
				type: 'string',
				default: '',
				placeholder: 'e.g. Email, Phone',
				description: 'Fields to leave out, separated by commas',
			},
			{
				displayName: 'Include New Fields',
				name: 'includeNewFields',
				type: 'boolean',
				default: true,
				description: 'Whether All Fields includes fields that are added to the object later',
			},
		],
		...shownFor({ fields: ['all'] }),
	},
	{
		displayName: 'Field Mapping',
		name: 'fieldMapping',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		typeOptions: {
			loadOptionsDependsOn: [
				'sourceConnector',
				'sourceConnection.value',
				'sourceApiVersion',
				'sourceSettings.apiVersion',
				'sourceObject.value',
				'sourceBucketName',
				'sourceBucketPrefix',
			],
			resourceMapper: {
				resourceMapperMethod: 'sourceFieldMapping',
				mode: 'add',
				valuesLabel: 'Destination Names',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: false,
				supportAutoMap: false,
			},
		},
		...shownFor({ fields: ['chosen'] }),
	},
	{
		displayName: 'Field Mapping (JSON)',
		name: 'fieldMappingJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. {"Email": "email", "Phone": "phone"}',
		description:
			'A JSON object with source fields as keys. Each value is a destination name, or an object such as {"name": "email", "sourceType": "email", "destinationType": "string"}.',
		...shownFor({ fields: ['json'] }),
	},
	filters,
	formulas,
	maskList,
	validationList,
];
