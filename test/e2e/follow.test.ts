// An example that waits for a customer, without a worker that waits.
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
