import type { NodeExecutionHint } from 'n8n-workflow';
import type { Created, ItemFault } from '../errors';
import type { Run } from '../nodeRun';

/** How many resources a hint names. */
const NAMED = 10;

function named(resources: Created[]): string {
	const names = resources
		.slice(0, NAMED)
		.map(({ kind, id, item }) => `${kind} ${id} [Item ${item}]`);
	const more = resources.length - NAMED;
	return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The items for which nothing was sent, because the service was of no use; undefined when there are none. */
function notTried(faults: ItemFault[]): string | undefined {
	const items = faults
		.filter(({ fault }) => fault.parts.code === 'NOT_TRIED')
		.map(({ item }) => item)
		.sort((a, b) => a - b);
	if (items.length === 0) return undefined;
	const more = items.length - NAMED;
	const which = `${items.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
	return `${items.length} items were not tried, and nothing was sent for them: ${which}. Their errors say why.`;
}

/**
 * What a user should know of a run that came to its end, for the output panel.
 * @param faults of the items that failed, when the node goes on nevertheless
 */
export function hints(
	{ gate, adopted, notes, resumed, reused }: Run,
	service: string,
	faults: ItemFault[] = [],
): NodeExecutionHint[] {
	const messages = [
		gate.refusals > 0 &&
			`${service} was at its rate limit: ${gate.refusals} requests were refused and sent again, and the node waited ${Math.ceil(gate.shutMs / 1000)} s.`,
		adopted.length > 0 &&
			`No answer came for ${adopted.length} of the requests, but they had been carried out, and nothing was created twice: ${named(adopted)}.`,
		resumed.length > 0 &&
			`${resumed.length} had been created by an earlier try and were used: ${named(resumed)}.`,
		reused.length > 0 && `${reused.length} existed already and were used: ${named(reused)}.`,
	];
	const told = messages
		.filter((message) => message !== false)
		.map((message) => ({ message, type: 'info', location: 'outputPane' }) as const);
	const untried = notTried(faults);
	const warned = [...(untried === undefined ? [] : [untried]), ...notes]
		.slice(0, NAMED)
		.map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const);
	return [...told, ...warned];
}
