import type {
	FieldType,
	IDataObject,
	INodePropertyOptions,
	ResourceMapperField,
} from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import type { MappedField } from '../../engine/input/mapped';
import { readDate } from '../../engine/input/date';
import { readJson } from '../../engine/input/read';
import type { Parameters } from '../../engine/input/parameters';
import {
	isBlank,
	isObject,
	isScalar,
	readBoolean,
	readNumber,
	readText,
	quoted,
} from '../../engine/values';
import { textOf } from './pieces';

/** A field of the form. n8n stores it in the workflow, with the piece's own type, which it does not know. */
interface FormField extends ResourceMapperField {
	propertyType: string;
	propertyRequired: boolean;
}

/** Types of properties that are no input: texts to read. */
const NO_INPUT = ['MARKDOWN'];

/** Types whose values are lists or objects, which are entered as JSON. */
const STRUCTURES = [
	'ARRAY',
	'CUSTOM',
	'DYNAMIC',
	'JSON',
	'MULTI_SELECT_DROPDOWN',
	'OBJECT',
	'STATIC_MULTI_SELECT_DROPDOWN',
];

/** What Diga fills in when the flow runs, so that it fits any type. */
const REFERENCE = /\{\{.*\}\}/s;

function choicesOf({ options }: IDataObject): INodePropertyOptions[] {
	const list: unknown = isObject(options) ? options.options : undefined;
	return (Array.isArray(list) ? list : []).filter(isObject).flatMap(({ label, value }) => {
		return isScalar(value) ? { name: textOf(label) ?? String(value), value } : [];
	});
}

function widgetOf(type: string, choices: INodePropertyOptions[]): FieldType {
	if (choices.length > 0 && type === 'STATIC_DROPDOWN') return 'options';
	// numbers and dates are texts in the form, so that they can refer to what an earlier step gave
	return type === 'CHECKBOX' ? 'boolean' : 'string';
}

const HINTS: Record<string, string> = { NUMBER: 'number', DATE_TIME: 'date and time' };

/** The form's fields for the properties of an action or trigger, in their order. */
export function formFields(props: IDataObject): FormField[] {
	return Object.entries(props).flatMap(([id, prop]) => {
		if (!isObject(prop)) return [];
		const type = textOf(prop.type)?.toUpperCase() ?? '';
		if (NO_INPUT.includes(type)) return [];
		const label = textOf(prop.displayName) ?? id;
		const hint = STRUCTURES.includes(type) ? 'JSON' : HINTS[type];
		const required = prop.required === true;
		const choices = choicesOf(prop);
		const widget = widgetOf(type, choices);
		return {
			id,
			displayName: hint === undefined ? label : `${label} (${hint})`,
			type: widget,
			...(widget === 'options' && { options: choices }),
			required,
			display: true,
			defaultMatch: false,
			canBeUsedToMatch: false,
			// the editor sets a switch to off when it shows it, which nobody asked for
			removed: widget === 'boolean' && !required,
			propertyType: type,
			propertyRequired: required,
		};
	});
}

/**
 * The properties that were set in the form, and nothing else.
 * @throws Fault naming the one that is required and missing, or whose value does not fit
 */
export function readInputForm(parameters: Parameters): IDataObject {
	const set = parameters.mapped('inputForm').flatMap((field): Array<[string, unknown]> => {
		const { name, label, value } = field;
		if (isBlank(value)) {
			if (field.field.propertyRequired !== true) return [];
			throw inputError(`Input: "${label}" is empty, but the piece requires it`);
		}
		return [[name, readValue(field, parameters.timezone)]];
	});
	return Object.fromEntries(set) as IDataObject;
}

/** A value as the piece takes it. What is not known by its type goes as it is. */
function readValue({ label, value, field }: MappedField, timezone: string): unknown {
	const name = `Input: "${label}"`;
	if (typeof value === 'string' && REFERENCE.test(value)) return value;
	const type = textOf(field.propertyType) ?? '';
	const [read, what] = readers[type] ?? [];
	if (read === undefined || what === undefined) {
		return STRUCTURES.includes(type) ? readJson(value, name) : value;
	}
	const result = read(value, timezone);
	if (result !== undefined) return result;
	throw inputError(
		`${name} must be ${what}, but is ${quoted(value)}`,
		'A reference to an earlier step, such as {{step_1.id}}, is possible too.',
	);
}

type Reader = (value: unknown, timezone: string) => unknown;

const readers: Partial<Record<string, [read: Reader, what: string]>> = {
	CHECKBOX: [readBoolean, 'true or false'],
	DATE_TIME: [
		(value, timezone) => readDate(value, timezone)?.toISOString(),
		'a date and time such as 2026-12-31T18:00:00Z',
	],
	LONG_TEXT: [readText, 'text'],
	NUMBER: [readNumber, 'a number'],
	SECRET_TEXT: [readText, 'text'],
	SHORT_TEXT: [readText, 'text'],
};
