import { movableClock, passHours } from '../clock.ts';
import { activate, describeNode } from '../harness.ts';
import type { Poller } from '../harness.ts';
import { credentials, portable } from './case.ts';

movableClock();

let lastRun = 60_000;

function aFlow(id: number, more: object = {}): number {
	const createdAt = new Date().toISOString();
	const flow = { id, source: 1, destination: 2, displayName: `Flow ${id}`, disabled: false };
	portable.truth.flows.push({ ...flow, createdAt, updatedAt: createdAt, ...more });
	return id;
}

/** Adds a run that has ended now. @returns its ID */
function ended(flow: number, disposition: 'SUCCEEDED' | 'FAILED' | 'NONE' = 'SUCCEEDED'): number {
	const now = new Date().toISOString();
	portable.truth.runs.push({
		id: ++lastRun,
		flow,
		trigger: 'scheduled',
		lifecycle: 'NOT_RUNNING',
		disposition,
		completedAt: disposition === 'SUCCEEDED' ? now : null,
		createdAt: now,
	});
	return lastRun;
}

function trigger(parameters: Parameters<typeof activate>[2], more = {}): Poller {
	return activate('portableTrigger', credentials(), parameters, more);
}

const overdue = { event: 'noSuccessfulRun', noSuccessFor: 12, noSuccessUnit: 'hours' };

async function ids(poller: Poller): Promise<unknown[]> {
	return (await poller.poll()).map(({ id }) => id);
}

describe('Trigger On: No Successful Run', () => {
	it('reports a flow once, and again after a successful run', async () => {
		const flow = aFlow(1);
		const poller = trigger(overdue);
		expect(await ids(poller)).toEqual([]);
		passHours(6);
		const success = ended(flow);
		passHours(11);
		const failure = ended(flow, 'FAILED');
		expect(await ids(poller)).toEqual([]);
		passHours(1.5);
		const [item, ...others] = await poller.poll();
		expect(others).toEqual([]);
		expect(item).toMatchObject({
			id: flow,
			lastSuccessfulRun: { id: success },
			lastRun: { id: failure, disposition: 'FAILED' },
		});
		expect(item?.noSuccessSince).toBe(item && (item.lastSuccessfulRun as never)['completedAt']);
		for (let hour = 0; hour < 30; hour += 2) {
			passHours(2);
			expect(await ids(poller)).toEqual([]);
		}
		ended(flow);
		for (let hour = 0; hour < 12; hour += 2) {
			expect(await ids(poller)).toEqual([]);
			passHours(2);
		}
		passHours(0.1);
		expect(await ids(poller)).toEqual([flow]);
		expect(await ids(poller)).toEqual([]);
	});

	it('reports flows that never had a run, counted from their creation', async () => {
		const first = aFlow(1);
		const poller = trigger(overdue);
		await poller.poll();
		passHours(6);
		const second = aFlow(2);
		passHours(7);
		expect(await poller.poll()).toEqual([{ id: first, noSuccessSince: expect.any(String) }]);
		passHours(6);
		expect(await ids(poller)).toEqual([second]);
	});

	it('does not report at once flows that had no run before the workflow was activated', async () => {
		aFlow(1);
		passHours(1000);
		const poller = trigger(overdue);
		expect(await ids(poller)).toEqual([]);
		expect(await ids(poller)).toEqual([]);
	});

	it('is not satisfied by failed or canceled runs', async () => {
		const flow = aFlow(1);
		const poller = trigger({ ...overdue, noSuccessFor: 1, noSuccessUnit: 'days' });
		await poller.poll();
		for (let hour = 0; hour < 24; hour += 6) {
			passHours(6);
			ended(flow, hour % 12 === 0 ? 'FAILED' : 'NONE');
		}
		passHours(0.1);
		expect(await ids(poller)).toEqual([flow]);
	});

	it('sends no request for runs until a flow can be overdue', async () => {
		aFlow(1);
		const poller = trigger(overdue);
		await poller.poll();
		passHours(11);
		await poller.poll();
		expect(portable.requests.filter(({ path }) => path.includes('/run'))).toEqual([]);
	});

	it.each(['live', 'started', 'cursor'] as const)(
		'reports once also after a restart, if n8n keeps the data as in %s',
		async (keeps) => {
			const flow = aFlow(1);
			const poller = trigger(overdue, { keeps });
			await poller.poll();
			await poller.poll();
			passHours(13);
			expect(await ids(poller)).toEqual([flow]);
			poller.restart();
			passHours(13);
			expect(await ids(poller)).toEqual([]);
			expect(await ids(poller)).toEqual([]);
		},
	);

	it('checks a flow again after a failed check, and fails if all checks fail', async () => {
		const flow = aFlow(1);
		const poller = trigger(overdue);
		await poller.poll();
		passHours(13);
		portable.misbehave({
			method: 'GET',
			path: `/v2/flows/${flow}/run`,
			kind: 'answer',
			status: 401,
		});
		await expect(poller.poll()).rejects.toThrow('status 401');
		expect(await ids(poller)).toEqual([flow]);
	});

	it('fails for a selected flow that does not exist when the watch starts', async () => {
		const poller = trigger({ ...overdue, watch: 'ids', ids: '7' });
		await expect(poller.poll()).rejects.toThrow('Portable has no flow with the ID 7');
	});

	it('a test shows a flow that is overdue, and stores nothing', async () => {
		const flow = aFlow(1);
		const poller = trigger(overdue);
		passHours(13);
		expect(await poller.test()).toMatchObject([{ id: flow }]);
		ended(flow);
		await expect(poller.test()).rejects.toThrow(
			'Each of the checked flows has a successful run in this time',
		);
	});
});

describe('Trigger On: Flow Deactivated', () => {
	const deactivated = { event: 'flowDeactivated' };
	const disable = (id: number, disabled = true) => {
		Object.assign(portable.truth.flows.find((flow) => flow.id === id) ?? {}, { disabled });
	};

	it('reports a flow when it is disabled, and again after it was enabled', async () => {
		aFlow(1, { disabled: true });
		const flow = aFlow(2);
		const poller = trigger(deactivated);
		expect(await ids(poller)).toEqual([]);
		disable(flow);
		expect(await poller.poll()).toEqual([
			expect.objectContaining({ id: flow, displayName: 'Flow 2', disabled: true }),
		]);
		expect(await ids(poller)).toEqual([]);
		disable(flow, false);
		expect(await ids(poller)).toEqual([]);
		disable(flow);
		expect(await ids(poller)).toEqual([flow]);
	});

	it('does not take a flow without the member as deactivated', async () => {
		const flow = aFlow(1);
		const poller = trigger(deactivated);
		await poller.poll();
		Object.assign(portable.truth.flows[0] ?? {}, { disabled: undefined });
		portable.dialect({ sparse: true });
		expect(await ids(poller)).toEqual([]);
		portable.dialect({});
		disable(flow);
		expect(await ids(poller)).toEqual([flow]);
	});

	it('watches the selected flows only, which must exist', async () => {
		const [first, second] = [aFlow(1), aFlow(2)];
		const poller = trigger({ ...deactivated, watch: 'ids', ids: String(second) });
		await poller.poll();
		disable(first);
		disable(second);
		expect(await ids(poller)).toEqual([second]);
		const other = trigger({ ...deactivated, watch: 'ids', ids: '7' });
		await expect(other.poll()).rejects.toThrow('Portable has no flow with the ID 7');
	});

	it('says so if Portable does not offer a list', async () => {
		portable.dialect({ noLists: true });
		await expect(trigger(deactivated).poll()).rejects.toThrow(
			'Portable does not offer a list of flows',
		);
	});
});

it('a workflow without Trigger On starts for finished runs; another event starts its own watch', async () => {
	const { properties } = await describeNode('portableTrigger');
	expect(properties.find(({ name }) => name === 'event')).toMatchObject({ default: 'runFinished' });
	const flow = aFlow(1);
	const poller = trigger({});
	await poller.poll();
	const run = ended(flow);
	expect(await ids(poller)).toEqual([run]);
	await poller.poll({ event: 'flowDeactivated' });
	ended(flow);
	expect((await poller.poll()).map(({ id }) => id)).toEqual([]);
	const later = ended(flow);
	expect(await ids(poller)).toEqual([later]);
});
