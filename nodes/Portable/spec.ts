import type { IDataObject } from 'n8n-workflow';

/**
 * The machine name of a resource's spec.
 * Portable's schema has an object in its place, its example a plain text; both are met.
 */
export function specName(resource: IDataObject): string | undefined {
	const spec = resource.sourceSpec ?? resource.destinationSpec;
	const name = typeof spec === 'object' && spec !== null && 'name' in spec ? spec.name : spec;
	return typeof name === 'string' ? name : undefined;
}
