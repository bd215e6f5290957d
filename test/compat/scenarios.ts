// What a user does with the package, in a real n8n through its API, against the sandboxes.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { readExample } from '../e2e/examples.ts';
import type { Execution } from '../e2e/n8n.ts';
import type { Sandboxes } from '../sandbox/all.ts';
import type { Rest, StoredCredential, Workflow } from './rest.ts';

/** What a scenario works with. The sandboxes are empty at its start. */
export interface Lab {
	rest: Rest;
	sandboxes: Sandboxes;
	/** The credentials of the examples by their type. */
	credentials: Record<string, StoredCredential>;
}

export interface Scenario {
	name: string;
	/** @returns how this version of n8n differs, where users see that; @throws if the scenario fails */
	run: (lab: Lab) => Promise<string | undefined>;
}

/** An example with the credentials that this n8n has stored. */
async function example(file: string, { credentials }: Lab): Promise<Workflow> {
	const workflow = (await readExample(file)) as unknown as Workflow;
	for (const node of workflow.nodes) {
		for (const type of Object.keys(node.credentials ?? {})) {
			const stored = credentials[type];
			assert(stored, `There is no credential of type ${type}`);
			node.credentials = { [type]: { id: stored.id, name: stored.name } };
		}
	}
	return workflow;
}

function node({ nodes }: Workflow, name: string) {
	const found = nodes.find((one) => one.name === name);
	assert(found, `The example has no node ${name}`);
	return found;
}

/** The items of an output of a node. */
function items({ data }: Execution, name: string, output = 0) {
	return (data.resultData.runData[name]?.[0]?.data?.main[output] ?? []).map(({ json }) => json);
}

function succeeded(execution: Execution): void {
	assert.equal(execution.data.resultData.error?.message, undefined);
	assert.equal(execution.status, 'success');
}

/** Waits until a condition is true. @throws with the text after the seconds */
async function until(condition: () => Promise<boolean> | boolean, what: string, seconds: number) {
	for (let tries = 0; tries < seconds * 4; tries++) {
		if (await condition()) return;
		await pause(250);
	}
	assert.fail(`${what} did not happen within ${seconds} seconds`);
}

const create: Scenario['run'] = async (lab) => {
	const execution = await lab.rest.run(await example('set-up-a-portable-flow.json', lab));
	succeeded(execution);
	const { sources, destinations, flows } = lab.sandboxes.portable.truth;
	assert.deepEqual([sources.length, destinations.length, flows.length], [1, 1, 1]);
	assert.deepEqual(items(execution, 'Create Flow'), flows);
	return undefined;
};

const tenCustomers: Scenario['run'] = async (lab) => {
	const workflow = await example('set-up-portable-flows-for-ten-customers.json', lab);
	const { sources, destinations, flows } = lab.sandboxes.portable.truth;
	for (const execution of [await lab.rest.run(workflow), await lab.rest.run(workflow)]) {
		succeeded(execution);
		assert.deepEqual([sources.length, destinations.length, flows.length], [10, 1, 10]);
		assert.deepEqual(
			items(execution, 'Create Flow').map(({ source }) => source),
			items(execution, 'Create Source').map(({ id }) => id),
		);
	}
	return undefined;
};

const runAndWait: Scenario['run'] = async (lab) => {
	const workflow = await example('onboard-a-customer-on-portable.json', lab);
	const ready = await lab.rest.run(workflow);
	succeeded(ready);
	assert.equal(items(ready, 'Report Success')[0]?.disposition, 'SUCCEEDED');
	lab.sandboxes.portable.runs({ errors: ['The domain does not answer'] });
	const failed = await lab.rest.run(workflow);
	assert.deepEqual(items(failed, 'Report Failure')[0]?.errors, ['The domain does not answer']);
	return undefined;
};

const createAndPublish: Scenario['run'] = async (lab) => {
	const execution = await lab.rest.run(await example('set-up-a-diga-post-call-flow.json', lab));
	succeeded(execution);
	const [flow] = lab.sandboxes.diga.truth.flows;
	assert.deepEqual(items(execution, 'Result'), [
		{ flow: flow?.id, status: 'ENABLED', customer: 'Example Ltd' },
	]);
	return undefined;
};

const appFlow: Scenario['run'] = async (lab) => {
	const workflow = await example('copy-from-s3-to-s3-with-appflow.json', lab);
	const execution = await lab.rest.run(workflow);
	succeeded(execution);
	assert.equal(items(execution, 'Report Record Count')[0]?.moved, 100);
	assert.equal(lab.sandboxes.appflow.truth.executions.length, 1);
	return undefined;
};

const trigger: Scenario['run'] = async (lab) => {
	const { rest, sandboxes } = lab;
	const { truth, requests } = sandboxes.portable;
	const now = () => new Date().toISOString();
	truth.flows.push({
		id: 1,
		source: 1,
		destination: 2,
		displayName: 'Orders',
		disabled: false,
		createdAt: now(),
		updatedAt: now(),
	});
	const workflow = await rest.addWorkflow(
		await example('collect-errors-of-failed-portable-runs.json', lab),
	);
	await rest.activate(workflow);
	try {
		const polls = () => requests.filter(({ path }) => path === '/v2/flows').length;
		await until(() => polls() > 0, 'The first poll', 90);
		await pause(1000);
		truth.runs.push({
			id: 5001,
			flow: 1,
			trigger: 'scheduled',
			lifecycle: 'NOT_RUNNING',
			disposition: 'FAILED',
			errors: ['No access'],
			completedAt: now(),
			createdAt: now(),
		});
		const ended = async () => (await rest.executions(workflow)).length > 0;
		await until(ended, 'The start of the workflow', 90);
		const [started] = await rest.executions(workflow);
		const execution = await rest.ended(workflow, started?.id ?? '');
		succeeded(execution);
		assert.deepEqual(items(execution, 'Report'), [
			{ flow: 'Orders', run: 5001, errors: ['No access'] },
		]);
	} finally {
		await rest.deactivate(workflow);
	}
	return undefined;
};

const wrongToken: Scenario['run'] = async (lab) => {
	const { rest, sandboxes } = lab;
	const data = { baseUrl: sandboxes.portable.url, token: 'another-token' };
	const portableApi = await rest.addCredential('Wrong token', 'portableApi', data);
	const changed = { ...lab, credentials: { ...lab.credentials, portableApi } };
	const execution = await rest.run(await example('set-up-a-portable-flow.json', changed));
	assert.equal(execution.status, 'error');
	const { message = '' } = execution.data.resultData.error ?? {};
	assert.equal(message, 'Unauthorized [Item 0]');
	assert(!JSON.stringify(execution).includes('another-token'), 'The token is in the execution');
	return undefined;
};

const credentialTest: Scenario['run'] = async ({ rest, sandboxes, credentials: { digaApi } }) => {
	assert(digaApi);
	const { url: baseUrl, token } = sandboxes.diga;
	const valid = await rest.testCredential(digaApi, { baseUrl, apiKey: token });
	assert.equal(valid.status, 'OK', valid.message);
	const { status, message } = await rest.testCredential(digaApi, { baseUrl, apiKey: 'another' });
	assert.equal(status, 'Error');
	// from credentials/DigaApi.credentials.ts
	if (message === 'Diga rejected the API key.') return undefined;
	return `If the service rejects the key, n8n shows "${message}" instead of the text of this package.`;
};

const lostResponse: Scenario['run'] = async (lab) => {
	const { portable } = lab.sandboxes;
	portable.misbehave({ method: 'POST', path: '/v2/sources', kind: 'cut', worked: true });
	const execution = await lab.rest.run(await example('set-up-a-portable-flow.json', lab));
	succeeded(execution);
	const { sources, flows } = portable.truth;
	assert.deepEqual([sources.length, flows.length], [1, 1]);
	assert.equal(items(execution, 'Create Source')[0]?.id, sources[0]?.id);
	return undefined;
};

const errorOutput: Scenario['run'] = async (lab) => {
	const workflow = await example('set-up-portable-flows-for-ten-customers.json', lab);
	Object.assign(node(workflow, 'Create Source'), { onError: 'continueErrorOutput' });
	lab.sandboxes.portable.misbehave({
		method: 'POST',
		path: '/v2/sources',
		kind: 'answer',
		status: 400,
		body: '{"message": "Delta is not a customer"}',
		bodyHas: 'Sales of Delta',
	});
	const execution = await lab.rest.run(workflow);
	succeeded(execution);
	assert.equal(items(execution, 'Create Source').length, 9);
	const failed = items(execution, 'Create Source', 1);
	assert.equal(failed.length, 1);
	assert.match(String(failed[0]?.error), /Delta is not a customer/);
	return undefined;
};

const cancel: Scenario['run'] = async (lab) => {
	const { rest, sandboxes } = lab;
	sandboxes.appflow.runs({ runningMs: 600_000 });
	const changed = await example('copy-from-s3-to-s3-with-appflow.json', lab);
	node(changed, 'Start Flow').parameters.options = { pollInterval: 1 };
	const workflow = await rest.addWorkflow(changed);
	const execution = await rest.start(workflow);
	const { requests } = sandboxes.appflow;
	const polls = () => requests.filter(({ path }) => path.startsWith('/describe-flow-exec')).length;
	await until(() => polls() >= 2, 'The wait for the run', 60);
	await rest.stop(execution);
	const { status } = await rest.ended(workflow, execution);
	assert.equal(status, 'canceled');
	await pause(1000);
	const before = polls();
	await pause(3000);
	assert.equal(polls(), before, 'The node still polls after the cancel');
	return undefined;
};

/** Two sources in the sandbox, with a spec whose properties are described. */
async function twoSources({ sandboxes: { portable } }: Lab): Promise<void> {
	for (const displayName of ['Sales of Acme', 'Sales of Bluebird']) {
		const response = await fetch(`${portable.url}/v2/sources`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${portable.token}`,
				'content-type': 'application/json',
			},
			body: JSON.stringify({ sourceSpec: 'everything', displayName, properties: {} }),
		});
		assert.equal(response.status, 201);
	}
}

const listSearch: Scenario['run'] = async (lab) => {
	await twoSources(lab);
	const { portableApi: credential } = lab.credentials;
	assert(credential);
	const request = {
		methodName: 'searchSources',
		path: 'parameters.source',
		node: 'portable',
		parameters: { resource: 'flow', operation: 'create' },
		credential,
	};
	const all = await lab.rest.list(request);
	assert.equal(all.results.length, 2);
	const { results } = await lab.rest.list({ ...request, filter: 'blue' });
	assert.deepEqual(
		results.map(({ value }) => Number(value)),
		[lab.sandboxes.portable.truth.sources[1]?.id],
	);
	return undefined;
};

const form: Scenario['run'] = async (lab) => {
	await twoSources(lab);
	const { portableApi: credential } = lab.credentials;
	assert(credential);
	const { fields } = await lab.rest.form({
		methodName: 'sourceForm',
		path: 'parameters.propertiesForm',
		node: 'portable',
		parameters: {
			resource: 'source',
			operation: 'create',
			sourceSpec: { __rl: true, mode: 'name', value: 'everything' },
			specifyProperties: 'form',
		},
		credential,
	});
	const types = new Map(fields.map(({ id, type }) => [id, type]));
	assert.equal(types.get('title'), 'string');
	assert.equal(types.get('limit'), 'number');
	assert.equal(types.get('live'), 'boolean');
	return undefined;
};

/** In the order of the table. Names are in the stored results: after a change, run all versions again. */
export const scenarios: Scenario[] = [
	{ name: 'Create a source, a destination and a flow', run: create },
	{ name: 'Set up ten customers, twice', run: tenCustomers },
	{ name: 'Run a flow and wait', run: runAndWait },
	{ name: 'Diga: Create and Publish', run: createAndPublish },
	{ name: 'Amazon AppFlow: create, start and wait', run: appFlow },
	{ name: 'Trigger in an active workflow', run: trigger },
	{ name: 'Error message for a wrong token', run: wrongToken },
	{ name: 'Credential test', run: credentialTest },
	{ name: 'Recover a lost response', run: lostResponse },
	{ name: 'Error output', run: errorOutput },
	{ name: 'Cancel a wait', run: cancel },
	{ name: 'Search a list', run: listSearch },
	{ name: 'Load a form', run: form },
];
