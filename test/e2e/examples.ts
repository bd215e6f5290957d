import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppFlowSandbox } from '../sandbox/appflow/appflow.ts';
import type { DigaSandbox } from '../sandbox/diga/diga.ts';
import type { PortableSandbox } from '../sandbox/portable/portable.ts';
import { root } from './n8n.ts';

export interface ExampleWorkflow {
	id: string;
	name: string;
	nodes: Array<{
		name: string;
		type: string;
		typeVersion: number;
		parameters: Record<string, unknown>;
		credentials?: object;
		webhookId?: string;
	}>;
	connections: Record<string, unknown>;
}

/** The example workflows of the repository; `npm start` runs the first. */
export const exampleFiles = [
	'set-up-a-portable-flow.json',
	'set-up-portable-flows-for-ten-customers.json',
	'onboard-a-customer-on-portable.json',
	'check-all-portable-flows-every-night.json',
	'collect-errors-of-failed-portable-runs.json',
	'set-up-a-diga-post-call-flow.json',
	'watch-failed-diga-executions.json',
	'report-finished-diga-calls.json',
	'copy-from-s3-to-s3-with-appflow.json',
	'move-salesforce-accounts-to-s3-every-hour.json',
	'stop-failing-appflow-flows.json',
	'report-failed-appflow-runs.json',
	'onboard-portable-customers-by-webhook.json',
	'onboard-a-portable-customer-by-setup-link.json',
	'run-a-portable-flow-and-continue-when-it-has-finished.json',
	'continue-workflows-when-portable-runs-have-finished.json',
];

export async function readExample(file: string): Promise<ExampleWorkflow> {
	return JSON.parse(await readFile(join(root, 'examples', file), 'utf8')) as ExampleWorkflow;
}

/** The Portable credential of the examples, or another one with another ID. */
export function portableCredential(baseUrl: string, token: string, id = 'dfPortableApi001') {
	return {
		id,
		name: 'Portable account',
		type: 'portableApi',
		data: { baseUrl, token },
	};
}

/** Where the sandboxes are, and what they accept. */
export interface Services {
	appflow: Pick<AppFlowSandbox, 'url' | 'region' | 'keys'>;
	diga: Pick<DigaSandbox, 'url' | 'token'>;
	portable: Pick<PortableSandbox, 'url' | 'token'>;
}

/** The credentials of the examples, for the sandboxes. */
export function sandboxCredentials({ appflow, diga, portable }: Services) {
	return [
		{
			id: 'dfAppFlowApi0001',
			name: 'Amazon AppFlow account',
			type: 'amazonAppFlowApi',
			data: { region: appflow.region, endpoint: appflow.url, ...appflow.keys.permanent },
		},
		portableCredential(portable.url, portable.token),
		{
			id: 'dfDigaApi000001',
			name: 'Diga account',
			type: 'digaApi',
			data: { baseUrl: diga.url, apiKey: diga.token },
		},
	];
}
