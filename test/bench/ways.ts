import { portableCredential } from '../e2e/examples.ts';

/** The token that the service of the benchmark accepts. */
export const TOKEN = 'bench-token';

/** The default of Parallel Requests: automatic. */
const AUTOMATIC = 0;

/** The label of the node with the default of Parallel Requests. */
export const DEFAULT_LABEL = 'Portable node, default';

/** Suffix of the variant that only the table shows. */
export const RETRYING = ', Retry On Fail';

export type WayName = 'node' | 'http-request' | 'sequential' | 'fetch' | 'nothing';

/** A way to create sources. */
export interface Way {
	way: WayName;
	/** Label in the table. */
	label: string;
	/** The setting for requests in flight; undefined if the way has none, or if it is automatic. */
	parallel?: number;
	/** The node under test; undefined for fetch, which runs without n8n. */
	node?: object;
}

/** The measurements of a run. */
export interface Measured {
	/** Execution time of the node, as n8n shows it. */
	wallMs: number;
	/** User and system time of the process. */
	cpuMs: number;
	peakRssMb: number;
}

const { id, name } = portableCredential('', '');
const credentials = { portableApi: { id, name } };

function ourNode(parallel: number): Way {
	return {
		way: 'node',
		label: parallel === AUTOMATIC ? DEFAULT_LABEL : `Portable node, ${parallel} in flight`,
		...(parallel !== AUTOMATIC && { parallel }),
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
				// left unset to measure the default
				options: parallel === AUTOMATIC ? {} : { parallelRequests: parallel },
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

/** The ways to compare without a rate limit. `nothing` is the No Operation node, which measures n8n itself. */
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
		...[AUTOMATIC, 10, 50].map(ourNode),
		httpRequest('HTTP Request node', url, {}),
		{ way: 'sequential', label: 'One after another', parallel: 1, node: sequential },
		...[10, 50, 100].map((parallel): Way => ({
			way: 'fetch',
			label: `Plain fetch, ${parallel} in flight`,
			parallel,
		})),
	];
}

/** The ways to compare under a rate limit. On Error is Continue, because lost items are counted. */
export function waysUnderLimit(url: string): Way[] {
	return [
		...[AUTOMATIC, 10].map(ourNode),
		httpRequest('HTTP Request node', url, { onError: 'continueRegularOutput' }),
		httpRequest(`HTTP Request node${RETRYING}`, url, {
			// without On Error: Continue, with which n8n retries only if the first item failed
			retryOnFail: true,
			maxTries: 5,
			waitBetweenTries: 1000,
		}),
	];
}

/** A workflow that creates items and passes them to the node, with a measurement before and after it. */
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
