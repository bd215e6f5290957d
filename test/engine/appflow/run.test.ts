import { copy, everyField, hourly, someFields } from '../../sandbox/appflow/flows.ts';
import { appflow, bodies, credentials, named, operate, paths, steps } from './case.ts';
import { fastTime } from '../fastTime.ts';
import { run } from '../harness.ts';
import type { Result, Step } from '../harness.ts';

fastTime();

/** Adds on-demand flows to the sandbox. @returns their names */
function flows(count: number): string[] {
	return Array.from({ length: count }, (_, index) => {
		const flowName = `flow-${index}`;
		appflow.addFlow({ ...copy, flowName });
		return flowName;
	});
}

async function start(
	names: string[],
	options: object = {},
	{ node, ...parameters }: { node?: Partial<Step>; waitForCompletion?: boolean } = {},
): Promise<Result> {
	return await operate(
		'flow',
		'start',
		{
			flow: named('={{ $json.flow }}'),
			waitForCompletion: true,
			options: { pollInterval: 1, ...options },
			...parameters,
		},
		{ items: names.map((flow) => ({ flow })), node },
	);
}

const starts = () => bodies('/start-flow');

it('starts a flow and outputs the response', async () => {
	const { json } = await start(flows(1), {}, { waitForCompletion: false });
	expect(json('AppFlow')).toEqual([
		{
			flowArn: 'arn:aws:appflow:eu-west-1:123456789012:flow/flow-0',
			flowStatus: 'Active',
			executionId: appflow.truth.executions[0]?.executionId,
		},
	]);
	expect(paths()).toEqual(['/describe-flow', '/start-flow']);
});

it('waits for the run and outputs its record with counts that an IF node can compare', async () => {
	appflow.runs({ hiddenMs: 300, recordsProcessed: 0 });
	const [flow = ''] = flows(1);
	const result = await run(
		[
			...steps('flow', 'start', {
				flow: named(flow),
				waitForCompletion: true,
				options: { pollInterval: 1 },
			}),
			{
				name: 'Check',
				type: 'test.look',
				parameters: { value: '={{ $json.executionResult.recordsProcessed === 0 }}' },
			},
		],
		credentials(),
	);
	expect(result.json('AppFlow')).toMatchObject([
		{
			executionId: appflow.truth.executions[0]?.executionId,
			executionStatus: 'Successful',
			executionResult: { recordsProcessed: 0 },
			startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
		},
	]);
	expect(result.json('Check')).toEqual([{ value: true }]);
});

it('ten flows in parallel take about as long as one, for any Parallel Requests', async () => {
	appflow.runs({ runningMs: 2000 });
	const names = flows(10);
	const started = Date.now();
	const { json } = await start(names, { parallelRequests: 2 });
	expect(json('AppFlow').map(({ executionStatus }) => executionStatus)).toEqual(
		names.map(() => 'Successful'),
	);
	const ids = appflow.truth.executions.map(({ flowName, executionId }) => [flowName, executionId]);
	expect(
		json('AppFlow')
			.map(({ executionId }, index) => [names[index], executionId])
			.sort(),
	).toEqual(ids.sort());
	// in sequence, they would take more than 20 s
	expect(Date.now() - started).toBeLessThan(8000);
	expect(appflow.mostOpen()).toBeLessThanOrEqual(2);
}, 30_000);

// https://github.com/apache/airflow/issues/33461 and https://github.com/apache/airflow/issues/72769
it('waits for its own run on any page, not for the last run of the flow', async () => {
	const [flow = ''] = flows(1);
	for (let index = 0; index < 241; index++) {
		appflow.truth.executions.push({
			executionId: `old-${index}`,
			flowName: flow,
			executionStatus: 'Error',
			startedAt: Date.now() - index * 1000,
		});
	}
	const { json, error } = await start([flow]);
	expect(error).toBeUndefined();
	expect(json('AppFlow')).toMatchObject([{ executionStatus: 'Successful' }]);
	expect(bodies('/describe-flow-execution-records')).toContainEqual(
		expect.objectContaining({ maxResults: 100, nextToken: 'from-200' }),
	);
});

it('stops reading pages when it has found its run', async () => {
	const [flow = ''] = flows(1);
	appflow.runs({ runningMs: 0 });
	for (let index = 0; index < 240; index++) {
		appflow.truth.executions.push({
			executionId: `old-${index}`,
			flowName: flow,
			executionStatus: 'Successful',
			startedAt: Date.now() - 1000,
		});
	}
	const { error } = await start([flow]);
	expect(error).toBeUndefined();
	// the sandbox lists an odd number of runs from last to first
	expect(bodies('/describe-flow-execution-records')).toEqual([{ flowName: flow, maxResults: 100 }]);
});

it('fails with the message of the run, unless Fail When the Run Fails is off', async () => {
	appflow.runs({ runningMs: 300, fails: 'The bucket has no policy for AppFlow' });
	const [first = '', second = ''] = flows(2);
	const { error } = await start([first]);
	expect(error?.message).toBe('The bucket has no policy for AppFlow [Item 0]');
	expect(error?.description).toContain('of flow flow-0 ended with the outcome Error.');
	const allowed = await start([second], { failWhenTheRunFails: false });
	expect(allowed.json('AppFlow')).toMatchObject([
		{
			executionStatus: 'Error',
			executionResult: { errorInfo: { executionMessage: 'The bucket has no policy for AppFlow' } },
		},
	]);
});

it('waits while a run is being canceled, and then treats it as failed', async () => {
	appflow.runs({ runningMs: 60_000 });
	const [flow = ''] = flows(1);
	setTimeout(() => {
		const [running] = appflow.truth.executions;
		if (running)
			Object.assign(running, { executionStatus: 'CancelStarted', endsAt: Date.now() + 1200 });
	}, 700);
	const { error } = await start([flow]);
	expect(error?.message).toMatch(/^Run \S+ of flow flow-0 did not succeed \[Item 0\]$/);
	expect(error?.description).toContain('ended with the outcome Canceled');
});

it('activates a scheduled or event flow, and does not wait, with a hint that says so', async () => {
	appflow.addFlow(hourly);
	const { json, run: finished } = await start([hourly.flowName]);
	expect(finished.data.resultData.runData.AppFlow?.[0]?.hints).toEqual([
		{
			message: `Flow "${hourly.flowName}" was activated, and its schedule starts its runs, so the node did not wait for a run. To continue after each run, use the Amazon AppFlow Trigger. [Item 0]`,
			type: 'warning',
			location: 'outputPane',
		},
	]);
	expect(json('AppFlow')).toEqual([
		{
			flowArn: `arn:aws:appflow:eu-west-1:123456789012:flow/${hourly.flowName}`,
			flowStatus: 'Active',
		},
	]);
	expect(paths()).toEqual(['/describe-flow', '/start-flow']);
});

it('activates a scheduled or event flow, even if a run from before its deactivation is in progress', async () => {
	appflow.addFlow(hourly, { flowStatus: 'Suspended' });
	appflow.truth.executions.push({
		executionId: 'run-1',
		flowName: hourly.flowName,
		executionStatus: 'InProgress',
		startedAt: Date.now(),
	});
	const { json } = await start([hourly.flowName]);
	expect(json('AppFlow')).toMatchObject([{ flowStatus: 'Active' }]);
});

describe('if already running', () => {
	const running = () => {
		const [flow = ''] = flows(1);
		appflow.truth.executions.push({
			executionId: 'run-1',
			flowName: flow,
			executionStatus: 'InProgress',
			startedAt: Date.now(),
			endsAt: Date.now() + 1500,
		});
		return [flow];
	};

	it('fails with the ID of the run, and starts nothing', async () => {
		const { error } = await start(running());
		expect(error?.message).toBe('Flow flow-0 is already running: run run-1 [Item 0]');
		expect(starts()).toEqual([]);
	});

	it('treats a run that is being canceled as in progress', async () => {
		const [flow = ''] = running();
		for (const one of appflow.truth.executions) one.executionStatus = 'CancelStarted';
		const { error } = await start([flow]);
		expect(error?.message).toBe('Flow flow-0 is already running: run run-1 [Item 0]');
		expect(starts()).toEqual([]);
	});

	it('uses that run', async () => {
		const { json } = await start(running(), { ifAlreadyRunning: 'use' });
		expect(json('AppFlow')).toMatchObject([
			{ executionId: 'run-1', executionStatus: 'Successful' },
		]);
		expect(starts()).toEqual([]);
	});

	it('skips', async () => {
		const { json } = await start(running(), { ifAlreadyRunning: 'skip' });
		expect(json('AppFlow')).toMatchObject([
			{ executionId: 'run-1', executionStatus: 'InProgress' },
		]);
		expect(starts()).toEqual([]);
	});

	it('finds a run that the flow does not show yet after AppFlow rejects the start', async () => {
		appflow.runs({ lastRunDelayMs: 60_000 });
		const { json } = await start(running(), { ifAlreadyRunning: 'use' });
		expect(json('AppFlow')).toMatchObject([{ executionId: 'run-1' }]);
		expect(starts()).toHaveLength(1);
		const { error } = await start(running(), { ifAlreadyRunning: 'fail' });
		expect(error?.message).toContain('is already running: run run-1');
	});

	it('starts a flow once for two items', async () => {
		const [flow = ''] = flows(1);
		const { json } = await start([flow, flow], { ifAlreadyRunning: 'use' });
		expect(new Set(json('AppFlow').map(({ executionId }) => executionId)).size).toBe(1);
		expect(starts()).toHaveLength(1);
	});
});

describe('the client token', () => {
	it.each([
		{ kind: 'cut', worked: true, path: '/start-flow' },
		{ kind: 'answer', status: 500, worked: true, path: '/start-flow' },
		{ kind: 'cut', worked: false, path: '/start-flow' },
	] as const)('is the same for a retry of the start, so there is one run: %j', async (rule) => {
		appflow.misbehave(rule);
		const { json } = await start(flows(1));
		expect(starts()).toHaveLength(2);
		expect(starts()[1]).toEqual(starts()[0]);
		expect(json('AppFlow')).toMatchObject([
			{ executionId: appflow.truth.executions[0]?.executionId, executionStatus: 'Successful' },
		]);
		expect(appflow.truth.executions).toHaveLength(1);
	});

	it('differs for each item and each execution', async () => {
		appflow.dialect({ startsAlongside: true });
		appflow.runs({ runningMs: 0 });
		const [flow = ''] = flows(1);
		await start([flow, flow], {}, { waitForCompletion: false });
		await start([flow], {}, { waitForCompletion: false });
		expect(new Set(starts().map(({ clientToken }) => clientToken)).size).toBe(3);
		expect(appflow.truth.executions).toHaveLength(3);
	});

	it('differs for each node run in a loop', async () => {
		appflow.runs({ runningMs: 0 });
		const [flow = ''] = flows(1);
		const node = steps('flow', 'start', { flow: named(flow), options: {} }).slice(1);
		const { run: finished } = await run(
			[
				{ name: 'Start', type: 'test.items', parameters: { items: [{}] as never } },
				{ name: 'Other', type: 'test.look', after: ['Start'], parameters: { value: 'x' } },
				...node.map((step) => ({ ...step, after: ['Start', 'Other'] })),
			],
			credentials(),
		);
		expect(finished.data.resultData.runData.AppFlow).toHaveLength(2);
		expect(new Set(starts().map(({ clientToken }) => clientToken)).size).toBe(2);
	});
});

describe("n8n's Retry On Fail", () => {
	const retry: Partial<Step> = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };

	it('uses the run that the first attempt started', async () => {
		appflow.runs({ runningMs: 1500 });
		const [flow = ''] = flows(1);
		appflow.misbehave({
			kind: 'answer',
			status: 403,
			body: '{"message":"for a while"}',
			path: '/describe-flow-execution-records',
		});
		const { json, error } = await start([flow], {}, { node: retry });
		expect(error).toBeUndefined();
		expect(json('AppFlow')).toMatchObject([{ executionStatus: 'Successful' }]);
		expect(starts()).toHaveLength(1);
	});

	it('starts another run if the first failed, and skips items that succeeded', async () => {
		appflow.runs({ runningMs: 400 });
		const [good = '', bad = ''] = flows(2);
		const failing = setInterval(() => {
			const first = appflow.truth.executions.find(({ flowName }) => flowName === bad);
			if (first) {
				first.fails = 'Out of memory';
				clearInterval(failing);
			}
		}, 20);
		const { json, error } = await start([good, bad], {}, { node: retry });
		clearInterval(failing);
		expect(error).toBeUndefined();
		expect(json('AppFlow').map(({ executionStatus }) => executionStatus)).toEqual([
			'Successful',
			'Successful',
		]);
		expect(
			starts()
				.map(({ flowName }) => flowName)
				.sort(),
		).toEqual([good, bad, bad]);
		expect(new Set(starts().map(({ clientToken }) => clientToken)).size).toBe(3);
	});
});

it('a timeout error has the run, its last state and advice; Cancel on Timeout cancels the run', async () => {
	appflow.runs({ runningMs: 60_000 });
	const [first = '', second = ''] = flows(2);
	const { error } = await start([first], { timeout: 0.02 });
	expect(error?.message).toBe(
		`Run ${appflow.truth.executions[0]?.executionId ?? ''} of flow flow-0 did not finish within 0.02 minutes. Its last state was InProgress [Item 0]`,
	);
	expect(error?.description).toContain(
		'It is still running in Amazon AppFlow. Increase the timeout in Options',
	);
	const canceled = await start([second], { timeout: 0.02, cancelOnTimeout: true });
	expect(canceled.error?.description).toContain('It was canceled.');
	expect(bodies('/cancel-flow-executions')).toEqual([
		{ flowName: second, executionIds: [appflow.truth.executions[1]?.executionId] },
	]);
});

describe('cancel on timeout', () => {
	const options = { timeout: 0.02, cancelOnTimeout: true };

	it('reports that the run is still in progress if AppFlow lists the run as invalid', async () => {
		appflow.runs({ runningMs: 60_000 });
		appflow.dialect({ cancelsNothing: true });
		const { error } = await start(flows(1), options);
		expect(error?.description).toContain(
			'It could not be canceled (Amazon AppFlow lists the run as invalid). It is still running in Amazon AppFlow.',
		);
	});

	it('outputs the run if it finished before it could be canceled', async () => {
		appflow.runs({ runningMs: 2500 });
		appflow.misbehave({ kind: 'delay', ms: 2000, path: '/cancel-flow-executions' });
		const { json, error } = await start(flows(1), options);
		expect(error).toBeUndefined();
		expect(json('AppFlow')).toMatchObject([{ executionStatus: 'Successful' }]);
	});

	it('reports an unknown outcome if the run does not finish', async () => {
		appflow.runs({ runningMs: 60_000, cancelMs: 60_000 });
		const { error } = await start(flows(1), options);
		expect(error?.description).toContain('may still be running. Its last state was CancelStarted');
	}, 30_000);
});

it('an unknown state does not count as finished, and a timeout error has its name', async () => {
	appflow.runs({ runningMs: 60_000 });
	// states that AppFlow may add are not in the contract
	appflow.dialect({ nullLists: true });
	const [flow = ''] = flows(1);
	const timer = setInterval(() => {
		Object.assign(appflow.truth.executions[0] ?? {}, { executionStatus: 'Paused' });
	}, 20);
	const { error } = await start([flow], { timeout: 0.03 });
	clearInterval(timer);
	expect(error?.message).toContain('did not finish within 0.03 minutes. Its last state was Paused');
});

it('fails if it must wait and the response has no run; otherwise outputs the response', async () => {
	const body =
		'{"flowArn": "arn:aws:appflow:eu-west-1:123456789012:flow/x", "flowStatus": "Active"}';
	const unnamed = () => {
		appflow.misbehave({ kind: 'answer', status: 200, body, worked: true, path: '/start-flow' });
	};
	const [flow = '', other = ''] = flows(2);
	unnamed();
	const { error } = await start([flow]);
	expect(error?.message).toBe('Amazon AppFlow did not return the run of flow flow-0 [Item 0]');
	unnamed();
	const { json } = await start([other], {}, { waitForCompletion: false });
	expect(json('AppFlow')).toMatchObject([{ flowStatus: 'Active' }]);
});

describe('a flow that cannot be started', () => {
	const nameTaken = 'of this name exists';

	it('because it is already active: the error says so, with or without a run', async () => {
		appflow.addFlow(hourly, { flowStatus: 'Active' });
		const { error } = await start([hourly.flowName]);
		expect(error?.message).toContain('is active already');
		expect(error?.description).toContain('The flow is already active');
		expect(error?.description).not.toContain(nameTaken);

		appflow.truth.executions.push({
			executionId: 'run-1',
			flowName: hourly.flowName,
			executionStatus: 'InProgress',
			startedAt: Date.now(),
		});
		const again = await start([hourly.flowName], { ifAlreadyRunning: 'use' });
		expect(again.error?.description).toContain('The flow is already active');
	});

	it('because it is being changed', async () => {
		const body = '{"message": "The flow is being updated"}';
		const headers = { 'x-amzn-errortype': 'ConflictException' };
		appflow.misbehave({ kind: 'answer', status: 409, body, headers, path: '/start-flow' });
		const { error } = await start(flows(1));
		expect(error?.message).toBe('The flow is being updated [Item 0]');
		expect(error?.description).toContain('is being changed');
		expect(error?.description).not.toContain(nameTaken);
	});
});

describe('a run that AppFlow does not list', () => {
	const retry: Partial<Step> = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };

	it('Retry On Fail for another item does not wait for it if Wait for Completion is off', async () => {
		appflow.runs({ hiddenMs: 60_000 });
		const [flow = ''] = flows(1);
		const { error } = await start(
			[flow, 'missing'],
			{ timeout: 0.1, keepRetryingFor: 1 },
			{ node: retry, waitForCompletion: false },
		);
		expect(error?.message).toBe('Amazon AppFlow has no flow with the name missing [Item 1]');
		expect(error?.description).not.toContain('did not finish');
		expect(starts().filter(({ flowName }) => flowName === flow)).toHaveLength(1);
	});

	it('is awaited for at most a minute', async () => {
		appflow.runs({ hiddenMs: 600_000, runningMs: 600_000 });
		const steady = performance.now.bind(performance);
		const timer = setTimeout(() => {
			performance.now = () => steady() + 60_000;
		}, 1500);
		const { error } = await start(flows(1)).finally(() => {
			clearTimeout(timer);
			performance.now = steady;
		});
		const id = appflow.truth.executions[0]?.executionId ?? '';
		expect(error?.message).toBe(
			`Amazon AppFlow has not listed run ${id} of flow flow-0 for 60 seconds [Item 0]`,
		);
		expect(error?.description).toContain(
			'Its last known state was unknown, and it may still be running in Amazon AppFlow.',
		);
	});
});

describe.each([
	[401, 'ExpiredTokenException', 'Enter new temporary credentials'],
	[404, 'ResourceNotFoundException', 'Check the name'],
	[500, 'InternalServerException', 'Try again later'],
])('a poll with the status %i', (status, type, advice) => {
	it('ends the wait with the run, its state and advice; Retry On Fail uses the same run', async () => {
		appflow.runs({ runningMs: 2500 });
		const fails = {
			kind: 'answer',
			status,
			body: '{"message": "Not readable"}',
			headers: { 'x-amzn-errortype': type },
			path: '/describe-flow-execution-records',
			after: 1,
			times: 1,
		} as const;
		const options = { keepRetryingFor: 0 };
		const [flow = '', other = ''] = flows(2);
		appflow.misbehave(fails);
		const { error } = await start([flow], options);
		const id = appflow.truth.executions[0]?.executionId ?? '';
		expect(error?.message).toBe('Not readable [Item 0]');
		expect(error?.description).toContain(
			`Run ${id} of flow flow-0 could not be followed to its end. Its last known state was InProgress, and it may still be running in Amazon AppFlow.`,
		);
		expect(error?.description).toContain(advice);

		appflow.misbehave(fails);
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const { json } = await start([other], options, { node });
		expect(json('AppFlow')).toMatchObject([{ executionStatus: 'Successful' }]);
		expect(starts()).toHaveLength(2);
	});
});

it('the cancel button ends the wait', async () => {
	appflow.runs({ runningMs: 60_000 });
	const [flow = ''] = flows(1);
	const started = Date.now();
	const result = await run(
		steps('flow', 'start', { flow: named(flow), waitForCompletion: true, options: {} }),
		credentials(),
		{ cancelAfterMs: 1200 },
	);
	expect(Date.now() - started).toBeLessThan(3000);
	expect(result.run.status).toBe('canceled');
	expect(result.error?.description ?? '').toContain(
		`run ${appflow.truth.executions[0]?.executionId ?? ''}`,
	);
});

describe('set filter and run', () => {
	const setAndRun = async (flow: string, parameters: object, options: object = {}) =>
		await operate('flow', 'setFilterAndRun', {
			flow: named(flow),
			field: 'LastModifiedDate',
			...parameters,
			options: { settleDelay: 0, pollInterval: 1, ...options },
		});
	const filters = () =>
		(appflow.truth.executions.at(-1)?.tasks ?? []).filter(
			({ taskType, connectorOperator = {} }) =>
				taskType === 'Filter' && !Object.values(connectorOperator).includes('PROJECTION'),
		);
	const filter = (operator: string, properties: object) => ({
		taskType: 'Filter',
		sourceFields: ['LastModifiedDate'],
		connectorOperator: { Salesforce: operator },
		taskProperties: { DATA_TYPE: 'datetime', ...properties },
	});
	const day = Date.parse('2026-03-29T00:00:00Z');

	it.each([
		[
			'after',
			{ window: 'after', time: '2026-03-29T00:00:00Z' },
			filter('GREATER_THAN', { VALUE: String(day) }),
		],
		[
			'before',
			{ window: 'before', time: '2026-03-29T00:00:00Z' },
			filter('LESS_THAN', { VALUE: String(day) }),
		],
		// daylight saving time starts on this day in the time zone of the workflow, so it has 23 hours
		[
			'of one day',
			{ window: 'day', day: '2026-03-08T12:00' },
			filter('BETWEEN', {
				LOWER_BOUND: String(Date.parse('2026-03-08T05:00:00Z') - 1),
				UPPER_BOUND: String(Date.parse('2026-03-09T04:00:00Z')),
			}),
		],
	])(
		'%s: replaces the filter of the field, with epoch ms as text',
		async (_what, parameters, expected) => {
			appflow.addFlow(someFields);
			const { json, error } = await setAndRun(someFields.flowName, parameters);
			expect(error).toBeUndefined();
			expect(filters()).toEqual([expected]);
			expect(json('AppFlow')).toMatchObject([{ executionStatus: 'Successful' }]);
			// masks, validations, mappings and the projection are unchanged
			const { tasks = [] } = appflow.truth.executions[0] ?? {};
			expect(tasks[0]).toEqual(someFields.tasks[0]);
			expect(tasks.filter(({ taskType }) => taskType !== 'Filter')).toEqual(
				someFields.tasks.filter(({ taskType }) => taskType !== 'Filter'),
			);
		},
	);

	it('all: removes the filter, and keeps filters by other fields', async () => {
		const other = {
			...filter('EQUAL_TO', { DATA_TYPE: 'string', VALUE: 'x' }),
			sourceFields: ['Email'],
		};
		appflow.addFlow({ ...someFields, tasks: [...someFields.tasks, other] });
		await setAndRun(someFields.flowName, { window: 'all' });
		expect(filters()).toEqual([other]);
	});

	it('adds the field to the projection if the flow reads only selected fields', async () => {
		const tasks = someFields.tasks
			.filter(({ sourceFields: [field] }) => field !== 'LastModifiedDate')
			.map((task, index) => (index === 0 ? { ...task, sourceFields: ['Id', 'Email'] } : task));
		appflow.addFlow({ ...someFields, tasks });
		const { error } = await setAndRun(someFields.flowName, { window: 'after', time: '2026-01-01' });
		expect(error).toBeUndefined();
		expect(appflow.truth.executions[0]?.tasks?.[0]?.sourceFields).toEqual([
			'Id',
			'Email',
			'LastModifiedDate',
		]);
	});

	// https://github.com/apache/airflow/issues/28869
	it('waits until AppFlow uses the new configuration', async () => {
		appflow.runs({ settleMs: 1000 });
		appflow.addFlow(everyField);
		await setAndRun(everyField.flowName, { window: 'after', time: '2026-01-01' });
		expect(filters()).toEqual([]);
		await setAndRun(
			everyField.flowName,
			{ window: 'before', time: '2026-01-01' },
			{ settleDelay: 1.5 },
		);
		expect(filters()).toMatchObject([{ connectorOperator: { Salesforce: 'LESS_THAN' } }]);
	});

	it('items for the same flow run one after another, each with its own day', async () => {
		appflow.addFlow(everyField);
		appflow.runs({ runningMs: 500 });
		const { json } = await operate(
			'flow',
			'setFilterAndRun',
			{
				flow: named(everyField.flowName),
				field: 'LastModifiedDate',
				window: 'day',
				day: '={{ $json.day }}',
				options: { settleDelay: 0, pollInterval: 1 },
			},
			{ items: [{ day: '2026-01-01' }, { day: '2026-01-02' }, { day: '2026-01-03' }] },
		);
		expect(json('AppFlow')).toHaveLength(3);
		const bounds = appflow.truth.executions.map(({ tasks = [] }) =>
			Number(tasks.at(-1)?.taskProperties?.UPPER_BOUND),
		);
		expect(bounds.map((bound) => new Date(bound).toISOString().slice(0, 10))).toEqual([
			'2026-01-02',
			'2026-01-03',
			'2026-01-04',
		]);
	}, 20_000);

	it('reports that the filter is set but the flow was not started, if AppFlow rejects the start', async () => {
		appflow.addFlow(everyField);
		const body = '{"message": "User is not authorized to perform appflow:StartFlow"}';
		appflow.misbehave({ kind: 'answer', status: 403, body, path: '/start-flow' });
		const { error } = await setAndRun(everyField.flowName, { window: 'after', time: '2026-01-01' });
		expect(error?.message).toContain('appflow:StartFlow');
		expect(error?.description).toContain(
			'The filter of the flow "sf-account-to-s3" is set, but the flow was not started.',
		);
		expect(bodies('/update-flow')).toHaveLength(1);
	});

	it('rejects a scheduled or event flow and an unsupported operator; nothing is changed', async () => {
		appflow.addFlow(hourly);
		const scheduled = await setAndRun(hourly.flowName, { window: 'after', time: '2026-01-01' });
		expect(scheduled.error?.message).toContain('does not run on demand');
		const zendesk = {
			...everyField,
			sourceFlowConfig: {
				connectorType: 'Zendesk',
				connectorProfileName: 'zendesk',
				sourceConnectorProperties: { Zendesk: { object: 'tickets' } },
			},
			tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { Zendesk: 'NO_OP' } }],
		};
		appflow.addFlow(zendesk);
		const before = await setAndRun(zendesk.flowName, { window: 'before', time: '2026-01-01' });
		expect(before.error?.message).toContain(
			'A flow from Zendesk does not support the filter LESS_THAN',
		);
		expect(bodies('/update-flow')).toEqual([]);
		expect(before.error?.description).toContain('Supported: After a Time.');
		const after = await setAndRun(zendesk.flowName, { window: 'after', time: '2026-01-01' });
		expect(after.error).toBeUndefined();
	});

	it('uses the key that AppFlow expects for the source', async () => {
		appflow.truth.profiles.push({
			...(appflow.truth.profiles[0] as (typeof appflow.truth.profiles)[0]),
			connectorProfileName: 'ga',
			connectorType: 'Googleanalytics',
		});
		appflow.addFlow({
			...everyField,
			sourceFlowConfig: {
				connectorType: 'Googleanalytics',
				connectorProfileName: 'ga',
				sourceConnectorProperties: { GoogleAnalytics: { object: 'report' } },
			},
			tasks: [{ taskType: 'Map_all', sourceFields: [] }],
		});
		const { error } = await setAndRun(everyField.flowName, { window: 'day', day: '2026-01-01' });
		expect(error).toBeUndefined();
		expect(filters()).toMatchObject([{ connectorOperator: { GoogleAnalytics: 'BETWEEN' } }]);
	});
});
