import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';

/** Not among what n8n and the editor are told of a field, and kept when a field is copied with changes. */
const BLANK_AS_DEFAULT = Symbol('harmless default');

/**
 * The field, with the word that its default changes nothing: an expression that gives nothing then means the default.
 * Fields of collections, such as Options, are so without it, since they may be left out altogether.
 */
export function withBlankAsDefault(field: INodeProperties): INodeProperties {
	return Object.assign({ ...field }, { [BLANK_AS_DEFAULT]: true });
}

/**
 * The field as n8n is told of it: not required where another field decides whether it is shown. If an expression makes
 * that decision, n8n takes every field for shown, and stops the workflow for each required one that is empty,
 * whatever the items are about. What an item lacks is refused when it is read.
 */
export function asDeclared(field: INodeProperties): INodeProperties {
	if (field.displayOptions === undefined) return field;
	const { required: _required, ...declared } = field;
	return declared;
}

/** A field of an operation, as its path names it. */
export interface FoundField {
	field: INodeProperties;
	/** As the user sees it, e.g. `Glue Data Catalog: Role ARN`. */
	label: string;
	/** Whether nothing at all stands for its default, rather than for a mistake. */
	blankMeansDefault: boolean;
}

type Rows = INodePropertyCollection;

/** The fields inside a field, or the lists of rows inside it. */
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

/** The values of a field with a fixed list, each with its name in that list. */
export function choicesOf(field?: INodeProperties): Array<{ name: string; value: string }> {
	return (field?.options ?? []).flatMap((option) =>
		'value' in option && typeof option.value === 'string'
			? [{ name: option.name, value: option.value }]
			: [],
	);
}
