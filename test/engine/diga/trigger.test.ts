import { activate, callMethod } from '../harness.ts';
import type { Poller } from '../harness.ts';
import { aFlow, requestLines, credentials, diga } from './case.ts';

function trigger(parameters: Parameters<typeof activate>[2] = {}): Poller {
	return activate('digaTrigger', credentials(), parameters);
}

async function ids(poller: Poller, parameters?: Parameters<Poller['poll']>[0]): Promise<unknown[]> {
	return (await poller.poll(parameters)).map(({ id }) => id);
}

/** Adds a finished execution. @returns its ID */
function ended(flow: string, status: Parameters<typeof diga.start>[1] = {}): string {
	return diga.start(flow, { runningAfterMs: 0, finishedAfterMs: 0, ...status }).id;
}

it('starts at the current time, and reports each finished execution once, as received', async () => {
	const flow = await aFlow();
	ended(flow);
	const poller = trigger();
	expect(await ids(poller)).toEqual([]);
	const run = ended(flow);
	expect(await poller.poll()).toEqual([
		expect.objectContaining({
			id: run,
			flowId: flow,
			flowDisplayName: 'Mine',
			status: 'SUCCEEDED',
		}),
	]);
	expect(await ids(poller)).toEqual([]);
});

it('remembers an execution while it is queued and running', async () => {
	const flow = await aFlow();
	const poller = trigger();
	await poller.poll();
	const { id } = diga.start(flow, { status: 'TIMEOUT' });
	expect(await ids(poller)).toEqual([]);
	diga.passTime(2000);
	expect(await ids(poller)).toEqual([]);
	diga.passTime(4000);
	expect(await ids(poller)).toEqual([id]);
	expect(await ids(poller)).toEqual([]);
});

it('remembers a paused execution behind any number of newer ones, with few requests', async () => {
	const flow = await aFlow();
	const poller = trigger();
	await poller.poll();
	const never = { runningAfterMs: 0, finishedAfterMs: 0, status: 'PAUSED', steps: {} } as const;
	const [paused, gone] = [diga.start(flow, never), diga.start(flow, never)];
	await poller.poll();
	for (let run = 0; run < 200; run++) ended(flow);
	expect(await ids(poller)).toHaveLength(200);
	diga.truth.runs.splice(diga.truth.runs.indexOf(gone), 1);
	diga.requests.length = 0;
	expect(await ids(poller)).toEqual([]);
	expect(requestLines().length).toBeLessThanOrEqual(6);
	paused.status = 'SUCCEEDED';
	const [run, ...others] = await poller.poll();
	expect(others).toEqual([]);
	expect(run).toMatchObject({ id: paused.id, status: 'SUCCEEDED', flowId: flow });
	expect(run).not.toHaveProperty('steps');
	expect(await ids(poller)).toEqual([]);
});

it('reports executions in the order in which they finished', async () => {
	const flow = await aFlow();
	const poller = trigger();
	await poller.poll();
	const slow = diga.start(flow, { runningAfterMs: 0, finishedAfterMs: 9000 });
	const quick = diga.start(flow, { runningAfterMs: 0, finishedAfterMs: 2000 });
	diga.passTime(10_000);
	expect(await ids(poller)).toEqual([quick.id, slow.id]);
});

const ends = [
	'SUCCEEDED',
	'FAILED',
	'TIMEOUT',
	'CANCELED',
	'INTERNAL_ERROR',
	'QUOTA_EXCEEDED',
	'MEMORY_LIMIT_EXCEEDED',
] as const;

it.each([
	['any', [...ends]],
	['succeeded', ['SUCCEEDED']],
	['failed', ['FAILED', 'TIMEOUT', 'INTERNAL_ERROR', 'QUOTA_EXCEEDED', 'MEMORY_LIMIT_EXCEEDED']],
])('outcome %s', async (outcome, wanted) => {
	const flow = await aFlow();
	const poller = trigger({ outcome });
	await poller.poll();
	for (const status of ends) ended(flow, { status });
	diga.start(flow, { status: 'PAUSED', runningAfterMs: 0, finishedAfterMs: 0 });
	const reported = (await poller.poll()).map(({ status }) => status);
	expect(new Set(reported)).toEqual(new Set(wanted));
	expect(reported).toHaveLength(wanted.length);
});

it('reads all pages of 30 after a long pause, also if executions have the same time', async () => {
	const flow = await aFlow();
	for (let run = 0; run < 40; run++) ended(flow);
	const poller = trigger();
	await poller.poll();
	const runs = Array.from({ length: 130 }, () => ended(flow));
	poller.restart();
	const reported = await ids(poller);
	expect(new Set(reported)).toEqual(new Set(runs));
	expect(reported).toHaveLength(130);
	expect(await ids(poller)).toEqual([]);
});

it('watches all flows of all pages, or the chosen flows', async () => {
	const flows: string[] = [];
	for (let index = 0; index < 35; index++) flows.push(await aFlow(`Flow ${index}`));
	const all = trigger();
	const some = trigger({ watch: 'ids', ids: `${flows[3] ?? ''}, ${flows[33] ?? ''}` });
	await all.poll();
	await some.poll();
	const runs = flows.map((flow) => ended(flow));
	expect(new Set(await ids(all))).toEqual(new Set(runs));
	expect(new Set(await ids(some))).toEqual(new Set([runs[3], runs[33]]));
});

it('reports executions that finished while Diga was down', async () => {
	const flow = await aFlow();
	const poller = trigger();
	await poller.poll();
	const run = ended(flow);
	diga.misbehave({ kind: 'answer', status: 403, times: 1000, body: '{"detail": "Forbidden"}' });
	await expect(poller.poll()).rejects.toThrow('Forbidden');
	diga.behave();
	expect(await ids(poller)).toEqual([run]);
});

it('rejects an invalid ID before it sends anything', async () => {
	await expect(trigger({ watch: 'ids', ids: 'a/b' }).poll()).rejects.toThrow(
		'Flow IDs must be IDs separated by commas, but contains "a/b"',
	);
	expect(requestLines()).toEqual([]);
});

it('lists the flows', async () => {
	const flow = await aFlow('Calls');
	const options = await callMethod('digaTrigger', 'loadOptions.getFlows', {
		credentials: credentials(),
	});
	expect(options).toEqual([{ name: expect.stringContaining('Calls'), value: flow }]);
});

it('shows the latest matching execution in a test run', async () => {
	const flow = await aFlow();
	ended(flow);
	diga.passTime(1000);
	const failed = ended(flow, { status: 'FAILED' });
	diga.passTime(1000);
	ended(flow);
	expect((await trigger({ outcome: 'failed' }).test()).map(({ id }) => id)).toEqual([failed]);
});

it('reports an execution that was already paused behind more than one page at activation', async () => {
	const flow = await aFlow();
	const paused = diga.start(flow, { runningAfterMs: 0, finishedAfterMs: 0, status: 'PAUSED' });
	diga.passTime(1000);
	for (let run = 0; run < 100; run++) ended(flow);
	const poller = trigger();
	await poller.poll();
	paused.status = 'SUCCEEDED';
	expect(await ids(poller)).toEqual([paused.id]);
	expect(await ids(poller)).toEqual([]);
});

it.each([
	['any', 1],
	['failed', 0],
	['succeeded', 0],
])('treats an unknown status with a finish time as finished: %s', async (outcome, count) => {
	diga.dialect({ laterStates: true });
	const flow = await aFlow();
	const poller = trigger({ outcome });
	await poller.poll();
	ended(flow, { status: 'EXPIRED' });
	expect(await ids(poller)).toHaveLength(count);
	expect(await ids(poller)).toEqual([]);
});
