import { activate, callMethod } from '../harness.ts';
import type { Poller } from '../harness.ts';
import { credentials, portable } from './case.ts';

let lastRun = 1000;

function flow(id: number, displayName = `Flow ${id}`): number {
	portable.truth.flows.push({
		id,
		source: 1,
		destination: 2,
		displayName,
		disabled: false,
		createdAt: new Date().toISOString(),
		updatedAt: new Date().toISOString(),
	});
	return id;
}

type Attempt = (typeof portable.truth.runs)[number];

/** Adds a finished run to the sandbox, started by the schedule. */
function finished(of: number, more: Partial<Attempt> = {}): number {
	const now = new Date().toISOString();
	portable.truth.runs.push({
		id: ++lastRun,
		flow: of,
		trigger: 'scheduled',
		lifecycle: 'NOT_RUNNING',
		disposition: 'SUCCEEDED',
		resources: [{ name: 'contacts', extracted: 3, analyzed: 3, loaded: 3 }],
		completedAt: now,
		createdAt: now,
		...more,
	});
	return lastRun;
}

function trigger(parameters: Parameters<typeof activate>[2] = {}): Poller {
	return activate('portableTrigger', credentials(), parameters);
}

async function ids(poller: Poller, parameters?: Parameters<Poller['poll']>[0]): Promise<unknown[]> {
	return (await poller.poll(parameters)).map(({ id }) => id);
}

/** An hour ago, before the trigger was activated. */
const before = new Date(Date.now() - 3_600_000).toISOString();

it('reports each run that finishes after the activation, once, as received', async () => {
	const one = flow(1);
	finished(one);
	const poller = trigger();
	expect(await ids(poller)).toEqual([]);
	const run = finished(one);
	expect(await poller.poll()).toEqual([
		expect.objectContaining({
			id: run,
			flow: one,
			lifecycle: 'NOT_RUNNING',
			disposition: 'SUCCEEDED',
			resources: [{ name: 'contacts', extracted: 3, analyzed: 3, loaded: 3 }],
		}),
	]);
	expect(await ids(poller)).toEqual([]);
});

it('reports a running run when it ends, even without a completion time, with states in lower case', async () => {
	const one = flow(1);
	const id = finished(one, { lifecycle: 'RUNNING', disposition: 'NONE', completedAt: null });
	portable.dialect({ lowerCase: true });
	const poller = trigger();
	expect(await ids(poller)).toEqual([]);
	const later = finished(one);
	expect(await ids(poller)).toEqual([later]);
	const run = portable.truth.runs.find((attempt) => attempt.id === id);
	Object.assign(run ?? {}, { lifecycle: 'NOT_RUNNING', disposition: 'FAILED', errors: ['Full'] });
	expect(await ids(poller)).toEqual([id]);
});

it('reads dates with U+2010 in place of hyphens, as in the examples of Portable', async () => {
	const one = flow(1);
	const poller = trigger();
	portable.dialect({ oddHyphens: true });
	await poller.poll();
	flow(2);
	finished(2, { completedAt: before, createdAt: before });
	const run = finished(2);
	expect(await ids(poller)).toEqual([run]);
	expect(one).toBe(1);
});

describe('outcome', () => {
	it.each([
		['any', [0, 1, 2]],
		['failed', [1]],
		['succeeded', [0]],
	])('%s', async (outcome, wanted) => {
		flow(1);
		const poller = trigger({ outcome });
		await poller.poll();
		const runs = [
			finished(1),
			finished(1, { disposition: 'FAILED' }),
			finished(1, { disposition: 'NONE', completedAt: null }),
		];
		expect(await ids(poller)).toEqual(wanted.map((index) => runs[index]));
		// runs that did not match are not reported later, even if Outcome changes
		expect(await ids(poller, { outcome: 'any' })).toEqual([]);
	});
});

describe('watch', () => {
	it('all flows: also a flow that is added later, with the runs before its first check', async () => {
		flow(1);
		const poller = trigger();
		await poller.poll();
		flow(2);
		const run = finished(2);
		expect(await ids(poller)).toEqual([run]);
	});

	it.each([
		['list', { listed: [2, '3'] }],
		['ids', { ids: ' 2, 3 ,' }],
		['ids from an expression', { watch: 'ids', ids: '={{ [2, 3] }}' }],
	])('%s: only these flows', async (watch, more) => {
		[1, 2, 3].forEach((id) => flow(id));
		const poller = trigger({ watch, ...more });
		await poller.poll();
		finished(1);
		const runs = [finished(2), finished(3)];
		expect(await ids(poller)).toEqual(runs);
		expect(portable.requests.map(({ path }) => path)).not.toContain('/v2/flows');
	});

	it('starts with new runs for a flow that is added to the selection, and misses no run of the others', async () => {
		[1, 2].forEach((id) => flow(id));
		const poller = trigger({ watch: 'list', listed: [1] });
		await poller.poll();
		finished(2);
		const run = finished(1);
		expect(await ids(poller, { listed: [1, 2] })).toEqual([run]);
		const later = finished(2);
		expect(await ids(poller, { listed: [1, 2] })).toEqual([later]);
	});

	it.each([
		[{ watch: 'ids', ids: ' , ' }, 'Flow IDs is empty'],
		[{ watch: 'list', listed: [] }, 'Flow Names or IDs is empty'],
		[{ outcome: 'constructor' }, 'Outcome must be one of any, failed, succeeded'],
		[{ watch: 'ids', ids: 'sales' }, 'Flow IDs must be a whole number, but is "sales"'],
	])('rejects %j before sending a request', async (parameters, message) => {
		await expect(trigger(parameters).poll()).rejects.toThrow(message);
		expect(portable.requests).toHaveLength(0);
	});

	it('lists the flows by name', async () => {
		flow(7, 'Stocks');
		flow(3, 'Bonds');
		const options = await callMethod('portableTrigger', 'loadOptions.getFlows', {
			credentials: credentials(),
		});
		expect(options).toEqual([
			{ name: 'Bonds (3)', value: 3 },
			{ name: 'Stocks (7)', value: 7 },
		]);
	});

	it('reports that Portable offers no list', async () => {
		portable.dialect({ noLists: true });
		await expect(trigger().poll()).rejects.toThrow(
			'Portable does not offer a list of flows. Select them by ID',
		);
	});
});

describe('nothing lost, nothing twice', () => {
	it('continues after a restart of n8n between two polls', async () => {
		flow(1);
		const poller = trigger();
		await poller.poll();
		const first = finished(1);
		expect(await ids(poller)).toEqual([first]);
		const second = finished(1);
		poller.restart();
		expect(await ids(poller)).toEqual([second]);
		poller.restart();
		expect(await ids(poller)).toEqual([]);
	});

	it('continues after a restart before the first reported run', async () => {
		flow(1);
		const poller = trigger({ outcome: 'failed' });
		await poller.poll();
		finished(1);
		await poller.poll();
		flow(2);
		finished(2);
		await poller.poll();
		poller.restart();
		const run = finished(2, { disposition: 'FAILED' });
		expect(await ids(poller)).toEqual([run]);
	});

	it('reports all runs when the API is available again', async () => {
		flow(1);
		const poller = trigger();
		await poller.poll();
		portable.misbehave({ kind: 'answer', status: 401, times: 1000 });
		const runs = Array.from({ length: 250 }, () => finished(1));
		await expect(poller.poll()).rejects.toThrow('Portable returned status 401');
		await expect(poller.poll()).rejects.toThrow('Portable returned status 401');
		portable.behave();
		expect(await ids(poller)).toEqual(runs);
		expect(await ids(poller)).toEqual([]);
	});

	it('fails if no selected flow can be read, and reports all runs later', async () => {
		[1, 2].forEach((id) => flow(id));
		const poller = trigger({ watch: 'list', listed: [1, 2] });
		await poller.poll();
		const runs = [finished(1), finished(2)];
		portable.misbehave({ kind: 'answer', status: 403, times: 2, body: '{"message": "No plan"}' });
		await expect(poller.poll()).rejects.toThrow('No plan');
		expect(await ids(poller)).toEqual(runs);
	});

	it('reports the runs of other flows while a flow cannot be read, and its runs later', async () => {
		[1, 2].forEach((id) => flow(id));
		const poller = trigger();
		await poller.poll();
		const runs = [finished(1), finished(2)];
		portable.misbehave({ path: '/v2/flows/1/run', kind: 'answer', status: 400 });
		expect(await ids(poller)).toEqual([runs[1]]);
		expect(await ids(poller)).toEqual([runs[0]]);
	});

	it.each([
		[49, 3],
		// a poll in which every request failed is an error; the next poll checks other flows
		[50, 4],
	])('%i flows that cannot be read do not block the others', async (bad, polls) => {
		const flows = Array.from({ length: 120 }, (_, index) => flow(3000 + index));
		const poller = trigger();
		await poller.poll();
		for (const id of flows.slice(0, bad)) {
			const path = `/v2/flows/${id}/run`;
			portable.misbehave({ path, kind: 'answer', status: 400, times: Infinity });
		}
		const runs = flows.slice(bad).map((id) => finished(id));
		const reported: unknown[] = [];
		let failed = 0;
		for (let poll = 0; poll < polls; poll++) {
			reported.push(...(await ids(poller).catch(() => (failed++, []))));
		}
		expect(new Set(reported)).toEqual(new Set(runs));
		expect(failed).toBe(bad === 50 ? 1 : 0);
	});

	it('polls in an n8n version that sets no time budget for a poll', async () => {
		flow(1);
		const poller = activate('portableTrigger', credentials(), {}, { lacks: 'getPollBudgetMs' });
		await poller.poll();
		const run = finished(1);
		expect(await ids(poller)).toEqual([run]);
	});

	it('reports a missing flow at the first poll', async () => {
		flow(1);
		await expect(trigger({ watch: 'ids', ids: '1, 99' }).poll()).rejects.toThrow(
			'Portable has no flow with the ID 99',
		);
	});

	it('does not poll twice at the same time', async () => {
		flow(1);
		const poller = trigger();
		await poller.poll();
		const run = finished(1);
		portable.misbehave({ kind: 'delay', ms: 200, times: 2 });
		const [one, other] = await Promise.all([ids(poller), ids(poller)]);
		expect([...one, ...other]).toEqual([run]);
	});

	it('starts over if the stored data is invalid', async () => {
		flow(1);
		finished(1);
		const poller = trigger();
		await poller.poll();
		const [key = ''] = Object.keys(poller.stored());
		for (const runs of ['x', { watching: {} }, { things: [['a']] }]) {
			finished(1);
			poller.restart({ [key]: { runs } });
			expect(await ids(poller)).toEqual([]);
			const run = finished(1);
			expect(await ids(poller)).toEqual([run]);
		}
	});
});

it('watches 500 flows, checks at most 50 in a poll, and misses no run', async () => {
	const flows = Array.from({ length: 500 }, (_, index) => flow(2000 + index));
	const poller = trigger();
	await poller.poll();
	expect(portable.requests.length).toBeLessThanOrEqual(501);
	const runs = new Set(flows.map((id) => finished(id)));
	const reported: unknown[] = [];
	for (let poll = 0; poll < 10; poll++) {
		const asked = portable.requests.filter(({ path }) => path.includes('/run')).length;
		reported.push(...(await ids(poller)));
		const now = portable.requests.filter(({ path }) => path.includes('/run')).length;
		expect(now - asked).toBeLessThanOrEqual(50);
		portable.requests.length = 0;
	}
	expect(new Set(reported)).toEqual(runs);
	expect(reported).toHaveLength(500);
	expect(JSON.stringify(poller.stored()).length).toBeLessThan(100_000);
}, 60_000);

it('watches 2,100 flows and reports each run once', async () => {
	const flows = Array.from({ length: 2100 }, (_, index) => flow(10_000 + index));
	const poller = trigger();
	await poller.poll();
	const runs = flows.map((id) => finished(id));
	const reported: unknown[] = [];
	for (let poll = 0; poll < 44; poll++) {
		reported.push(...(await ids(poller)));
		portable.requests.length = 0;
	}
	expect(new Set(reported)).toEqual(new Set(runs));
	expect(reported).toHaveLength(2100);
}, 180_000);

describe('a run in a state that Portable may add later', () => {
	it.each([
		['any', ['ABORTED'], 2],
		['failed', ['ABORTED'], 1],
		['succeeded', [], 0],
	])('has ended if it has a completion time or an outcome: %s', async (outcome, ended, count) => {
		portable.dialect({ laterStates: true });
		flow(1);
		const poller = trigger({ outcome });
		await poller.poll();
		const aborted = { lifecycle: 'ABORTED' } as const;
		finished(1, { ...aborted, disposition: 'LOST' });
		finished(1, { ...aborted, disposition: 'FAILED', completedAt: null });
		finished(1, { lifecycle: 'SETTLING', disposition: 'NONE', completedAt: null });
		finished(1, { lifecycle: 'RUNNING', disposition: 'NONE' });
		const states = (await poller.poll()).map(({ lifecycle }) => lifecycle);
		expect([new Set(states), states.length]).toEqual([new Set(ended), count]);
	});
});

describe.each(['live', 'started', 'cursor'] as const)('with trigger data kept as %s', (keeps) => {
	const kept = (parameters = {}) =>
		activate('portableTrigger', credentials(), parameters, { keeps });

	it('reports runs that ended between the activation and the first poll', async () => {
		flow(1);
		finished(1, { completedAt: before, createdAt: before });
		const poller = kept();
		expect(await ids(poller)).toEqual([]);
		const later = new Date(Date.now() + 2000).toISOString();
		const runs = [finished(1, { completedAt: later }), finished(1, { completedAt: later })];
		poller.restart();
		expect(await ids(poller)).toEqual(runs);
		expect(await ids(poller)).toEqual([]);
		const next = finished(1);
		poller.restart();
		expect(await ids(poller)).toEqual([next]);
		expect(await ids(poller)).toEqual([]);
	});

	it('checks all of 120 flows in turn, and reports each run once', async () => {
		const flows = Array.from({ length: 120 }, (_, index) => flow(4000 + index));
		const poller = kept({ outcome: 'failed' });
		await poller.poll();
		await poller.poll();
		const disposition = 'FAILED';
		// the flows that are checked last, because n8n stores nothing of polls without a result
		const runs = flows.slice(100).map((id) => finished(id, { disposition }));
		const reported: unknown[] = [];
		for (let poll = 0; poll < 6; poll++) reported.push(...(await ids(poller)));
		expect(new Set(reported)).toEqual(new Set(runs));
		expect(reported).toHaveLength(20);
	}, 30_000);

	it('removes the data of the workflow when it is no longer needed', async () => {
		flow(1);
		const poller = kept();
		await poller.poll();
		await poller.poll();
		finished(1);
		await poller.poll();
		expect(JSON.stringify(poller.stored())).not.toContain('n8n-nodes-dataflows');
	});
});

it('reports a run that was in progress at the activation, although more than a page of newer runs follow', async () => {
	flow(1);
	const long = finished(1, { lifecycle: 'RUNNING', disposition: 'NONE', completedAt: null });
	for (let run = 0; run < 400; run++) finished(1);
	const poller = trigger();
	await poller.poll();
	const run = portable.truth.runs.find(({ id }) => id === long);
	Object.assign(run ?? {}, { lifecycle: 'NOT_RUNNING', disposition: 'FAILED' });
	expect(await ids(poller)).toEqual([long]);
	expect(await ids(poller)).toEqual([]);
});

it('reports failed runs without completion time of 700 flows that were in progress at the activation', async () => {
	const flows = Array.from({ length: 700 }, (_, index) => flow(6000 + index));
	const inProgress = { lifecycle: 'RUNNING', disposition: 'NONE', completedAt: null } as const;
	const runs = new Set(flows.map((id) => finished(id, { ...inProgress, createdAt: before })));
	const poller = trigger();
	await poller.poll();
	for (const run of portable.truth.runs) {
		if (runs.has(run.id)) Object.assign(run, { lifecycle: 'NOT_RUNNING', disposition: 'FAILED' });
	}
	const reported: unknown[] = [];
	for (let poll = 0; poll < 15; poll++) reported.push(...(await ids(poller)));
	expect(new Set(reported)).toEqual(runs);
	expect(reported).toHaveLength(700);
}, 60_000);

it('continues with the data that version 0.1.0 stored', async () => {
	flow(1);
	const first = finished(1);
	const long = finished(1, { lifecycle: 'RUNNING', disposition: 'NONE', completedAt: null });
	const poller = trigger();
	await poller.poll();
	const [key = ''] = Object.keys(poller.stored()).filter((name) => name.startsWith('node:'));
	const watch = { floor: null, settled: [[first, first]], going: [[long, long, 0]] };
	const watching = { account: 'portableApi', chosen: null };
	const entries = [[1, 1, watch, null]];
	poller.restart({ [key]: { runs: { watching, since: Date.now(), turn: 1, things: entries } } });
	Object.assign(portable.truth.runs.at(-1) ?? {}, { lifecycle: 'NOT_RUNNING' });
	const run = finished(1);
	expect(await ids(poller)).toEqual([long, run]);
	expect(await ids(poller)).toEqual([]);
});

describe('a list of flows', () => {
	it('that is empty or lacks a flow in one poll causes no missed and no repeated run', async () => {
		[1, 2].forEach((id) => flow(id));
		const poller = trigger();
		await poller.poll();
		const first = [finished(1), finished(2)];
		expect(await ids(poller)).toEqual(first);
		const { flows } = portable.truth;
		const there = [...flows];
		const later = [finished(1), finished(2)];
		flows.length = 0;
		expect(await ids(poller)).toEqual([]);
		flows.push(...there.slice(1));
		expect(await ids(poller)).toEqual(later.slice(1));
		flows.push(...there.slice(0, 1));
		expect(await ids(poller)).toEqual(later.slice(0, 1));
		expect(await ids(poller)).toEqual([]);
	});
});

describe('a test run in the editor', () => {
	it('shows the latest finished run that matches, and stores nothing', async () => {
		[1, 2].forEach((id) => flow(id));
		finished(1, { completedAt: before, createdAt: before });
		const failed = finished(2, { disposition: 'FAILED' });
		finished(1);
		const poller = trigger({ outcome: 'failed' });
		expect((await poller.test()).map(({ id }) => id)).toEqual([failed]);
		expect(poller.stored()).toEqual({});
		expect(await ids(poller)).toEqual([]);
	});

	it('reports that there is no such run', async () => {
		flow(1);
		await expect(trigger().test()).rejects.toThrow(
			'None of the checked flows has a finished run with this outcome',
		);
	});
});
