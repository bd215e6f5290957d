import { portableCredential } from '../e2e/examples.ts';

/** The token that the service of the bench accepts. */
export const TOKEN = 'bench-token';

/** The node's default for Parallel Requests. */
export const DEFAULT_PARALLEL = 5;

/** Ends the label of the variant that is for the table only: it is the same way once more. */
export const RETRYING = ', Retry On Fail';

export type WayName = 'node' | 'http-request' | 'sequential' | 'fetch' | 'nothing';

/** One way to create sources. */
export interface Way {
	way: WayName;
	/** As the table shows it. */
	label: string;
	/** How many requests the way is told to have in flight; undefined when it cannot be told. */
	parallel?: number;
	/** The node under test; none for fetch, which runs outside of n8n. */
	node?: object;
}

/** What one run took. */
export interface Measured {
	/** Inside the node: what n8n shows as its execution time. */
	wallMs: number;
	/** User and system, of the whole process. */
	cpuMs: number;
	peakRssMb: number;
}

const { id, name } = portableCredential('', '');
const credentials = { portableApi: { id, name } };

function ourNode(parallel: number): Way {
	return {
		way: 'node',
		label: `Portable node, ${parallel} in flight`,
		parallel,
		node: {
			type: 'n8n-nodes-dataflows.portable',
			typeVersion: 1,
			credentials,
			parameters: {
				resource: 'source',
				operation: 'create',
				sourceSpec: 'google_calendar',
				displayName: '={{ $json.name }}',
				properties: { pair: [{ name: 'email', type: 'text', value: 'jo@example.com' }] },
				// the default is left alone, so that it is the default that is measured
				options: parallel === DEFAULT_PARALLEL ? {} : { parallelRequests: parallel },
			},
		},
	};
}

function httpRequest(label: string, url: string, settings: object): Way {
	return {
		way: 'http-request',
		label,
		node: {
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			credentials,
			...settings,
			parameters: {
				method: 'POST',
				url: `${url}/v2/sources`,
				authentication: 'predefinedCredentialType',
				nodeCredentialType: 'portableApi',
				sendBody: true,
				specifyBody: 'json',
				jsonBody:
					'={{ JSON.stringify({ sourceSpec: "google_calendar", displayName: $json.name, properties: { email: "jo@example.com" } }) }}',
				options: {},
			},
		},
	};
}

/** The ways that are compared with no limit in force. `nothing` is a node that does nothing: what n8n itself costs. */
export function waysWithoutLimit(url: string): Way[] {
	const sequential = {
		type: 'CUSTOM.oneByOne',
		typeVersion: 1,
		credentials,
		parameters: { displayName: '={{ $json.name }}' },
	};
	return [
		{
			way: 'nothing',
			label: 'No Operation node',
			node: { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
		},
		...[1, DEFAULT_PARALLEL, 10, 50].map(ourNode),
		httpRequest('HTTP Request node', url, {}),
		{ way: 'sequential', label: 'One after another', parallel: 1, node: sequential },
		...[1, DEFAULT_PARALLEL, 10, 50].map((parallel): Way => ({
			way: 'fetch',
			label: `Plain fetch, ${parallel} in flight`,
			parallel,
		})),
	];
}

/** The ways that are compared under a limit. What was lost is counted, so On Error is Continue. */
export function waysUnderLimit(url: string): Way[] {
	return [
		...[DEFAULT_PARALLEL, 10].map(ourNode),
		httpRequest('HTTP Request node', url, { onError: 'continueRegularOutput' }),
		httpRequest(`HTTP Request node${RETRYING}`, url, {
			// without On Error: Continue, with which n8n retries only when the first item failed
			retryOnFail: true,
			maxTries: 5,
			waitBetweenTries: 1000,
		}),
	];
}

/** A workflow that makes items and gives them to the node, measured on both sides. */
export function workflow(workflowId: string, node: object, items: number) {
	const nodes = [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{ name: 'Items', type: 'CUSTOM.items', typeVersion: 1, parameters: { count: items } },
		{ name: 'Under Test', ...node },
		{ name: 'Meter', type: 'CUSTOM.meter', typeVersion: 1, parameters: {} },
	];
	const next = (to: string) => ({ main: [[{ node: to, type: 'main', index: 0 }]] });
	return {
		id: workflowId,
		name: workflowId,
		nodes: nodes.map((one, index) => ({ id: String(index), position: [index * 200, 0], ...one })),
		connections: { Start: next('Items'), Items: next('Under Test'), 'Under Test': next('Meter') },
		settings: { executionOrder: 'v1' },
		active: false,
	};
}
