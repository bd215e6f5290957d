import type { INodeProperties } from 'n8n-workflow';
import { connectorsOf } from '../connectors/connectors';
import { filters } from './filterFields';
import { rows, shownFor, sourceField } from './rowFields';

/** The sources that have an operator, for the lists that need it. */
function sourcesWith(operator: string): string[] {
	return connectorsOf('source')
		.filter(({ operators }) => operators?.includes(operator))
		.map(({ type }) => type);
}

const maskList = rows('Masks', 'masks', {
	row: 'Mask',
	description: 'What becomes of the values of a field before they are moved',
	values: [
		sourceField,
		{
			displayName: 'Do',
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
			description: 'How many characters to mask, or to keep',
		},
		{
			displayName: 'Mask With',
			name: 'character',
			type: 'string',
			default: '*',
			description: 'One character',
			...shownFor({ operator: ['MASK_ALL', 'MASK_FIRST_N', 'MASK_LAST_N'] }),
		},
	],
	...shownFor({ sourceConnector: sourcesWith('MASK_ALL') }),
});

const validationList = rows('Validations', 'validations', {
	row: 'Validation',
	description: 'What must hold for the values of a field, or else the record is not moved',
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
			displayName: 'Otherwise',
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
	description: 'Fields of the destination that are computed from fields of the source',
	values: [
		{
			displayName: 'Formula',
			name: 'operator',
			type: 'options',
			options: [
				{ name: 'Add', value: 'ADDITION' },
				{ name: 'Divide', value: 'DIVISION' },
				{ name: 'Join Texts', value: 'CONCAT' },
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
			description: 'Fields of the source, with commas between them; two for arithmetic',
		},
		{
			displayName: 'Format',
			name: 'format',
			type: 'string',
			default: '',
			placeholder: 'e.g. ${FirstName} ${LastName}',
			description: 'How the texts are joined. Left empty, with a blank between them.',
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
			description: 'The type of the destination field; left empty, string or double',
		},
	],
	...shownFor({ sourceConnector: sourcesWith('ADDITION') }),
});

/** Which fields and records are moved, and what becomes of them. */
export const taskFields: INodeProperties[] = [
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'options',
		options: [
			{ name: 'All Fields', value: 'all', description: 'Move every field, by its own name' },
			{
				name: 'Chosen Fields',
				value: 'chosen',
				description: 'Choose the fields of the source, and name them for the destination',
			},
			{
				name: 'Using JSON',
				value: 'json',
				description: 'Fields of the source, and their names in the destination, as JSON',
			},
		],
		default: 'all',
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
				description: 'Fields not to move, with commas between them',
			},
			{
				displayName: 'Include New Fields',
				name: 'includeNewFields',
				type: 'boolean',
				default: true,
				description: 'Whether fields that the object gets later are moved as well',
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
				valuesLabel: 'Names in the Destination',
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
			'Names in the source, each with its name in the destination, or with an object such as {"name": "email", "sourceType": "email", "destinationType": "string"}',
		...shownFor({ fields: ['json'] }),
	},
	filters,
	formulas,
	maskList,
	validationList,
];
