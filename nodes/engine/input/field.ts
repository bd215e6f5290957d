import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { without } from '../values';

/** A symbol, so that n8n and the editor do not see it, and a copy of the field keeps it. */
const BLANK_AS_DEFAULT = Symbol('blank as default');

/**
 * Marks a field whose default changes nothing, so that an expression with a blank result means the default. Fields of
 * collections, such as Options, do not need the mark, because they can be omitted.
 */
export function withBlankAsDefault(field: INodeProperties): INodeProperties {
	return Object.assign({ ...field }, { [BLANK_AS_DEFAULT]: true });
}

/**
 * The field as declared to n8n: not required if another field decides whether it is shown. If that field is an
 * expression, n8n considers every field shown, and stops the workflow if a required one is empty. Parameters checks
 * required values for each item instead.
 */
export function asDeclared(field: INodeProperties): INodeProperties {
	if (field.displayOptions === undefined) return field;
	return without(field, 'required');
}

/** A field of an operation. */
export interface FoundField {
	field: INodeProperties;
	/** The label on screen, e.g. `Glue Data Catalog: Role ARN`. */
	label: string;
	/** Whether a blank value means the default. Otherwise it is an error. */
	blankMeansDefault: boolean;
}

type Rows = INodePropertyCollection;

/** The fields or the row definitions in a field. */
export function partsOf(part: INodeProperties | Rows | undefined): Array<INodeProperties | Rows> {
	if (part === undefined) return [];
	if ('values' in part) return part.values;
	return (part.options ?? []).filter((one) => 'type' in one || 'values' in one);
}

/** Finds the field at a path such as `limit`, `options.timeout` or `properties.pair.type`. */
export function findField(fields: INodeProperties[], path: string): FoundField | undefined {
	let parts: Array<INodeProperties | Rows> = fields;
	let found: FoundField | undefined;
	let parent: FoundField | undefined;
	for (const name of path.split('.')) {
		const part = parts.find((one) => one.name === name);
		if (part === undefined) return undefined;
		parts = partsOf(part);
		if (!('type' in part)) continue;
		parent = found;
		const isRow = parent?.field.type === 'fixedCollection';
		found = {
			field: part,
			label: isRow && parent ? `${parent.label}: ${part.displayName}` : part.displayName,
			blankMeansDefault: BLANK_AS_DEFAULT in part || parent?.field.type === 'collection',
		};
	}
	return found;
}
