import type { PortableSandbox } from '../sandbox/portable/portable.ts';
import { readExample } from './examples.ts';

/** The ID of a workflow made by {@link tracing}. */
export const TRACING = 'dfPortableTrc001';

/** An example with another node that records each result as a source in the sandbox. */
export async function tracing(file: string, credential: string) {
	const example = await readExample(file);
	const credentials = { portableApi: { id: credential, name: 'Portable account' } };
	const trace = {
		id: 'trace',
		name: 'Trace',
		type: 'n8n-nodes-dataflows.portable',
		typeVersion: 1,
		position: [660, 0],
		parameters: {
			resource: 'source',
			operation: 'create',
			sourceSpec: { __rl: true, mode: 'name', value: 'undescribed' },
			displayName: '={{ $json.flow }}: {{ $json.errors[0] }}',
			options: {},
		},
		credentials,
	};
	return {
		...example,
		id: TRACING,
		nodes: [
			...example.nodes.map((node) => ({ ...node, ...('credentials' in node && { credentials }) })),
			trace,
		],
		connections: {
			...example.connections,
			Report: { main: [[{ node: 'Trace', type: 'main', index: 0 }]] },
		},
	};
}

/** Adds the flows 1, 2 and 3 to an account that a trigger watches. */
export function addFlows({ truth }: PortableSandbox): void {
	const createdAt = new Date().toISOString();
	for (const id of [1, 2, 3]) {
		truth.flows.push({
			id,
			source: 1,
			destination: 2,
			displayName: `Flow ${id}`,
			disabled: false,
			createdAt,
			updatedAt: createdAt,
		});
	}
}

/** Adds a run that has ended. The IDs are 5001, 5002 and so on. A failed run has the error `Error <id>`. */
export function addRun(
	{ truth }: PortableSandbox,
	flow: number,
	disposition: 'FAILED' | 'SUCCEEDED' = 'FAILED',
): void {
	const id = 5001 + truth.runs.length;
	truth.runs.push({
		id,
		flow,
		trigger: 'scheduled',
		lifecycle: 'NOT_RUNNING',
		disposition,
		errors: disposition === 'FAILED' ? [`Error ${id}`] : null,
		completedAt: null,
		createdAt: new Date().toISOString(),
	});
}
