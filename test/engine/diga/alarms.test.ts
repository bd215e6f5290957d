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
