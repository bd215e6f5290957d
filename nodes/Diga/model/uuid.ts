import { inputError } from '../../engine/errors';
import { quoted } from '../../engine/values';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is a UUID, as the IDs of calls, agents and phone numbers are. */
export function isUuid(text: string): boolean {
	return UUID.test(text.toLowerCase());
}

/**
 * Reads a UUID.
 * @param label names the field in the error
 * @param what is part of the error, e.g. `the ID of a call`
 * @throws OperationError for any other text
 */
export function readUuid(text: string, label: string, what: string): string {
	if (isUuid(text)) return text.toLowerCase();
	throw inputError(
		`${label} must be ${what}, but is ${quoted(text)}`,
		'The ID is a UUID such as 550e8400-e29b-41d4-a716-446655440000.',
	);
}
