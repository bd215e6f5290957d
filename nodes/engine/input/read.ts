import type { IDataObject } from 'n8n-workflow';
import { asOperationError, inputError } from '../errors';
import { idInAddress, isPageAddress } from './pageAddress';
import { isBlank, isObject, quoted, readText } from '../values';

function isNumber(text: string): boolean {
	return /^\d+$/.test(text);
}

/**
 * Reads a numeric ID from a number, text, or the address of a web page: see {@link idInAddress}.
 * @param label the label of the field. It must start with the kind of resource, e.g. `Flow IDs`.
 * @throws OperationError for any other value, and for numbers that JavaScript does not represent exactly
 */
export function readId(value: unknown, label: string): number {
	if (isBlank(value))
		throw inputError(`${label} is empty`, 'Select one from the list, or enter its ID.');
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	// the label starts with the kind of resource
	const kind = label.split(' ', 1).map((word) => word.toLowerCase());
	const digits = isPageAddress(text) ? idInAddress(text, kind, isNumber) : text;
	if (digits === undefined) {
		throw inputError(
			`${label} is an address without a unique ID: ${quoted(value)}`,
			'Enter only the ID.',
		);
	}
	if (!isNumber(digits) || Number(digits) === 0) {
		throw inputError(`${label} must be a whole number, but is ${quoted(value)}`);
	}
	const id = Number(digits);
	if (!Number.isSafeInteger(id)) {
		throw inputError(
			`${label} is too large: ${quoted(value)}`,
			'Numbers above 9007199254740991 lose digits in JavaScript, so this one cannot be sent.',
		);
	}
	return id;
}

/**
 * Reads text, also from a number. Undefined if the value is blank.
 * @param label the label of the field, for messages
 * @throws OperationError if the value is neither text nor a number
 */
export function readOptionalText(value: unknown, label: string): string | undefined {
	if (isBlank(value)) return undefined;
	const text = readText(value);
	if (text !== undefined) return text;
	throw inputError(`${label} must be text, but is ${quoted(value)}`);
}

/**
 * Reads JSON from text, or returns any other value as it is.
 * @throws OperationError with the label if the text is not JSON
 */
export function readJson(value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch (error) {
		throw inputError(`${label} is not valid JSON: ${asOperationError(error).message}`);
	}
}

/**
 * Reads a JSON object from text or an object. A blank value is an empty object.
 * @throws OperationError with the label for any other value
 */
export function readJsonObject(value: unknown, label: string): IDataObject {
	if (isBlank(value)) return {};
	const parsed = readJson(value, label);
	if (!isObject(parsed)) {
		throw inputError(
			`${label} must be a JSON object such as {"name": "value"}, but is ${quoted(value)}`,
		);
	}
	return parsed;
}
