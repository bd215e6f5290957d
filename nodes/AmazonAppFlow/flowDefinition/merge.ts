import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../engine/values';

function mergeValue(name: string, before: unknown, after: unknown): unknown {
	if (isObject(before) && isObject(after)) return mergeBody(before, after);
	if (!Array.isArray(before) || !Array.isArray(after)) return after;
	const [old, added]: [unknown[], unknown[]] = [before, after];
	if (name === 'tasks') return [...old, ...added];
	if (name !== 'destinationFlowConfigList') return added;
	return added.map((one, index) => mergeValue('', old[index], one));
}

/**
 * A body with more put into it: objects member by member, the one destination as well; tasks are added;
 * null takes a member away; everything else takes the place of what was there. Neither of the two is changed.
 */
export function mergeBody(body: IDataObject, more: IDataObject): IDataObject {
	// entries, so that a key such as __proto__ stays data
	const merged = new Map<string, unknown>(Object.entries(body));
	for (const [name, value] of Object.entries(more)) {
		if (value === null) merged.delete(name);
		else merged.set(name, mergeValue(name, merged.get(name), value));
	}
	return Object.fromEntries(merged) as IDataObject;
}
