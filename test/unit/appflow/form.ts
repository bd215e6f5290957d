// The Create form of Amazon AppFlow as the node reads it: defaults and hidden fields by n8n's own rules,
// without its engine and its expressions.
import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import {
	flowFields,
	flowOptions,
	readFlow,
} from '../../../nodes/AmazonAppFlow/flowDefinition/form/readFlow.ts';
import type { NewFlow } from '../../../nodes/AmazonAppFlow/flowDefinition/form/readFlow.ts';
import { isObject } from '../../../nodes/engine/values.ts';
import { fieldsOf } from '../../../nodes/engine/node/describe.ts';
import { Parameters } from '../../../nodes/engine/input/parameters.ts';

export const fields = fieldsOf({
	name: 'Create',
	value: 'create',
	action: 'Create flow',
	description: '',
	fields: flowFields,
	options: flowOptions,
	execute: () => Promise.resolve([]),
});

function valueAt(values: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), values);
}

/** @param values of the fields that were set */
export function readForm(values: object, timezone = 'UTC'): NewFlow {
	const given = JSON.parse(JSON.stringify(values)) as INodeParameters;
	const stored = NodeHelpers.getNodeParameters(fields, given, true, false, null, null);
	const reader = {
		getNodeParameter: (path: string) => valueAt(stored, path) ?? null,
		getInputData: () => [{ json: {} }],
		getTimezone: () => timezone,
	};
	// the engine's reader has overloads for more than this
	return readFlow(new Parameters(reader, 0, fields));
}

/** The body as it goes over the wire. */
export function bodyOf(values: object): IDataObject {
	return JSON.parse(JSON.stringify(readForm(values).body)) as IDataObject;
}

/** A body that goes the way of the JSON mode. */
export function checked(body: unknown): IDataObject {
	return bodyOf({ specifyFlow: 'json', flowJson: JSON.stringify(body) });
}

/** What is hinted at of a body that goes the way of the JSON mode. */
export function warningsOf(body: unknown): string[] {
	return readForm({ specifyFlow: 'json', flowJson: JSON.stringify(body) }).warnings;
}

/** As the editor stores what was picked from a list. */
export function picked(value: string) {
	return { __rl: true, mode: 'list', value };
}

/** As the editor stores a mapping: names in the destination by field, each with its type in the source. */
export function mapping(
	names: Record<string, string | null>,
	dataTypes: Record<string, string> = {},
) {
	return {
		mappingMode: 'defineBelow',
		value: names,
		schema: Object.keys(names).map((id) => ({
			id,
			displayName: id,
			removed: false,
			...(dataTypes[id] !== undefined && { dataType: dataTypes[id] }),
		})),
	};
}
