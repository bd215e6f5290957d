import { inputError } from '../../engine/errors';
import { idInAddress, isPageAddress } from '../../engine/input/pageAddress';
import { quoted } from '../../engine/values';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The resources whose IDs are UUIDs, as errors name them. */
const NAMES = {
	agent: 'an agent',
	call: 'a call',
	template: 'a template',
	version: 'a version',
};

/** Whether a text is a UUID, as the IDs of calls, agents and phone numbers are. */
export function isUuid(text: string): boolean {
	return UUID.test(text);
}

/**
 * Reads an ID that is a UUID, or finds it in a page URL.
 * @param label names the field in the error
 * @param kind the resource: also the path segment that may precede the ID
 * @returns the ID in lower case
 * @throws OperationError if there is none
 */
export function readUuid(text: string, label: string, kind: keyof typeof NAMES): string {
	const id = isPageAddress(text) ? idInAddress(text, [kind], isUuid) : text;
	if (id !== undefined && isUuid(id)) return id.toLowerCase();
	throw inputError(
		`${label} must be the ID of ${NAMES[kind]}, but is ${quoted(text)}`,
		'The ID is a UUID such as 550e8400-e29b-41d4-a716-446655440000.',
	);
}
