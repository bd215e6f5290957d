import type { IDataObject } from 'n8n-workflow';
import { asOperationError, inputError } from '../errors';
import { idInAddress, isPageAddress } from './pageAddress';
import { isBlank, isObject, quoted, readText } from '../values';

function isNumber(text: string): boolean {
	return /^\d+$/.test(text);
}

/**
 * Reads a whole number that a service uses as an ID.
 * Takes numbers, text with stray blanks, and page addresses that have one; see {@link idInAddress}.
 * @param label names the field in the refusal, and begins with what has the ID, e.g. `Flow IDs`
 * @throws Fault when it is something else, or too large to be sent without losing digits
 */
export function readId(value: unknown, label: string): number {
	if (isBlank(value))
		throw inputError(`${label} is empty`, 'Pick one from the list, or enter its ID.');
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	// the label begins with what it is an ID of
	const kind = label.split(' ', 1).map((word) => word.toLowerCase());
	const digits = isPageAddress(text) ? idInAddress(text, kind, isNumber) : text;
	if (digits === undefined) {
		throw inputError(
			`${label} is an address in which no single ID is found: ${quoted(value)}`,
			'Enter the ID alone.',
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
 * @param label names the field in the error
 * @throws OperationError if the value is neither text nor a number
 */
export function readOptionalText(value: unknown, label: string): string | undefined {
	if (isBlank(value)) return undefined;
	const text = readText(value);
	if (text !== undefined) return text;
	throw inputError(`${label} must be text, but is ${quoted(value)}`);
}

/**
 * Reads JSON, given as text or as the value itself.
 * @throws Fault naming the field when it is text that is not JSON
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
 * Reads a JSON object, given as text or as an object.
 * @throws Fault naming the field when it is neither
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
