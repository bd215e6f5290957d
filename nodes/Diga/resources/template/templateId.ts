import { inputError } from '../../../engine/errors';
import { idInAddress, isPageAddress } from '../../../engine/input/pageAddress';
import type { Parameters } from '../../../engine/input/parameters';
import { quoted } from '../../../engine/values';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Reads the ID of a template, a UUID, or finds it in a page URL.
 * @throws OperationError if there is none
 */
export function readTemplateId(text: string): string {
	const isId = (segment: string) => UUID.test(segment);
	const id = isPageAddress(text) ? idInAddress(text, ['template'], isId) : text;
	if (id !== undefined && isId(id)) return id.toLowerCase();
	throw inputError(`Template must be a UUID, but is ${quoted(text)}`);
}

/** The ID of the chosen template. */
export function templateId(parameters: Parameters): string {
	return readTemplateId(parameters.requiredText('template'));
}
