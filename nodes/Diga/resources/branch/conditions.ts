import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { readJson, readOptionalText } from '../../../engine/input/read';
import { referencesNotice } from '../../model/references';
import { referencePicker } from '../../pickers/reference';
import { isBlank, isObject, readBoolean, readText, quoted } from '../../../engine/values';

// All operators: https://docs.diga.io/api-reference/openapi.json

/** Operators that only take a first value. */
const UNARY = [
	'BOOLEAN_IS_FALSE',
	'BOOLEAN_IS_TRUE',
	'DOES_NOT_EXIST',
	'EXISTS',
	'LIST_IS_EMPTY',
	'LIST_IS_NOT_EMPTY',
];

/** Operators that compare numbers or dates. */
const QUANTITIES = [
	'DATE_IS_AFTER',
	'DATE_IS_BEFORE',
	'DATE_IS_EQUAL',
	'NUMBER_IS_EQUAL_TO',
	'NUMBER_IS_GREATER_THAN',
	'NUMBER_IS_LESS_THAN',
];

/** Operators that compare text, and have the option Case Sensitive. */
const TEXTS = [
	'LIST_CONTAINS',
	'LIST_DOES_NOT_CONTAIN',
	'TEXT_CONTAINS',
	'TEXT_DOES_NOT_CONTAIN',
	'TEXT_DOES_NOT_END_WITH',
	'TEXT_DOES_NOT_EXACTLY_MATCH',
	'TEXT_DOES_NOT_START_WITH',
	'TEXT_ENDS_WITH',
	'TEXT_EXACTLY_MATCHES',
	'TEXT_START_WITH',
];

/** Returns `Text Does Not Contain` for TEXT_DOES_NOT_CONTAIN. Diga's TEXT_START_WITH lacks an S. */
function titleCase(operator: string): string {
	const words = operator
		.replace(/^TEXT_START_/, 'TEXT_STARTS_')
		.toLowerCase()
		.split('_');
	return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

const operators: INodePropertyOptions[] = [...UNARY, ...QUANTITIES, ...TEXTS]
	.sort()
	.map((value) => ({ name: titleCase(value), value }));

/** The fields for the conditions of a branch, as groups or JSON. Groups are OR, conditions in a group are AND. */
export const conditionFields: INodeProperties[] = [
	{
		displayName: 'Specify Conditions',
		name: 'specifyConditions',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'fields',
		description: 'How to enter the conditions under which the branch runs',
	},
	referencesNotice,
	referencePicker,
	{
		displayName: 'Condition Groups',
		name: 'conditionGroups',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Group (OR)',
		default: {},
		displayOptions: { show: { specifyConditions: ['fields'] } },
		description:
			'The branch runs if all conditions of at least one group are true. Without conditions, Diga adds an empty one.',
		options: [
			{
				name: 'group',
				displayName: 'Group',
				values: [
					{
						displayName: 'Conditions',
						name: 'conditions',
						type: 'fixedCollection',
						typeOptions: { multipleValues: true, sortable: true },
						placeholder: 'Add Condition (AND)',
						default: {},
						options: [
							{
								name: 'condition',
								displayName: 'Condition',
								values: [
									{
										displayName: 'First Value',
										name: 'firstValue',
										type: 'string',
										default: '',
										placeholder: 'e.g. {{trigger.body.status}}',
										description: 'Usually a reference to the output of an earlier step',
									},
									{
										displayName: 'Operator',
										name: 'operator',
										type: 'options',
										options: operators,
										default: 'TEXT_CONTAINS',
									},
									{
										displayName: 'Second Value',
										name: 'secondValue',
										type: 'string',
										default: '',
										displayOptions: { hide: { operator: UNARY } },
									},
									{
										displayName: 'Case Sensitive',
										name: 'caseSensitive',
										type: 'boolean',
										default: false,
										displayOptions: { show: { operator: TEXTS } },
										description: 'Whether the comparison is case-sensitive',
									},
								],
							},
						],
					},
				],
			},
		],
	},
	{
		displayName: 'Conditions (JSON)',
		name: 'conditionsJson',
		type: 'json',
		default: '[]',
		placeholder:
			'e.g. [[{"firstValue": "{{trigger.a}}", "operator": "TEXT_CONTAINS", "secondValue": "b"}]]',
		displayOptions: { show: { specifyConditions: ['json'] } },
		description:
			'A list of groups, each a list of conditions. The branch runs if all conditions of at least one group are true.',
	},
];

function rowsOf(collection: unknown, name: string): IDataObject[] {
	const list: unknown = isObject(collection) ? collection[name] : undefined;
	return (Array.isArray(list) ? (list as unknown[]) : [list]).filter(isObject);
}

/** Builds a condition from a row, with only the members that its operator takes. */
function toCondition({
	firstValue,
	operator,
	secondValue,
	caseSensitive,
}: IDataObject): IDataObject {
	const first = readOptionalText(firstValue, 'Condition Groups: First Value');
	if (first === undefined) throw inputError('Condition Groups: a First Value is empty');
	const operatorName = readText(operator) ?? '';
	if (!operators.some(({ value }) => value === operatorName)) {
		throw inputError(`Condition Groups: Operator ${quoted(operator)} does not exist`);
	}
	const unary = { firstValue: first, operator: operatorName };
	if (UNARY.includes(operatorName)) return unary;
	const binary = {
		...unary,
		secondValue: readOptionalText(secondValue, 'Condition Groups: Second Value') ?? '',
	};
	if (!TEXTS.includes(operatorName)) return binary;
	const isCaseSensitive = readBoolean(caseSensitive);
	if (isCaseSensitive !== undefined) return { ...binary, caseSensitive: isCaseSensitive };
	throw inputError(
		`Condition Groups: Case Sensitive must be true or false, but is ${quoted(caseSensitive)}`,
	);
}

/**
 * Reads conditions from JSON: a list of groups, each a list of conditions.
 * @param label names the field in the error
 */
export function readConditionsJson(value: unknown, label: string): IDataObject[][] {
	const groups = isBlank(value) ? [] : readJson(value, label);
	if (!Array.isArray(groups)) throw inputError(`${label} must be a list of groups`);
	return (groups as unknown[]).map((group) => {
		if (Array.isArray(group) && group.every(isObject)) return group;
		throw inputError(
			`${label} must be a list of groups, each a list of conditions, but has ${quoted(group)}`,
		);
	});
}

/** Reads {@link conditionFields}. Undefined if there are no conditions, so that Diga adds an empty one. */
export function readConditions(parameters: Parameters): IDataObject[][] | undefined {
	const conditions =
		parameters.choice('specifyConditions', ['fields', 'json']) === 'json'
			? readConditionsJson(parameters.raw('conditionsJson'), 'Conditions (JSON)')
			: rowsOf(parameters.raw('conditionGroups'), 'group')
					.map((group) => rowsOf(group.conditions, 'condition').map(toCondition))
					.filter((group) => group.length > 0);
	return conditions.length > 0 ? conditions : undefined;
}
