import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';

/** Whether merged tasks are added to the existing tasks or replace them. */
export type TaskMerge = 'append' | 'replace';

function mergeValue(name: string, before: unknown, after: unknown, tasks: TaskMerge): unknown {
	if (isObject(before) && isObject(after)) return mergeBody(before, after, tasks);
	if (!Array.isArray(before) || !Array.isArray(after)) return after;
	const [existing, changes]: [unknown[], unknown[]] = [before, after];
	if (name === 'tasks' && tasks === 'append') return [...existing, ...changes];
	if (name !== 'destinationFlowConfigList') return changes;
	return changes.map((change, index) => mergeValue('', existing[index], change, tasks));
}

/**
 * A flow configuration with changes merged into it. Objects are merged key by key, including the destination, which is
 * the only entry of a list. Other lists and values are replaced. null removes a key. Returns a new object.
 */
export function mergeBody(body: IDataObject, changes: IDataObject, tasks: TaskMerge): IDataObject {
	// a Map, so that a key such as __proto__ is data
	const merged = new Map<string, unknown>(Object.entries(body));
	for (const [name, value] of Object.entries(changes)) {
		if (value === null) merged.delete(name);
		else merged.set(name, mergeValue(name, merged.get(name), value, tasks));
	}
	return Object.fromEntries(merged) as IDataObject;
}
