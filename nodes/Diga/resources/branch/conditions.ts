import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { readJson } from '../../../engine/input/read';
import { referencesNotice } from '../../model/references';
import { isBlank, isObject, readBoolean, readText, quoted } from '../../../engine/values';

/** Diga's operators, verbatim: those that compare with nothing, with a number or date, and with a text. */
const ALONE = [
	'BOOLEAN_IS_FALSE',
	'BOOLEAN_IS_TRUE',
	'DOES_NOT_EXIST',
	'EXISTS',
	'LIST_IS_EMPTY',
	'LIST_IS_NOT_EMPTY',
];
const QUANTITIES = [
	'DATE_IS_AFTER',
	'DATE_IS_BEFORE',
	'DATE_IS_EQUAL',
	'NUMBER_IS_EQUAL_TO',
	'NUMBER_IS_GREATER_THAN',
	'NUMBER_IS_LESS_THAN',
];
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

/** `Text Does Not Contain` for TEXT_DOES_NOT_CONTAIN. */
function titled(operator: string): string {
	const words = operator.toLowerCase().split('_');
	return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

const operators: INodePropertyOptions[] = [...ALONE, ...QUANTITIES, ...TEXTS]
	.sort()
	.map((value) => ({ name: titled(value), value }));

/** How a user says when a branch is taken: as groups of which one must hold, or as JSON. */
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
		description: 'How to say when the branch is taken',
	},
	referencesNotice,
	{
		displayName: 'Condition Groups',
		name: 'conditionGroups',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Group (OR)',
		default: {},
		displayOptions: { show: { specifyConditions: ['fields'] } },
		description: 'The branch is taken when all conditions of one of the groups hold',
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
										description: 'Mostly a reference to what an earlier step gave',
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
										displayOptions: { hide: { operator: ALONE } },
									},
									{
										displayName: 'Case Sensitive',
										name: 'caseSensitive',
										type: 'boolean',
										default: false,
										displayOptions: { show: { operator: TEXTS } },
										description: 'Whether upper and lower case are told apart',
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
		description: 'A list of groups, one of which must hold; a group is a list of conditions',
	},
];

function rows(collection: unknown, name: string): IDataObject[] {
	const list: unknown = isObject(collection) ? collection[name] : undefined;
	return (Array.isArray(list) ? (list as unknown[]) : [list]).filter(isObject);
}

function textIn(value: unknown, label: string): string {
	if (isBlank(value)) return '';
	const text = readText(value);
	if (text !== undefined) return text;
	throw inputError(`${label} must be text, but is ${quoted(value)}`);
}

/** One condition of the form, with what its operator takes and nothing else. */
function condition({ firstValue, operator, secondValue, caseSensitive }: IDataObject): IDataObject {
	const first = textIn(firstValue, 'Condition Groups: First Value');
	if (first === '') throw inputError('Condition Groups: a First Value is empty');
	const named = readText(operator) ?? '';
	if (!operators.some(({ value }) => value === named)) {
		throw inputError(`Condition Groups: there is no Operator ${quoted(operator)}`);
	}
	const alone = { firstValue: first, operator: named };
	if (ALONE.includes(named)) return alone;
	const two = { ...alone, secondValue: textIn(secondValue, 'Condition Groups: Second Value') };
	if (!TEXTS.includes(named)) return two;
	const isCaseSensitive = readBoolean(caseSensitive);
	if (isCaseSensitive !== undefined) return { ...two, caseSensitive: isCaseSensitive };
	throw inputError(
		`Condition Groups: Case Sensitive must be true or false, but is ${quoted(caseSensitive)}`,
	);
}

/**
 * Conditions given as JSON: a list of lists of objects.
 * @param label names the field in the refusal
 */
export function readConditionsJson(value: unknown, label: string): IDataObject[][] {
	const groups = isBlank(value) ? [] : readJson(value, label);
	if (!Array.isArray(groups)) throw inputError(`${label} must be a list of groups`);
	return (groups as unknown[]).map((group) => {
		if (Array.isArray(group) && group.every(isObject)) return group;
		throw inputError(
			`${label} must be a list of groups, each of which is a list of conditions, but has ${quoted(group)}`,
		);
	});
}

/** What was set in {@link conditionFields}; undefined when that is nothing, so that Diga takes its empty condition. */
export function readConditions(parameters: Parameters): IDataObject[][] | undefined {
	const conditions =
		parameters.choice('specifyConditions', ['fields', 'json']) === 'json'
			? readConditionsJson(parameters.raw('conditionsJson'), 'Conditions (JSON)')
			: rows(parameters.raw('conditionGroups'), 'group')
					.map((group) => rows(group.conditions, 'condition').map(condition))
					.filter((group) => group.length > 0);
	return conditions.length > 0 ? conditions : undefined;
}
