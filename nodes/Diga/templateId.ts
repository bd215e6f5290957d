import { refusal } from '../engine/fault';
import { locator } from '../engine/locator';
import type { Parameters } from '../engine/parameters';
import { shown } from '../engine/values';

export const templateLocator = locator('Template', {
	name: 'template',
	searchListMethod: 'searchTemplates',
	placeholder: 'e.g. 6f1c2d3e-0000-4000-8000-000000000001',
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The ID of the chosen template; a UUID, unlike those of flows. */
export function templateId(parameters: Parameters): string {
	const id = parameters.requiredText('template');
	if (UUID.test(id)) return id.toLowerCase();
	throw refusal(`Template must be a UUID, but is ${shown(id)}`);
}
