import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';

/** A property that a spec defines for its sources or destinations. Only the name is always present. */
export interface PropertyDefinition {
	name: string;
	displayName?: string;
	description?: string;
	/** Upper case: `STRING`, `PASSWORD`, `TEXT`, `NUMBER`, `BOOLEAN`, `DATE`, `DATETIME`, `TIME`, or another type. */
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
 * The spec is an object in the schema of https://developer.portable.io/api-reference/sources/create-source
 * and text in its example; both are accepted.
 */
export function specName(resource: IDataObject): string | undefined {
	const spec = specOf(resource);
	return text(isObject(spec) ? spec.name : spec);
}

/** The display name of a resource's spec, if the response includes it. */
export function specTitle(resource: IDataObject): string | undefined {
	const spec = specOf(resource);
	return isObject(spec) ? text(spec.displayName) : undefined;
}

/**
 * The properties that the spec of a resource defines; empty if the response does not include them.
 * The schema has them in the spec, the example in the list of properties, next to their values:
 * https://developer.portable.io/api-reference/sources/create-source
 * Types are upper case in the schema and lower case in the examples.
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
