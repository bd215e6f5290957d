import { inputError } from '../../../engine/errors';
import type { Parameters } from '../../../engine/input/parameters';
import { quoted } from '../../../engine/values';

/** A plus sign, a country code that does not start with 0, and 15 digits at most: https://www.itu.int/rec/T-REC-E.164 */
const E164 = /^\+[1-9]\d{6,14}$/;

/** Characters that people group digits with. */
const SEPARATORS = /[\s.-]/g;

/** The number in E.164 format. Undefined if the text is not such a number. */
export function asPhoneNumber(text: string): string | undefined {
	const number = text.replace(SEPARATORS, '');
	return E164.test(number) ? number : undefined;
}

/**
 * Reads a phone number.
 * @param label names the field in the error
 * @throws OperationError if it is not in E.164 format, which is never guessed: a wrong number dials a stranger
 */
export function readPhoneNumber(parameters: Parameters, path: string, label: string): string {
	const text = parameters.requiredText(path);
	const number = asPhoneNumber(text);
	if (number !== undefined) return number;
	throw inputError(
		`${label} must be a phone number with country code, such as +34600000000, but is ${quoted(text)}`,
		'Use the E.164 format: a plus sign, the country code, and the number without a leading zero.',
	);
}
