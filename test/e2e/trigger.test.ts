import { setTimeout as pause } from 'node:timers/promises';
import { startPortable } from '../sandbox/portable/portable.ts';
import type { PortableSandbox } from '../sandbox/portable/portable.ts';
import { hourly } from '../sandbox/appflow/flows.ts';
import { appflow, diga, n8n } from './case.ts';
import { portableCredential } from './examples.ts';
import { addFlows, addRun, TRACING, tracing } from './tracing.ts';

describe('the trigger in an active workflow of a real n8n', () => {
	let watched: PortableSandbox;

	beforeAll(async () => {
		watched = await startPortable();
		const id = 'dfPortableApi002';
		await n8n.importCredentials([portableCredential(watched.url, watched.token, id)]);
		await n8n.importWorkflows([await tracing('collect-errors-of-failed-portable-runs.json', id)]);
		await n8n.publish(TRACING);
		await n8n.publish('dfDigaFailed0001');
		await n8n.publish('dfAppFlowFail001');
		addFlows(watched);
	});

	afterAll(async () => {
		await watched.stop();
	});

	const ends = (flow: number, disposition?: 'FAILED' | 'SUCCEEDED') => {
		addRun(watched, flow, disposition);
	};

	const digaFlow = async () => {
		const response = await fetch(`${diga.url}/v1/workflow/`, {
			method: 'POST',
			headers: { authorization: `Bearer ${diga.token}`, 'content-type': 'application/json' },
			body: '{"name": "Call summary"}',
		});
		return ((await response.json()) as { id: string }).id;
	};

	/** Adds a failed execution. @returns its ID */
	const fails = (flow: string) =>
		diga.start(flow, { status: 'FAILED', runningAfterMs: 0, finishedAfterMs: 0 }).id;

	/** Adds a failed run of a scheduled flow. */
	const failsOnAws = (flowName: string) => {
		const now = Date.now();
		appflow.truth.executions.push({
			executionId: `run-${now}`,
			flowName,
			executionStatus: 'Error',
			startedAt: now,
			endsAt: now,
			fails: 'The bucket is gone',
		});
	};

	/** The flows of Amazon AppFlow that the workflow was started for and then retrieves. */
	const lookedUpOnAws = () => appflow.requests.filter(({ path }) => path === '/describe-flow');

	/** The executions that the workflow was started for and then retrieves. */
	const lookedUp = () =>
		diga.requests
			.map(({ path }) => path)
			.filter((path) => path.startsWith('/v1/workflow/executions/'));

	/** The traces of the runs that the workflow was started for, once no more arrive. */
	const traces = async (wanted: number) => {
		const { sources } = watched.truth;
		for (let tries = 0; sources.length < wanted && tries < 180; tries++) await pause(500);
		await pause(1500);
		return sources.map(({ displayName }) => displayName);
	};

	const starts = async () => {
		const asked = () => watched.requests.filter(({ path }) => path === '/v2/flows').length;
		const before = asked();
		await n8n.start();
		for (let tries = 0; asked() === before && tries < 120; tries++) await pause(500);
		expect(asked()).toBeGreaterThan(before);
		await pause(1500);
	};

	it('reports each failed run once, including runs that ended while n8n was down', async () => {
		const flow = await digaFlow();
		const { flowName } = appflow.addFlow(hourly, { flowStatus: 'Active' });
		ends(1);
		fails(flow);
		failsOnAws(flowName);
		await starts();
		expect(await traces(0)).toEqual([]);
		await n8n.stop();
		const failed = fails(flow);
		failsOnAws(flowName);
		ends(1);
		ends(2, 'SUCCEEDED');
		ends(3);
		await starts();
		expect(await traces(2)).toEqual(['Flow 1: Error 5002', 'Flow 3: Error 5004']);
		expect(lookedUp()).toEqual([`/v1/workflow/executions/${failed}`]);
		expect(lookedUpOnAws()).toHaveLength(1);
		await n8n.stop();
		await starts();
		expect(await traces(2)).toHaveLength(2);
		// reported by the next poll, a minute later
		ends(2);
		expect((await traces(3)).slice(2)).toEqual(['Flow 2: Error 5005']);
		expect(lookedUp()).toHaveLength(1);
		expect(lookedUpOnAws()).toHaveLength(1);
	});
});
