import { copy, hourly } from '../../sandbox/appflow/flows.ts';
import { movableClock, passHours } from '../clock.ts';
import { activate } from '../harness.ts';
import type { Poller } from '../harness.ts';
import { appflow, credentials, paths } from './case.ts';

movableClock();

let lastRun = 0;

function succeeded(flowName: string): string {
	const executionId = `run-${++lastRun}`;
	const now = Date.now();
	appflow.truth.executions.push({
		executionId,
		flowName,
		executionStatus: 'Successful',
		startedAt: now,
		endsAt: now,
	});
	return executionId;
}

function trigger(parameters: Parameters<typeof activate>[2]): Poller {
	return activate('amazonAppFlowTrigger', credentials(), parameters);
}

async function names(poller: Poller): Promise<unknown[]> {
	return (await poller.poll()).map(({ flowName }) => flowName);
}

it('No Successful Run: reports a flow once, and again after a successful run on any page', async () => {
	const { flowName } = appflow.addFlow({ ...copy, flowName: 'flow-1' });
	const poller = trigger({ event: 'noSuccessfulRun', noSuccessFor: 1, noSuccessUnit: 'days' });
	expect(await names(poller)).toEqual([]);
	passHours(10);
	const success = succeeded(flowName);
	for (let index = 0; index < 150; index++) {
		appflow.truth.executions.push({
			executionId: `failed-${index}`,
			flowName,
			executionStatus: 'Error',
			startedAt: Date.now(),
			endsAt: Date.now(),
		});
	}
	passHours(20);
	expect(await names(poller)).toEqual([]);
	passHours(5);
	expect(await poller.poll()).toMatchObject([
		{ flowName, lastSuccessfulRun: { executionId: success } },
	]);
	passHours(30);
	expect(await names(poller)).toEqual([]);
	succeeded(flowName);
	passHours(25);
	expect(await names(poller)).toEqual([flowName]);
});

describe('Flow Deactivated', () => {
	const deactivated = { event: 'flowDeactivated' };

	it.each(['Suspended', 'Errored'] as const)('reports %s once, with the reason', async (status) => {
		const flow = appflow.addFlow(hourly, { flowStatus: 'Active' });
		appflow.addFlow({ ...copy, flowName: 'other' });
		const poller = trigger(deactivated);
		expect(await names(poller)).toEqual([]);
		flow.flowStatus = status;
		const [item, ...others] = await poller.poll();
		expect(others).toEqual([]);
		expect(item).toMatchObject({ flowName: hourly.flowName, flowStatus: status });
		// the flow as Flow > Get outputs it
		expect(item).toHaveProperty('sourceFlowConfig');
		expect(paths().filter((path) => path === '/describe-flow')).toHaveLength(1);
		expect(await names(poller)).toEqual([]);
		flow.flowStatus = 'Active';
		expect(await names(poller)).toEqual([]);
		flow.flowStatus = status;
		expect(await names(poller)).toEqual([hourly.flowName]);
	});

	it('reports nothing for a draft, and for a flow that was inactive before', async () => {
		appflow.addFlow(hourly, { flowStatus: 'Draft' });
		appflow.addFlow({ ...hourly, flowName: 'old' }, { flowStatus: 'Suspended' });
		const poller = trigger(deactivated);
		await poller.poll();
		expect(await names(poller)).toEqual([]);
	});

	it('reports the flow at a later poll if its reason cannot be read', async () => {
		const flow = appflow.addFlow(hourly, { flowStatus: 'Active' });
		const poller = trigger(deactivated);
		await poller.poll();
		flow.flowStatus = 'Errored';
		appflow.misbehave({ kind: 'answer', status: 403, path: '/describe-flow' });
		expect(await names(poller)).toEqual([]);
		expect(await names(poller)).toEqual([hourly.flowName]);
	});

	it('reports a flow that was deactivated while n8n was restarted', async () => {
		const flow = appflow.addFlow(hourly, { flowStatus: 'Active' });
		const poller = trigger(deactivated);
		await poller.poll();
		flow.flowStatus = 'Suspended';
		poller.restart();
		expect(await names(poller)).toEqual([hourly.flowName]);
	});
});
