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
	nonBlankText,
	readBoolean,
	readNumber,
	readText,
	quoted,
} from '../../engine/values';

/** A form field for a property. n8n stores it in the workflow, including the members that it does not know. */
interface FormField extends ResourceMapperField {
	/** The property's type in the piece, in upper case. */
	propertyType: string;
	propertyRequired: boolean;
}

/** Types of properties that only show text. */
const DISPLAY_ONLY = ['MARKDOWN'];

/** Types whose values are lists or objects, entered as JSON. */
const STRUCTURES = [
	'ARRAY',
	'CUSTOM',
	'DYNAMIC',
	'JSON',
	'MULTI_SELECT_DROPDOWN',
	'OBJECT',
	'STATIC_MULTI_SELECT_DROPDOWN',
];

/** Diga replaces references when the flow runs, so a reference is valid for any type. */
const REFERENCE = /\{\{.*\}\}/s;

function choicesOf({ options }: IDataObject): INodePropertyOptions[] {
	const list: unknown = isObject(options) ? options.options : undefined;
	return (Array.isArray(list) ? list : []).filter(isObject).flatMap(({ label, value }) => {
		return isScalar(value) ? { name: nonBlankText(label) ?? String(value), value } : [];
	});
}

function widgetOf(type: string, choices: INodePropertyOptions[]): FieldType {
	if (choices.length > 0 && type === 'STATIC_DROPDOWN') return 'options';
	// numbers and dates are text in the form, so that they can contain references
	return type === 'CHECKBOX' ? 'boolean' : 'string';
}

const HINTS: Record<string, string> = { NUMBER: 'number', DATE_TIME: 'date and time' };

/** The form fields for the properties of an action or trigger, in order. */
export function formFields(props: IDataObject): FormField[] {
	return Object.entries(props).flatMap(([id, prop]) => {
		if (!isObject(prop)) return [];
		const type = nonBlankText(prop.type)?.toUpperCase() ?? '';
		if (DISPLAY_ONLY.includes(type)) return [];
		const label = nonBlankText(prop.displayName) ?? id;
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
			// the editor stores "off" for every toggle it shows, so optional toggles start hidden
			removed: widget === 'boolean' && !required,
			propertyType: type,
			propertyRequired: required,
		};
	});
}

/**
 * Reads the properties that the user set in the form.
 * @throws OperationError that names a property if it is required and empty, or has an invalid value
 */
export function readInputForm(parameters: Parameters): IDataObject {
	const properties = parameters.mapped('inputForm').flatMap((field): Array<[string, unknown]> => {
		const { name, label, value } = field;
		if (isBlank(value)) {
			if (field.field.propertyRequired !== true) return [];
			throw inputError(`Input: "${label}" is empty, but the piece requires it`);
		}
		return [[name, readValue(field, parameters.timezone)]];
	});
	return Object.fromEntries(properties) as IDataObject;
}

/** Converts a value to the type of its property. Values of unknown types stay as they are. */
function readValue({ label, value, field }: MappedField, timezone: string): unknown {
	const name = `Input: "${label}"`;
	if (typeof value === 'string' && REFERENCE.test(value)) return value;
	const type = nonBlankText(field.propertyType) ?? '';
	const [read, expected] = readers[type] ?? [];
	if (read === undefined || expected === undefined) {
		return STRUCTURES.includes(type) ? readJson(value, name) : value;
	}
	const result = read(value, timezone);
	if (result !== undefined) return result;
	throw inputError(
		`${name} must be ${expected}, but is ${quoted(value)}`,
		'You can also enter a reference to an earlier step, such as {{step_1.id}}.',
	);
}

type Reader = (value: unknown, timezone: string) => unknown;

const readers: Partial<Record<string, [read: Reader, expected: string]>> = {
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
