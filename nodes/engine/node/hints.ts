import type { NodeExecutionHint } from 'n8n-workflow';
import type { Created, ItemError } from '../errors';
import type { NodeRun } from '../nodeRun';

/** The maximum number of resources in a hint. */
const MAX_NAMED = 10;

function named(resources: Created[]): string {
	const names = resources
		.slice(0, MAX_NAMED)
		.map(({ kind, id, item }) => `${kind} ${id} [Item ${item}]`);
	const more = resources.length - MAX_NAMED;
	return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function counted({ length }: Created[], noun: string): string {
	return `${length} ${noun}${length === 1 ? '' : 's'}`;
}

/** The hint about items for which nothing was sent, because the service was unavailable. Undefined if there are none. */
function notAttempted(errors: ItemError[]): string | undefined {
	const items = errors
		.filter(({ error }) => error.details.code === 'NOT_TRIED')
		.map(({ item }) => item)
		.sort((a, b) => a - b);
	if (items.length === 0) return undefined;
	const more = items.length - MAX_NAMED;
	const which = `${items.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
	return `${items.length} items were not attempted, and nothing was sent for them: ${which}. See their errors for the reason.`;
}

/**
 * The hints about a finished node run, for the output panel.
 * @param errors the errors of failed items, if the workflow continues
 */
export function hints(
	{ scheduler: { rateLimiter }, recovered, warnings, resumed, reused }: NodeRun,
	service: string,
	errors: ItemError[] = [],
): NodeExecutionHint[] {
	const messages = [
		rateLimiter.throttleCount > 0 &&
			`${service} reached its rate limit: ${rateLimiter.throttleCount} requests were throttled and retried, and the node waited ${Math.ceil(rateLimiter.pausedMs / 1000)} s.`,
		recovered.length > 0 &&
			`Recovered ${counted(recovered, 'resource')} after lost responses. Nothing was created twice: ${named(recovered)}.`,
		resumed.length > 0 &&
			`Reused ${counted(resumed, 'resource')} from an earlier attempt: ${named(resumed)}.`,
		reused.length > 0 && `Reused ${counted(reused, 'existing resource')}: ${named(reused)}.`,
	];
	const infos = messages
		.filter((message) => message !== false)
		.map((message) => ({ message, type: 'info', location: 'outputPane' }) as const);
	const unattempted = notAttempted(errors);
	const warned = [...(unattempted === undefined ? [] : [unattempted]), ...warnings]
		.slice(0, MAX_NAMED)
		.map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const);
	return [...infos, ...warned];
}
