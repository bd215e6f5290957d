import type { NodeExecutionHint } from 'n8n-workflow';
import type { Created } from './fault';
import type { Run } from './run';

/** How many resources a hint names. */
const NAMED = 10;

function named(resources: Created[]): string {
	const names = resources
		.slice(0, NAMED)
		.map(({ kind, id, item }) => `${kind} ${id} [Item ${item}]`);
	const more = resources.length - NAMED;
	return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What a user should know of a run that succeeded, for the output panel. */
export function hints({ gate, adopted, notes, reused }: Run, service: string): NodeExecutionHint[] {
	const messages = [
		gate.refusals > 0 &&
			`${service} was at its rate limit: ${gate.refusals} requests were refused and sent again, and the node waited ${Math.ceil(gate.shutMs / 1000)} s.`,
		adopted.length > 0 &&
			`No answer came for ${adopted.length} of the requests, but they had been carried out, and nothing was created twice: ${named(adopted)}.`,
		reused.length > 0 && `${reused.length} existed already and were used: ${named(reused)}.`,
	];
	const told = messages
		.filter((message) => message !== false)
		.map((message) => ({ message, type: 'info', location: 'outputPane' }) as const);
	const warned = notes
		.slice(0, NAMED)
		.map((message) => ({ message, type: 'warning', location: 'outputPane' }) as const);
	return [...told, ...warned];
}
