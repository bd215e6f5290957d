// The form of Flow > Create as the node reads it: n8n's rules for defaults and hidden fields apply, but expressions
// are not evaluated.
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

/** @param values the fields that the user set */
export function readForm(values: object, timezone = 'UTC'): NewFlow {
	const set = JSON.parse(JSON.stringify(values)) as INodeParameters;
	const stored = NodeHelpers.getNodeParameters(fields, set, true, false, null, null);
	const reader = {
		getNodeParameter: (path: string) => valueAt(stored, path) ?? null,
		getInputData: () => [{ json: {} }],
		getTimezone: () => timezone,
	};
	return readFlow(new Parameters(reader, 0, fields));
}

/** The body as it is sent. */
export function bodyOf(values: object): IDataObject {
	return JSON.parse(JSON.stringify(readForm(values).body)) as IDataObject;
}

/** A body read in JSON mode. */
export function checked(body: unknown): IDataObject {
	return bodyOf({ specifyFlow: 'json', flowJson: JSON.stringify(body) });
}

/** The warnings about a body read in JSON mode. */
export function warningsOf(body: unknown): string[] {
	return readForm({ specifyFlow: 'json', flowJson: JSON.stringify(body) }).warnings;
}

/** A value selected in a picker, as the editor stores it. */
export function picked(value: string) {
	return { __rl: true, mode: 'list', value };
}

/** A mapping as the editor stores it: destination names by source field, and the types of source fields. */
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
