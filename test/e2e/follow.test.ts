// Examples that wait for a customer or for a run, without a worker that waits.
import { setTimeout as pause } from 'node:timers/promises';
import { items, n8n, portable } from './case.ts';
import { readExample } from './examples.ts';
import type { ExampleWorkflow } from './examples.ts';

/** Changes nodes of an example, by name, for a test. */
function changed(
	example: ExampleWorkflow,
	changes: Record<string, Partial<ExampleWorkflow['nodes'][number]>>,
): ExampleWorkflow {
	const nodes = example.nodes.map((node) => ({ ...node, ...changes[node.name] }));
	return { ...example, nodes };
}

it('waits until the customer has used the setup link, then creates the flow and runs it', async () => {
	const example = await readExample('onboard-a-portable-customer-by-setup-link.json');
	await n8n.importWorkflows([
		changed(example, {
			'Send Link': { type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
			'Wait an Hour': { parameters: { resume: 'timeInterval', amount: 2, unit: 'seconds' } },
		}),
	]);
	const executing = n8n.execute(example.id);
	for (let tries = 0; portable.truth.sources.length === 0 && tries < 240; tries++) await pause(500);
	const verified = () => portable.requests.filter(({ path }) => path.endsWith('/verify')).length;
	for (let tries = 0; verified() < 2 && tries < 60; tries++) await pause(500);
	expect(portable.truth.flows).toEqual([]);
	// the customer fills in the form
	const entered = { domain: 'acme.freshsales.io', api_key: 'secret' };
	Object.assign(portable.truth.sources[0]?.properties ?? {}, entered);
	const execution = await executing;
	expect(execution.data.resultData.error).toBeUndefined();
	expect(portable.truth.sources).toHaveLength(1);
	expect(portable.truth.flows).toMatchObject([{ displayName: 'Acme to Data Lake' }]);
	expect(items(execution, 'Run Flow')).toMatchObject([{ json: { disposition: 'SUCCEEDED' } }]);
});

it('continues a workflow by its resume URL when the trigger of another one reports the run', async () => {
	const example = await readExample('run-a-portable-flow-and-continue-when-it-has-finished.json');
	const [flow, source, destination] = [1001, 1, 2];
	const createdAt = new Date().toISOString();
	portable.truth.flows.push({ id: flow, source, destination, displayName: 'Mine', createdAt });
	portable.runs({ runningMs: 5000 });
	const [start] = example.nodes;
	const webhook = { path: 'start-run', responseMode: 'onReceived', options: {} };
	const report = {
		resource: 'source',
		operation: 'create',
		sourceSpec: { __rl: true, mode: 'name', value: 'undescribed' },
		displayName: '={{ $json.id }} {{ $json.disposition }}',
		options: {},
	};
	await n8n.importWorkflows([
		changed(example, {
			[start?.name ?? '']: {
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				parameters: webhook,
				webhookId: 'start-run',
			},
			// records the result as a source in the sandbox
			Report: {
				type: 'n8n-nodes-dataflows.portable',
				typeVersion: 1,
				parameters: report,
				credentials: example.nodes.find(({ name }) => name === 'Get Run')?.credentials,
			},
		}),
	]);
	await n8n.publish(example.id);
	await n8n.publish('dfPortableRsm002');
	await n8n.start();
	// n8n registers webhooks shortly after users can sign in
	const begin = async () => (await fetch(`${n8n.url}/webhook/start-run`)).ok;
	for (let tries = 0; !(await begin()) && tries < 60; tries++) await pause(500);
	// the trigger polls every minute
	const { sources } = portable.truth;
	for (let tries = 0; sources.length === 0 && tries < 320; tries++) await pause(500);
	const [run] = portable.truth.runs;
	expect(sources.map(({ displayName }) => displayName)).toEqual([`${run?.id ?? 0} SUCCEEDED`]);
	expect(portable.truth.runs).toHaveLength(1);
});
