import type { NodeExecutionHint } from 'n8n-workflow';
import type { Created, ItemError } from '../errors';
import type { NodeRun } from '../nodeRun';

/** How many resources a hint names. */
const MAX_NAMED = 10;

function named(resources: Created[]): string {
	const names = resources
		.slice(0, MAX_NAMED)
		.map(({ kind, id, item }) => `${kind} ${id} [Item ${item}]`);
	const more = resources.length - MAX_NAMED;
	return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The items for which nothing was sent, because the service was of no use; undefined when there are none. */
function notTried(errors: ItemError[]): string | undefined {
	const items = errors
		.filter(({ error }) => error.details.code === 'NOT_TRIED')
		.map(({ item }) => item)
		.sort((a, b) => a - b);
	if (items.length === 0) return undefined;
	const more = items.length - MAX_NAMED;
	const which = `${items.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
	return `${items.length} items were not tried, and nothing was sent for them: ${which}. Their errors say why.`;
}

/**
 * What a user should know of a run that came to its end, for the output panel.
 * @param errors of the items that failed, when the node goes on nevertheless
 */
export function hints(
	{ rateLimiter, recovered, warnings, resumed, reused }: NodeRun,
	service: string,
	errors: ItemError[] = [],
): NodeExecutionHint[] {
	const messages = [
		rateLimiter.throttleCount > 0 &&
			`${service} was at its rate limit: ${rateLimiter.throttleCount} requests were refused and sent again, and the node waited ${Math.ceil(rateLimiter.pausedMs / 1000)} s.`,
		recovered.length > 0 &&
			`No answer came for ${recovered.length} of the requests, but they had been carried out, and nothing was created twice: ${named(recovered)}.`,
		resumed.length > 0 &&
			`${resumed.length} had been created by an earlier try and were used: ${named(resumed)}.`,
		reused.length > 0 && `${reused.length} existed already and were used: ${named(reused)}.`,
	];
	const told = messages
		.filter((message) => message !== false)
		.map((message) => ({ message, type: 'info', location: 'outputPane' }) as const);
	const untried = notTried(errors);
	const warned = [...(untried === undefined ? [] : [untried]), ...warnings]
		.slice(0, MAX_NAMED)
		.map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const);
	return [...told, ...warned];
}
