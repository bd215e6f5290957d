import type { RunStatus } from '../../sandbox/appflow/appflow.ts';
import { copy, hourly } from '../../sandbox/appflow/flows.ts';
import { appflow, bodies, credentials, paths } from './case.ts';
import { activate, callMethod, run } from '../harness.ts';
import type { Poller } from '../harness.ts';

type Execution = (typeof appflow.truth.executions)[number];

const RECORDS = '/describe-flow-execution-records';

/** @returns the name of the flow */
function aFlow(flowName = 'flow-1'): string {
	return appflow.addFlow({ ...copy, flowName }).flowName;
}

let lastRun = 0;

/** Adds a finished run that was not started through the API, e.g. by a schedule. @returns its ID */
function ended(flowName: string, more: Partial<Execution> = {}): string {
	const now = Date.now();
	const executionId = `run-${++lastRun}`;
	appflow.truth.executions.push({
		executionId,
		flowName,
		executionStatus: 'Successful',
		startedAt: now,
		endsAt: now,
		recordsProcessed: 7,
		...more,
	});
	return executionId;
}

/** Finishes a run in progress. */
function end(executionId: string, executionStatus: RunStatus): void {
	const found = appflow.truth.executions.find((one) => one.executionId === executionId);
	Object.assign(found ?? {}, { executionStatus, endsAt: Date.now() });
}

function inProgress(flowName: string, more: Partial<Execution> = {}): string {
	return ended(flowName, { executionStatus: 'InProgress', endsAt: undefined, ...more });
}

function trigger(parameters: Parameters<typeof activate>[2] = {}): Poller {
	return activate('amazonAppFlowTrigger', credentials(), parameters);
}

async function ids(poller: Poller, parameters?: Parameters<Poller['poll']>[0]): Promise<unknown[]> {
	return (await poller.poll(parameters)).map(({ executionId }) => executionId);
}

/** An hour ago, before the watch started. */
const before = Date.now() - 3_600_000;

it('starts now and reports each finished run once: its record with the name of the flow', async () => {
	const flow = aFlow();
	ended(flow);
	const poller = trigger();
	expect(await ids(poller)).toEqual([]);
	const startedAt = Date.now();
	const executionId = ended(flow, { startedAt, endsAt: startedAt + 1 });
	expect(await poller.poll()).toEqual([
		{
			flowName: flow,
			executionId,
			executionStatus: 'Successful',
			executionResult: { recordsProcessed: 7, bytesProcessed: 700 },
			startedAt: new Date(startedAt).toISOString(),
			lastUpdatedAt: new Date(startedAt + 1).toISOString(),
		},
	]);
	expect(await ids(poller)).toEqual([]);
});

it('outputs counts that expressions can read, even if AppFlow returns none', async () => {
	const flow = aFlow();
	const poller = trigger();
	await poller.poll();
	ended(flow);
	ended(flow, { recordsProcessed: undefined });
	const items = await poller.poll();
	const value = '={{ $json.executionResult.recordsProcessed }}';
	const { json } = await run(
		[
			{ name: 'Start', type: 'test.items', parameters: { items: items as never } },
			{ name: 'Check', type: 'test.look', parameters: { value } },
		],
		{},
	);
	expect(json('Check').map((seen) => seen.value)).toEqual([7, undefined]);
});

it('remembers a run while it is in progress or being canceled', async () => {
	const flow = aFlow();
	const poller = trigger();
	const first = inProgress(flow, { startedAt: before });
	expect(await ids(poller)).toEqual([]);
	const second = inProgress(flow);
	const later = ended(flow);
	expect(await ids(poller)).toEqual([later]);
	end(first, 'Error');
	end(second, 'CancelStarted');
	appflow.truth.executions.forEach((one) => {
		if (one.executionStatus === 'CancelStarted') one.endsAt = undefined;
	});
	expect(await ids(poller)).toEqual([first]);
	end(second, 'Canceled');
	expect(await ids(poller)).toEqual([second]);
	expect(await ids(poller)).toEqual([]);
});

const ends: RunStatus[] = ['Successful', 'Error', 'Canceled'];

it.each([
	['any', ends],
	['failed', ['Error']],
	['succeeded', ['Successful']],
])('outcome %s', async (outcome, wanted) => {
	const flow = aFlow();
	const poller = trigger({ outcome });
	await poller.poll();
	for (const executionStatus of ends) ended(flow, { executionStatus, fails: 'The bucket is gone' });
	const reported = (await poller.poll()).map(({ executionStatus }) => executionStatus);
	expect(reported.sort()).toEqual([...wanted].sort());
	// runs with another outcome are not reported later, even if the user changes the outcome
	expect(await ids(poller, { outcome: 'any' })).toEqual([]);
});

it('outputs why a run failed', async () => {
	const flow = aFlow();
	const poller = trigger({ outcome: 'failed' });
	await poller.poll();
	ended(flow, { executionStatus: 'Error', fails: 'The bucket is gone' });
	expect(await poller.poll()).toMatchObject([
		{ executionResult: { errorInfo: { executionMessage: 'The bucket is gone' } } },
	]);
});

// https://docs.aws.amazon.com/appflow/1.0/APIReference/API_DescribeFlowExecutionRecords.html
describe('for any order of runs, because AppFlow documents none', () => {
	/** The runs before and after the new ones, so that these are on the first page, the last page, or in between. */
	it.each([
		[0, 230],
		[115, 115],
		[230, 0],
	])('finds new runs after %i old runs and before %i', async (front, back) => {
		const flow = aFlow();
		const old = (count: number) => {
			for (let index = 0; index < count; index++)
				ended(flow, { startedAt: before, endsAt: before });
		};
		const { executions } = appflow.truth;
		old(front);
		const place = executions.length;
		old(back);
		const poller = trigger();
		await poller.poll();
		const id = ended(flow);
		executions.splice(place, 0, ...executions.splice(-1));
		expect(await ids(poller)).toEqual([id]);
		expect(await ids(poller)).toEqual([]);
		const other = ended(flow);
		executions.splice(place, 0, ...executions.splice(-1));
		expect(await ids(poller)).toEqual([other]);
		expect(await ids(poller)).toEqual([]);
	});

	it('reports more than two pages of runs once, in the order of their start', async () => {
		const flow = aFlow();
		for (let index = 0; index < 120; index++) ended(flow, { startedAt: before + index });
		const poller = trigger();
		await poller.poll();
		appflow.requests.length = 0;
		const runs = Array.from({ length: 250 }, (_, index) => {
			const at = before + 1000 * (index + 1);
			return ended(flow, { startedAt: at, endsAt: at });
		});
		appflow.truth.executions.sort((a, b) => a.executionId.localeCompare(b.executionId));
		expect(await ids(poller)).toEqual(runs);
		expect(bodies(RECORDS).map(({ maxResults, nextToken }) => [maxResults, nextToken])).toEqual([
			[100, undefined],
			[100, 'from-100'],
			[100, 'from-200'],
			[100, 'from-300'],
		]);
		expect(await ids(poller)).toEqual([]);
		// only the time of old runs is kept
		expect(JSON.stringify(poller.stored()).length).toBeLessThan(5000);
	});

	it.each([{ emptyFirstPage: true }, { endlessPages: true }, { pageSize: 3 }, { nullLists: true }])(
		'with pages such as %j',
		async (dialect) => {
			appflow.dialect(dialect);
			const flow = aFlow();
			const poller = trigger();
			await poller.poll();
			const runs = Array.from({ length: 10 }, () => ended(flow));
			expect(new Set(await ids(poller))).toEqual(new Set(runs));
			expect(await ids(poller)).toEqual([]);
		},
	);
});

it('distinguishes runs with the same start, even more than it stores by ID', async () => {
	const flow = aFlow();
	const moment = { startedAt: before, endsAt: before };
	for (let index = 0; index < 60; index++) ended(flow, moment);
	const poller = trigger();
	await poller.poll();
	const runs = [...Array(70).keys()].map(() => ended(flow, moment));
	expect(new Set(await ids(poller))).toEqual(new Set(runs));
	const late = ended(flow, moment);
	expect(await ids(poller)).toEqual([late]);
	expect(await ids(poller)).toEqual([]);
});

it('reports a run that is listed late, after newer ones', async () => {
	const flow = aFlow();
	const poller = trigger();
	await poller.poll();
	const now = Date.now();
	const first = ended(flow, { startedAt: now });
	expect(await ids(poller)).toEqual([first]);
	const late = ended(flow, { startedAt: now - 5000 });
	expect(await ids(poller)).toEqual([late]);
});

it('reports scheduled runs and runs started through the API', async () => {
	const flow = aFlow();
	appflow.addFlow(hourly, { flowStatus: 'Active' });
	appflow.runs({ runningMs: 0 });
	const poller = trigger();
	await poller.poll();
	const scheduled = ended(hourly.flowName);
	const { json } = await run(
		[
			{ name: 'Start', type: 'test.items', parameters: { items: [{}] as never } },
			{
				name: 'AppFlow',
				type: 'amazonAppFlow',
				parameters: { resource: 'flow', operation: 'start', flow, waitForCompletion: false },
			},
		],
		credentials(),
	);
	const reported = await poller.poll();
	expect(reported.map(({ flowName, executionId }) => [flowName, executionId]).sort()).toEqual(
		[
			[flow, json('AppFlow')[0]?.executionId],
			[hourly.flowName, scheduled],
		].sort(),
	);
});

describe('a run in an unknown state', () => {
	const longAgo = { startedAt: before, endsAt: before };

	it.each([
		['any', 1],
		['failed', 0],
		['succeeded', 0],
	])(
		'counts as finished if its record has not changed for some time: %s',
		async (outcome, count) => {
			appflow.dialect({ laterStates: true });
			const flow = aFlow();
			const poller = trigger({ outcome });
			await poller.poll();
			const run = ended(flow, { executionStatus: 'TimedOut' });
			ended(flow, { executionStatus: 'Retrying', ...longAgo });
			expect(await ids(poller)).toEqual([]);
			Object.assign(
				appflow.truth.executions.find(({ executionId }) => executionId === run) ?? {},
				longAgo,
			);
			expect(await ids(poller)).toEqual(count > 0 ? [run] : []);
			expect(await ids(poller)).toEqual([]);
		},
	);
});

describe('a flow with thousands of runs', () => {
	const reads = () => paths().filter((path) => path === RECORDS).length;
	const many = (flow: string, runs: number) => {
		for (let run = 0; run < runs; run++)
			ended(flow, { startedAt: before + run, endsAt: before + run });
	};

	it('reads only the first page if the newest runs are first, and all pages occasionally', async () => {
		appflow.dialect({ newestFirst: true });
		const flow = aFlow();
		many(flow, 3000);
		const poller = trigger({ watch: 'names', names: flow });
		await poller.poll();
		expect(reads()).toBe(30);
		appflow.requests.length = 0;
		const reported: unknown[] = [];
		const runs: string[] = [];
		for (let poll = 0; poll < 60; poll++) {
			runs.push(ended(flow));
			reported.push(...(await ids(poller)));
		}
		expect(reported).toEqual(runs);
		// two pages if there is a new run, and all pages once in 60 polls
		expect(reads()).toBe(59 * 2 + 31);
	}, 60_000);

	it('finds a run on any page if the list of flows shows it', async () => {
		appflow.dialect({ newestFirst: true });
		const flow = aFlow();
		many(flow, 400);
		const poller = trigger({ watch: 'names', names: flow });
		await poller.poll();
		// the other runs keep their order, followed by the last run
		appflow.dialect({ newestLast: true });
		const run = ended(flow);
		expect(await ids(poller)).toEqual([run]);
		expect(await ids(poller)).toEqual([]);
	});
});

describe('watch', () => {
	it('all flows on all pages, including flows that are added later, with their earlier runs', async () => {
		const flows = Array.from({ length: 130 }, (_, index) => aFlow(`flow-${index}`));
		const poller = trigger();
		await poller.poll();
		flows.push(aFlow('added'));
		ended('added', { startedAt: before, endsAt: before });
		// it started before the watch and has finished since
		const long = ended('added', { startedAt: before });
		const runs = new Set([long, ended('flow-129'), ended('added')]);
		const reported: unknown[] = [];
		// each poll checks 50 flows
		for (let poll = 0; poll < 4; poll++) reported.push(...(await ids(poller)));
		expect(new Set(reported)).toEqual(runs);
		expect(reported).toHaveLength(3);
	}, 30_000);

	it.each([
		['list', { listed: ['flow-2', 'flow-3'] }],
		['names', { names: ' flow-2, flow-3 ,' }],
		['names', { names: 'arn:aws:appflow:eu-west-1:123456789012:flow/flow-2, flow-3' }],
		['names', { names: '={{ ["flow-2", "flow-3"] }}' }],
	])('%s: only those flows, %j', async (watch, more) => {
		['flow-1', 'flow-2', 'flow-3'].forEach(aFlow);
		const poller = trigger({ watch, ...more });
		await poller.poll();
		ended('flow-1');
		const runs = [ended('flow-2'), ended('flow-3')];
		expect(new Set(await ids(poller))).toEqual(new Set(runs));
		expect(new Set(bodies(RECORDS).map(({ flowName }) => flowName))).toEqual(
			new Set(['flow-2', 'flow-3']),
		);
	});

	it('starts now for a flow that is added to the selection, and misses no runs of the others', async () => {
		['flow-1', 'flow-2'].forEach(aFlow);
		const poller = trigger({ watch: 'list', listed: ['flow-1'] });
		await poller.poll();
		ended('flow-2');
		const one = ended('flow-1');
		expect(await ids(poller, { listed: ['flow-1', 'flow-2'] })).toEqual([one]);
		const other = ended('flow-2');
		expect(await ids(poller, { listed: ['flow-1', 'flow-2'] })).toEqual([other]);
	});

	it.each([
		[{ watch: 'names', names: ' , ' }, 'Flow Names is empty'],
		[{ watch: 'list', listed: [] }, 'Flow Names is empty'],
		[
			{ watch: 'names', names: 'good-one, not one' },
			'Flow Names must be flow names separated by commas, but contains "not one"',
		],
		[{ watch: 'names', names: '={{ [{}] }}' }, 'Flow Names must be names, but contains'],
	])('rejects %j before anything is sent', async (parameters, message) => {
		await expect(trigger(parameters).poll()).rejects.toThrow(message);
		expect(paths()).toEqual([]);
	});

	it('lists the flows of all pages by name', async () => {
		appflow.dialect({ pageSize: 1 });
		aFlow('stocks');
		appflow.addFlow(hourly);
		const options = await callMethod('amazonAppFlowTrigger', 'loadOptions.getFlows', {
			credentials: credentials(),
		});
		expect(options).toEqual([
			{ name: 'sf-opportunity-hourly · Salesforce to S3', value: 'sf-opportunity-hourly' },
			{ name: 'stocks · S3 to S3', value: 'stocks' },
		]);
	});
});

describe('flows whose last run is already known from the list of flows', () => {
	const reads = () => paths().filter((path) => path === RECORDS).length;

	/** Polls until no flow is checked. */
	async function quiet(flows: number, parameters = {}) {
		const names = Array.from({ length: flows }, (_, index) => aFlow(`flow-${index + 1}`));
		for (const name of names) ended(name, { startedAt: before, endsAt: before });
		const poller = trigger(parameters);
		for (let poll = 0; poll < 5; poll++) expect(await ids(poller)).toEqual([]);
		expect(reads()).toBe(5 * flows);
		return { names, poller };
	}

	it.each([{}, { watch: 'names', names: 'flow-1, flow-2, flow-3' }])(
		'are skipped, regardless of the number of runs: %j',
		async (parameters) => {
			const { poller } = await quiet(3, parameters);
			await ids(poller);
			expect(reads()).toBe(15);
			const run = ended('flow-2');
			expect(await ids(poller)).toEqual([run]);
			expect(reads()).toBe(16);
		},
	);

	it('are checked for some time after a new run, for records that are listed late', async () => {
		const { poller } = await quiet(1);
		appflow.runs({ hiddenMs: 60_000 });
		const run = ended('flow-1');
		for (let poll = 0; poll < 4; poll++) expect(await ids(poller)).toEqual([]);
		appflow.runs({ hiddenMs: 0 });
		expect(await ids(poller)).toEqual([run]);
	});

	it('are checked if the list of flows is updated late', async () => {
		const { poller } = await quiet(1);
		appflow.runs({ lastRunDelayMs: 60_000 });
		const run = ended('flow-1');
		expect(await ids(poller)).toEqual([]);
		appflow.runs({ lastRunDelayMs: 0 });
		expect(await ids(poller)).toEqual([run]);
	});

	it('are checked while a run is in progress', async () => {
		const { poller } = await quiet(1);
		const run = inProgress('flow-1');
		for (let poll = 0; poll < 7; poll++) expect(await ids(poller)).toEqual([]);
		end(run, 'Error');
		expect(await ids(poller)).toEqual([run]);
	});

	it('need not be listed: the permission to read the selected flows is sufficient', async () => {
		const flow = aFlow();
		appflow.misbehave({
			kind: 'answer',
			status: 403,
			body: '{"message": "not authorized to perform appflow:ListFlows"}',
			path: '/list-flows',
			times: 9,
		});
		const poller = trigger({ watch: 'names', names: flow });
		expect(await ids(poller)).toEqual([]);
		const run = ended(flow);
		expect(await ids(poller)).toEqual([run]);
		await expect(trigger().poll()).rejects.toThrow('not authorized');
	});
});

describe('no missed runs and no duplicates', () => {
	it('continues after a restart of n8n between polls', async () => {
		const flow = aFlow();
		const poller = trigger();
		await poller.poll();
		const long = inProgress(flow);
		const first = ended(flow);
		expect(await ids(poller)).toEqual([first]);
		const second = ended(flow);
		end(long, 'Successful');
		poller.restart();
		expect(new Set(await ids(poller))).toEqual(new Set([long, second]));
		poller.restart();
		expect(await ids(poller)).toEqual([]);
	});

	it('reports all runs when AppFlow is available again', async () => {
		const flow = aFlow();
		const poller = trigger();
		await poller.poll();
		const runs = Array.from({ length: 120 }, () => ended(flow));
		const body = '{"message": "Not now"}';
		appflow.misbehave({ kind: 'answer', status: 403, times: 1000, body });
		await expect(poller.poll()).rejects.toThrow('Not now');
		await expect(poller.poll()).rejects.toThrow('Not now');
		appflow.behave();
		expect(new Set(await ids(poller))).toEqual(new Set(runs));
		expect(await ids(poller)).toEqual([]);
	});

	it('misses nothing if a later page fails', async () => {
		const flow = aFlow();
		const poller = trigger({ watch: 'names', names: flow });
		await poller.poll();
		const runs = Array.from({ length: 250 }, () => ended(flow));
		appflow.misbehave({
			kind: 'answer',
			status: 400,
			bodyHas: 'from-200',
			body: '{"message":"x"}',
		});
		await expect(poller.poll()).rejects.toThrow('x');
		const reported = await ids(poller);
		expect(new Set(reported)).toEqual(new Set(runs));
		expect(reported).toHaveLength(250);
	});

	it('waits if AppFlow throttles, with the status 429 or a code with the status 400', async () => {
		const flows = Array.from({ length: 3 }, (_, index) => aFlow(`flow-${index}`));
		const poller = trigger();
		await poller.poll();
		const runs = flows.map((flow) => ended(flow));
		const body = '{"message": "Rate exceeded"}';
		const headers = { 'x-amzn-errortype': 'ThrottlingException:' };
		appflow.misbehave({ path: RECORDS, kind: 'answer', status: 400, times: 2, body, headers });
		expect(new Set(await ids(poller))).toEqual(new Set(runs));
		const more = flows.map((flow) => ended(flow));
		const wait = { 'retry-after': '1' };
		appflow.misbehave({ path: RECORDS, kind: 'answer', status: 429, times: 3, headers: wait });
		expect(new Set(await ids(poller))).toEqual(new Set(more));
		expect(await ids(poller)).toEqual([]);
	}, 20_000);

	it('reports other flows while one cannot be read, and that flow later', async () => {
		['flow-1', 'flow-2'].forEach(aFlow);
		const poller = trigger();
		await poller.poll();
		const runs = [ended('flow-1'), ended('flow-2')];
		const body = '{"message": "x"}';
		appflow.misbehave({ kind: 'answer', status: 400, bodyHas: '"flow-1"', body });
		expect(await ids(poller)).toEqual([runs[1]]);
		expect(await ids(poller)).toEqual([runs[0]]);
	});

	it('does not poll twice at the same time', async () => {
		const flow = aFlow();
		const poller = trigger();
		await poller.poll();
		const id = ended(flow);
		appflow.misbehave({ kind: 'delay', ms: 200, times: 2 });
		const [one, other] = await Promise.all([ids(poller), ids(poller)]);
		expect([...one, ...other]).toEqual([id]);
	});

	it('starts by the clock of AWS, not of n8n', async () => {
		appflow.clock(-200_000);
		aFlow();
		const poller = trigger();
		await poller.poll();
		aFlow('added');
		const at = Date.now() - 200_000;
		ended('added', { startedAt: at - 60_000, endsAt: at - 60_000 });
		const id = ended('added', { startedAt: at, endsAt: at });
		expect(await ids(poller)).toEqual([id]);
	});
});

describe('a flow that is deleted', () => {
	function deleted(name: string): void {
		const { flows, executions } = appflow.truth;
		flows.splice(
			flows.findIndex(({ flowName }) => flowName === name),
			1,
		);
		executions.splice(0, Infinity, ...executions.filter(({ flowName }) => flowName !== name));
	}

	it.each([{}, { watch: 'names', names: 'flow-1, flow-2' }])(
		'does not stop the others; a new flow with its name is watched from the start: %j',
		async (parameters) => {
			['flow-1', 'flow-2'].forEach(aFlow);
			const poller = trigger(parameters);
			await poller.poll();
			const before = ended('flow-1');
			expect(await ids(poller)).toEqual([before]);
			deleted('flow-1');
			const other = ended('flow-2');
			expect(await ids(poller)).toEqual([other]);
			expect(await ids(poller)).toEqual([]);
			aFlow('flow-1');
			const after = ended('flow-1');
			expect(await ids(poller)).toEqual([after]);
		},
	);

	it('is not an error if it was listed just before the watch started', async () => {
		['flow-1', 'flow-2'].forEach(aFlow);
		const poller = trigger();
		const body = '{"message": "Flow with name flow-1 does not exist"}';
		appflow.misbehave({ kind: 'answer', status: 404, bodyHas: '"flow-1"', body });
		expect(await ids(poller)).toEqual([]);
		const id = ended('flow-2');
		expect(await ids(poller)).toEqual([id]);
	});

	it('is named in the error if it is selected when the watch starts', async () => {
		aFlow();
		await expect(trigger({ watch: 'names', names: 'flow-1, gone' }).poll()).rejects.toThrow(
			'Amazon AppFlow has no flow with the name gone',
		);
	});

	it('is named in the error if no other flow is watched', async () => {
		aFlow();
		const poller = trigger({ watch: 'names', names: 'flow-1' });
		await poller.poll();
		deleted('flow-1');
		await expect(poller.poll()).rejects.toThrow('Amazon AppFlow has no flow with the name flow-1');
	});
});

describe('a test run in the editor', () => {
	it('shows the latest matching run on any page, and stores nothing', async () => {
		['flow-1', 'flow-2'].forEach(aFlow);
		const executionStatus = 'Error';
		const fails = 'Full';
		for (let index = 0; index < 150; index++) {
			ended('flow-2', { executionStatus, fails, startedAt: before, endsAt: before });
		}
		const latest = ended('flow-2', { executionStatus, fails });
		const { executions } = appflow.truth;
		executions.splice(75, 0, ...executions.splice(-1));
		ended('flow-1');
		inProgress('flow-2');
		const poller = trigger({ outcome: 'failed' });
		expect((await poller.test()).map(({ executionId }) => executionId)).toEqual([latest]);
		expect(poller.stored()).toEqual({});
		expect(await ids(poller)).toEqual([]);
	});

	it('reports that there is no run', async () => {
		aFlow();
		await expect(trigger().test()).rejects.toThrow(
			'None of the checked flows has a finished run with this outcome',
		);
	});
});
