import { inputError } from '../../../engine/errors';
import { locator } from '../../../engine/input/locator';
import { idInAddress, isPageAddress } from '../../../engine/input/pageAddress';
import type { Parameters } from '../../../engine/input/parameters';
import { quoted } from '../../../engine/values';

export const templateLocator = locator('Template', {
	name: 'template',
	searchListMethod: 'searchTemplates',
	placeholder: 'e.g. 6f1c2d3e-0000-4000-8000-000000000001',
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A UUID, unlike the IDs of flows; a page address may have it in its path. */
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
