import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';

/** What a spec asks for: one property of a source or destination. Anything but the name may be missing. */
export interface PropertyDefinition {
	name: string;
	displayName?: string;
	description?: string;
	/** In upper case; `STRING`, `PASSWORD`, `TEXT`, `NUMBER`, `BOOLEAN`, `DATE`, `DATETIME`, `TIME`, or one not known yet. */
	type: string;
	required: boolean;
}

function specOf({ sourceSpec, destinationSpec }: IDataObject): unknown {
	return sourceSpec ?? destinationSpec;
}

function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/**
 * The machine name of a resource's spec.
 * Portable's schema has an object in its place, its example a plain text; both are met.
 */
export function specName(resource: IDataObject): string | undefined {
	const spec = specOf(resource);
	return text(isObject(spec) ? spec.name : spec);
}

/** The name that Portable shows for a resource's spec, where it tells. */
export function specTitle(resource: IDataObject): string | undefined {
	const spec = specOf(resource);
	return isObject(spec) ? text(spec.displayName) : undefined;
}

/**
 * What the spec of a resource asks for; empty when the resource does not tell.
 * They are in the spec where that is an object, and beside the values in the example of the create page.
 * Types are in upper case in Portable's schema, and in lower case in its examples.
 */
export function propertyDefinitions(resource: IDataObject): PropertyDefinition[] {
	const spec = specOf(resource);
	const inSpec = isObject(spec) ? spec.propertyDefinitions : undefined;
	const described = [inSpec, resource.properties].find(
		(list): list is unknown[] => Array.isArray(list) && list.length > 0,
	);
	return (described ?? []).filter(isObject).flatMap((one) => {
		const name = text(one.name);
		if (name === undefined) return [];
		const type = text(one.type)?.trim().toUpperCase() ?? '';
		const required = one.required === true;
		const words = { displayName: text(one.displayName), description: text(one.description) };
		return [{ name, ...words, type, required }];
	});
}
