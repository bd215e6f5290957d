// Runs the examples with the packed package in a real n8n, by its command line.
import { RECEPTION } from '../sandbox/diga/diga.ts';
import { appflow, diga, items, n8n, portable } from './case.ts';
import { copy, hourly } from '../sandbox/appflow/flows.ts';

/** A workflow that calls Amazon AppFlow by the HTTP Request node with the credential of this package. */
function asking(id: string, url: string) {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [0, 0],
		parameters,
	});
	const credentials = {
		amazonAppFlowApi: { id: 'dfAppFlowApi0001', name: 'Amazon AppFlow account' },
	};
	const request = node('HTTP Request', 'httpRequest', 4.2, {
		method: 'POST',
		url,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'amazonAppFlowApi',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '{"maxResults": 5}',
		options: {},
	});
	return {
		id,
		name: 'Ask',
		active: false,
		nodes: [node('Start', 'manualTrigger', 1, {}), { ...request, credentials }],
		connections: { Start: { main: [[{ node: 'HTTP Request', type: 'main', index: 0 }]] } },
		settings: {},
	};
}

describe('the packed package in a real n8n, by its command line', () => {
	it('sets up a Portable flow, and outputs what the service has stored', async () => {
		const execution = await n8n.execute('dfPortableSetUp1');
		expect(execution.data.resultData.error).toBeUndefined();
		const { sources, destinations, flows } = portable.truth;
		expect([sources.length, destinations.length, flows.length]).toEqual([1, 1, 1]);
		expect(items(execution, 'Create Source')[0]?.json).toMatchObject({
			id: sources[0]?.id,
			displayName: 'Sales of Example Ltd',
			properties: { domain: 'example-ltd.freshsales.io' },
		});
		expect(items(execution, 'Create Destination')[0]?.json).toMatchObject({
			id: destinations[0]?.id,
			properties: { account: 'example-ltd', port: 443, use_ssl: true },
		});
		expect(items(execution, 'Create Flow')[0]?.json).toEqual(flows[0]);
		expect(flows[0]).toMatchObject({
			source: sources[0]?.id,
			destination: destinations[0]?.id,
			displayName: 'Flow of Sales of Example Ltd',
			frequency: '24h',
		});
	});

	it('sets up ten customers, and creates nothing twice in a second execution', async () => {
		const first = await n8n.execute('dfPortableBatch1');
		const second = await n8n.execute('dfPortableBatch1');
		const { sources, destinations, flows } = portable.truth;
		expect([sources.length, destinations.length, flows.length]).toEqual([10, 1, 10]);
		for (const execution of [first, second]) {
			expect(items(execution, 'Create Flow').map(({ json }) => json)).toEqual(
				expect.arrayContaining(flows),
			);
			expect(items(execution, 'Create Flow').map(({ json }) => json.source)).toEqual(
				items(execution, 'Create Source').map(({ json }) => json.id),
			);
			expect(items(execution, 'Create Flow').map(({ pairedItem }) => pairedItem)).toEqual(
				Array.from({ length: 10 }, (_, item) => ({ item })),
			);
		}
	});

	it('onboards a customer end to end, and branches on the result of the run', async () => {
		const ready = await n8n.execute('dfPortableOnb001');
		expect(items(ready, 'Report Success')).toMatchObject([
			{ json: { id: portable.truth.runs[0]?.id, disposition: 'SUCCEEDED' } },
		]);
		portable.runs({ errors: ['The domain does not answer'] });
		const failed = await n8n.execute('dfPortableOnb001');
		expect(items(failed, 'Report Failure')).toMatchObject([
			{ json: { disposition: 'FAILED', errors: ['The domain does not answer'] } },
		]);
		const { sources, flows, runs } = portable.truth;
		expect([sources.length, flows.length, runs.length]).toEqual([1, 1, 2]);
	});

	it('checks all flows, and reports names and errors of those that failed', async () => {
		await n8n.execute('dfPortableBatch1');
		for (const [index, flow] of portable.truth.flows.entries()) {
			const failed = index === 3 || index === 7;
			portable.truth.runs.push({
				id: 1000 + index,
				flow: flow.id,
				trigger: 'scheduled',
				lifecycle: 'NOT_RUNNING',
				disposition: failed ? 'FAILED' : 'SUCCEEDED',
				errors: failed ? ['No access'] : null,
				completedAt: null,
				createdAt: new Date().toISOString(),
			});
		}
		const execution = await n8n.execute('dfPortableHlt001');
		expect(items(execution, 'Report').map(({ json }) => json)).toEqual([
			{ flow: 'Delta to Data Lake', errors: ['No access'] },
			{ flow: 'Harbor to Data Lake', errors: ['No access'] },
		]);
	});

	it('creates a Diga flow that an agent runs after a call, and reuses it in a second execution', async () => {
		for (const execution of [
			await n8n.execute('dfDigaPostCall01'),
			await n8n.execute('dfDigaPostCall01'),
		]) {
			expect(execution.data.resultData.error).toBeUndefined();
			expect(items(execution, 'Result').map(({ json }) => json)).toEqual([
				{
					flow: diga.truth.flows[0]?.id,
					status: 'ENABLED',
					customer: 'Example Ltd',
					agent: 'Reception',
					runsTheFlow: true,
				},
			]);
		}
		expect(diga.truth.flows).toHaveLength(1);
		expect(diga.call(RECEPTION)).toMatchObject([{ flowId: diga.truth.flows[0]?.id }]);
		expect(JSON.stringify(diga.truth.flows[0]?.published)).toContain(
			'"input":{"channel":"#calls-example","text":"{{step_1.body.summary}}"}',
		);
	});

	it('copies from S3 to S3: creates the flow once, runs it, waits, and reports the number of records', async () => {
		const first = await n8n.execute('dfAppFlowCopy001');
		expect(items(first, 'Report Record Count').map(({ json }) => json)).toMatchObject([
			{ moved: 100 },
		]);
		appflow.runs({ recordsProcessed: 0 });
		const second = await n8n.execute('dfAppFlowCopy001');
		expect(items(second, 'Report No Records')).toHaveLength(1);
		const { flows, executions } = appflow.truth;
		expect(flows).toMatchObject([{ flowName: 'copy-orders', flowStatus: 'Active' }]);
		expect(executions).toHaveLength(2);
	});

	it('moves Salesforce accounts to S3 every hour, and activates the flow', async () => {
		for (const execution of [
			await n8n.execute('dfAppFlowHour001'),
			await n8n.execute('dfAppFlowHour001'),
		]) {
			expect(execution.data.resultData.error).toBeUndefined();
			expect(items(execution, 'Result').map(({ json }) => json)).toEqual([
				{ flow: 'salesforce-accounts-hourly', status: 'Active' },
			]);
		}
		expect(appflow.truth.flows).toMatchObject([
			{
				flowStatus: 'Active',
				triggerConfig: {
					triggerProperties: {
						Scheduled: { scheduleExpression: 'rate(1hours)', dataPullMode: 'Incremental' },
					},
				},
				tags: { team: 'sales' },
			},
		]);
	});

	it('stops only the failing flows', async () => {
		const outcomes = { fine: undefined, broken: 'The login of the connection has expired' };
		for (const [flowName, fails] of Object.entries(outcomes)) {
			appflow.addFlow({ ...hourly, flowName }, { flowStatus: 'Active' });
			appflow.truth.executions.push({
				executionId: flowName,
				flowName,
				executionStatus: 'InProgress',
				startedAt: Date.now() - 2000,
				endsAt: Date.now() - 1000,
				fails,
			});
		}
		appflow.addFlow({ ...copy, flowName: 'by-hand' });
		appflow.truth.executions.push({
			executionId: 'by-hand',
			flowName: 'by-hand',
			executionStatus: 'InProgress',
			startedAt: Date.now() - 2000,
			endsAt: Date.now() - 1000,
			fails: 'No access',
		});
		const execution = await n8n.execute('dfAppFlowStop001');
		expect(items(execution, 'Report').map(({ json }) => json)).toEqual([
			{ flow: 'broken', error: outcomes.broken, status: 'Suspended' },
		]);
		expect(appflow.truth.flows.map(({ flowStatus }) => flowStatus)).toEqual([
			'Active',
			'Suspended',
			'Active',
		]);
	});

	it('lets the HTTP Request node use its credentials, for their host only', async () => {
		appflow.addFlow(copy);
		const ask = async (url: string) => {
			const id = 'dfHttpRequest001';
			await n8n.importWorkflows([asking(id, url)]);
			return await n8n.execute(id);
		};
		const answer = await ask(`${appflow.url}/list-flows`);
		expect(items(answer, 'HTTP Request')).toMatchObject([
			{ json: { flows: [{ flowName: copy.flowName }] } },
		]);
		const refused = await ask(`${portable.url}/list-flows`).catch(String);
		expect(JSON.stringify(refused)).toMatch(
			/is only for http:\/\/127\.0\.0\.1:\d+ and is not sent/,
		);
		expect(portable.requests).toEqual([]);
	});

	it('stores the token nowhere in the data of an execution', async () => {
		portable.misbehave({
			method: 'POST',
			kind: 'answer',
			status: 401,
			body: '{"message": "Unauthorized"}',
		});
		const execution = await n8n.execute('dfPortableSetUp1').catch(String);
		expect(JSON.stringify(execution)).toContain('Unauthorized [Item 0]');
		expect(JSON.stringify(execution)).not.toContain(portable.token);
	});
});
