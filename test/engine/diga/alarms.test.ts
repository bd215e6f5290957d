import { activate } from '../harness.ts';
import type { Poller } from '../harness.ts';
import { aFlow, credentials, diga } from './case.ts';

const HOUR_MS = 3_600_000;

function trigger(parameters: Parameters<typeof activate>[2]): Poller {
	return activate('digaTrigger', credentials(), parameters);
}

async function ids(poller: Poller): Promise<unknown[]> {
	return (await poller.poll()).map(({ id }) => id);
}

it('No Successful Execution: reports a flow once, and again after a successful execution', async () => {
	const flow = await aFlow();
	const poller = trigger({ event: 'noSuccessfulRun', noSuccessFor: 6, noSuccessUnit: 'hours' });
	expect(await ids(poller)).toEqual([]);
	diga.passTime(4 * HOUR_MS);
	const { id } = diga.start(flow, { runningAfterMs: 0, finishedAfterMs: 0 });
	diga.passTime(4 * HOUR_MS);
	diga.start(flow, { runningAfterMs: 0, finishedAfterMs: 0, status: 'FAILED' });
	expect(await ids(poller)).toEqual([]);
	diga.passTime(3 * HOUR_MS);
	expect(await poller.poll()).toMatchObject([
		{ id: flow, lastSuccessfulRun: { id }, lastRun: { status: 'FAILED' } },
	]);
	diga.passTime(20 * HOUR_MS);
	expect(await ids(poller)).toEqual([]);
	diga.start(flow, { runningAfterMs: 0, finishedAfterMs: 0 });
	diga.passTime(7 * HOUR_MS);
	expect(await ids(poller)).toEqual([flow]);
});

it('No Successful Execution: finds a successful execution behind many failed ones', async () => {
	const flow = await aFlow();
	const poller = trigger({ event: 'noSuccessfulRun', noSuccessFor: 6, noSuccessUnit: 'hours' });
	await poller.poll();
	diga.passTime(4 * HOUR_MS);
	const { id } = diga.start(flow, { runningAfterMs: 0, finishedAfterMs: 0 });
	diga.passTime(HOUR_MS);
	for (let index = 0; index < 700; index++) {
		diga.start(flow, { runningAfterMs: 0, finishedAfterMs: 0, status: 'FAILED' });
	}
	diga.passTime(2 * HOUR_MS);
	expect(await ids(poller)).toEqual([]);
	diga.passTime(4 * HOUR_MS);
	expect(await poller.poll()).toMatchObject([{ id: flow, lastSuccessfulRun: { id } }]);
});

it('No Successful Execution: reports nothing if Diga does not show all executions', async () => {
	const flow = await aFlow();
	const poller = trigger({ event: 'noSuccessfulRun', noSuccessFor: 6, noSuccessUnit: 'hours' });
	await poller.poll();
	diga.passTime(HOUR_MS);
	const { id } = diga.start(flow, {
		runningAfterMs: 0,
		finishedAfterMs: 0,
		status: 'FAILED',
	});
	diga.passTime(6 * HOUR_MS);
	// each page has the same cursor, so that the others cannot be read
	const execution = {
		id,
		status: 'FAILED',
		created: new Date(Date.now() + 6 * HOUR_MS).toISOString(),
	};
	diga.misbehave({
		kind: 'answer',
		status: 200,
		path: `/v1/workflow/${flow}/executions`,
		body: JSON.stringify({ data: [execution], has_more: true, last_id: id }),
		times: 2,
	});
	await expect(poller.poll()).rejects.toThrow('executions');
	expect(await ids(poller)).toEqual([flow]);
});

it('Flow Deactivated: reports a flow when it is disabled, and not a new draft', async () => {
	const [flow] = [await aFlow('Mine'), await aFlow('Draft')];
	const first = diga.truth.flows.find(({ id }) => id === flow);
	Object.assign(first ?? {}, { status: 'ENABLED' });
	const poller = trigger({ event: 'flowDeactivated' });
	expect(await ids(poller)).toEqual([]);
	Object.assign(first ?? {}, { status: 'DISABLED' });
	expect(await poller.poll()).toMatchObject([{ id: flow, status: 'DISABLED' }]);
	expect(await ids(poller)).toEqual([]);
});

it.each(['ARCHIVED', null, undefined])(
	'Flow Deactivated: does not report a flow whose status is %j, which says nothing',
	async (status) => {
		const flow = await aFlow();
		const listed = (shown: unknown) => {
			const now = new Date().toISOString();
			const data = [{ id: flow, created: now, updated: now, status: shown }];
			const body = JSON.stringify({ data, has_more: false });
			diga.misbehave({ path: '/v1/workflow/', kind: 'answer', status: 200, body });
		};
		const poller = trigger({ event: 'flowDeactivated' });
		listed('ENABLED');
		expect(await ids(poller)).toEqual([]);
		listed(status);
		expect(await ids(poller)).toEqual([]);
		listed('DISABLED');
		expect(await ids(poller)).toEqual([flow]);
	},
);

it('Flow Deactivated: an incomplete list does not forget the flows that it lacks', async () => {
	const flow = await aFlow();
	const [first] = diga.truth.flows;
	Object.assign(first ?? {}, { status: 'ENABLED' });
	const poller = trigger({ event: 'flowDeactivated' });
	expect(await ids(poller)).toEqual([]);
	const body = JSON.stringify({ data: [], has_more: true });
	diga.misbehave({ path: '/v1/workflow/', kind: 'answer', status: 200, body, times: 2 });
	expect(await ids(poller)).toEqual([]);
	Object.assign(first ?? {}, { status: 'DISABLED' });
	expect(await ids(poller)).toEqual([flow]);
});
