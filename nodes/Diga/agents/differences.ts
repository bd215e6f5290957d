import { OperationError } from '../../engine/errors';
import { isObject, nonBlankText } from '../../engine/values';
import { isResource } from '../api/resource';
import type { DigaAgent } from '../api/resource';

/** The members that differ between two versions with the same settings, and the flows, which are compared on their own. */
const OWN_MEMBERS = [
	'created_at',
	'flows',
	'is_draft',
	'is_published',
	'modified_at',
	'validation_issues',
	'version_created_at',
	'version_id',
	'version_name',
	'version_number',
];

/** Whether two values of JSON are equal. A missing member is equal to null. */
function isSame(one: unknown, other: unknown): boolean {
	if (Array.isArray(one) && Array.isArray(other)) {
		const list: unknown[] = other;
		return one.length === list.length && one.every((entry, index) => isSame(entry, list[index]));
	}
	if (isObject(one) && isObject(other)) {
		const names = new Set([...Object.keys(one), ...Object.keys(other)]);
		return [...names].every((name) => isSame(one[name], other[name]));
	}
	return (one ?? null) === (other ?? null);
}

/** The names of the settings in which two versions of an agent differ, without their flows. */
export function differingSettings(one: DigaAgent, other: DigaAgent): string[] {
	const names = new Set([...Object.keys(one), ...Object.keys(other)]);
	const settings = [...names].filter((name) => !OWN_MEMBERS.includes(name));
	return settings.filter((name) => !isSame(one[name], other[name])).sort();
}

/** The IDs of the flows that a version of an agent has. Undefined if Diga does not show them all. */
export function shownFlows({ flows }: DigaAgent): string[] | undefined {
	if (!Array.isArray(flows)) return undefined;
	const entries: unknown[] = flows;
	return entries.every(isResource) ? entries.map(({ id }) => id) : undefined;
}

/**
 * As {@link shownFlows}.
 * @throws OperationError if Diga does not show them all: a list that is written back replaces every assignment
 */
export function flowsOf(agent: DigaAgent): string[] {
	const ids = shownFlows(agent);
	if (ids) return ids;
	throw new OperationError(`Diga does not show all flows of the agent ${nameOf(agent)}`, {
		fromService: true,
		description:
			'The node does not change them, because a list of flows that is sent to Diga replaces all of them.',
	});
}

/** Whether two versions have the same flows, in any order. */
export function hasSameFlows(one: DigaAgent, other: DigaAgent): boolean {
	const [flows, others] = [new Set(flowsOf(one)), new Set(flowsOf(other))];
	return flows.size === others.size && [...flows].every((id) => others.has(id));
}

/** An agent for messages: its name, and its ID. */
export function nameOf({ name, agent_id: id }: DigaAgent): string {
	const title = nonBlankText(name);
	return title === undefined ? id : `"${title}" (${id})`;
}
