import type { INodeParameters } from 'n8n-workflow';
import { fastTime } from '../fastTime.ts';
import { run } from '../harness.ts';
import type { Result } from '../harness.ts';
import { injectFault, credentials, portable, posts, start } from './case.ts';

fastTime();

/** Adds flows to the sandbox directly. @returns their IDs */
function flows(count: number): number[] {
	const now = new Date().toISOString();
	return Array.from({ length: count }, (_, index) => {
		const id = 500 + index;
		portable.truth.flows.push({
			id,
			source: 1,
			destination: 2,
			displayName: `Flow ${id}`,
			createdAt: now,
		});
		return id;
	});
}

async function runFlows(ids: number[], options: object = {}, more: object = {}): Promise<Result> {
	return await run(
		[
			start(ids.map((flow) => ({ flow }))),
			{
				name: 'Portable',
				type: 'portable',
				parameters: {
					resource: 'flow',
					operation: 'run',
					flow: { __rl: true, mode: 'id', value: '={{ $json.flow }}' },
					waitForCompletion: true,
					options: { pollInterval: 1, ...options },
					...more,
				},
			},
		],
		credentials(),
	);
}

/** Runs the flows of items with Retry On Fail, two attempts. */
async function runItemsTwice(items: object[], options: INodeParameters): Promise<Result> {
	const parameters = {
		resource: 'flow',
		operation: 'run',
		flow: '={{ $json.flow }}',
		waitForCompletion: true,
		options,
	};
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
	const node = { name: 'Portable', type: 'portable', parameters, ...retry };
	return await run([start(items), node], credentials());
}

it('starts once, and finds the new attempt in the list, because the response to the start does not name it', async () => {
	const [flow = 0] = flows(1);
	portable.runs({ hiddenMs: 400 });
	const { json } = await runFlows([flow], {}, { waitForCompletion: false });
	expect(json('Portable')).toMatchObject([
		{ id: portable.truth.runs[0]?.id, flow, trigger: 'manual' },
	]);
	expect(posts()).toHaveLength(1);
});

it('outputs the new run and not an earlier one, although the new run is listed late', async () => {
	const [flow = 0] = flows(1);
	portable.runs({ runningMs: 200 });
	await runFlows([flow]);
	portable.runs({ hiddenMs: 700 });
	const { json } = await runFlows([flow]);
	expect(portable.truth.runs).toHaveLength(2);
	expect(json('Portable')).toMatchObject([{ id: portable.truth.runs[1]?.id }]);
});

it('waits until the run has ended, and outputs outcome and counts', async () => {
	const [flow = 0] = flows(1);
	const { json, error } = await runFlows([flow]);
	expect(error).toBeUndefined();
	expect(json('Portable')).toMatchObject([
		{
			id: portable.truth.runs[0]?.id,
			lifecycle: 'NOT_RUNNING',
			disposition: 'SUCCEEDED',
			resources: [{ name: 'contacts', extracted: 100 }],
		},
	]);
});

it('accepts states in lower case', async () => {
	portable.dialect({ lowerCase: true });
	const { json } = await runFlows(flows(1));
	expect(json('Portable')).toMatchObject([{ lifecycle: 'not_running', disposition: 'succeeded' }]);
});

it('waits for ten flows at the same time, regardless of Parallel Requests', async () => {
	portable.runs({ pendingMs: 100, runningMs: 2000 });
	const started = Date.now();
	const { json } = await runFlows(flows(10), { parallelRequests: 2 });
	expect(json('Portable').map(({ flow }) => flow)).toEqual(
		Array.from({ length: 10 }, (_, i) => 500 + i),
	);
	// one after another they would take more than 20 s
	expect(Date.now() - started).toBeLessThan(8000);
	expect(portable.mostOpen()).toBeLessThanOrEqual(2);
}, 30_000);

it('fails with the errors of the run, which has no completion time', async () => {
	portable.runs({ runningMs: 300, errors: ['The warehouse is full', 'Nothing was loaded'] });
	const [flow = 0] = flows(1);
	const { error } = await runFlows([flow]);
	expect(error?.message).toBe('The warehouse is full [Item 0]');
	expect(error?.description).toContain('ended with the outcome FAILED. Nothing was loaded');

	const allowed = await runFlows([flow], { failWhenTheRunFails: false });
	expect(allowed.json('Portable')).toMatchObject([{ disposition: 'FAILED', completedAt: null }]);
});

it('stops waiting for a canceled run, which has no outcome', async () => {
	portable.runs({ runningMs: 60_000 });
	const [flow = 0] = flows(1);
	setTimeout(() => {
		Object.assign(portable.truth.runs[0] ?? {}, { lifecycle: 'NOT_RUNNING', disposition: 'NONE' });
	}, 700);
	const { error } = await runFlows([flow]);
	expect(error?.message).toMatch(/^Run \d+ of flow 500 did not succeed \[Item 0\]$/);
	expect(error?.description).toContain('the outcome NONE');
});

describe('If Already Running', () => {
	const running = () => {
		portable.runs({ pendingMs: 0, runningMs: 1500 });
		const [flow = 0] = flows(1);
		portable.truth.runs.push({
			id: 42,
			flow,
			trigger: 'scheduled',
			lifecycle: 'RUNNING',
			disposition: 'NONE',
			completedAt: null,
			createdAt: new Date().toISOString(),
			startedAt: Date.now(),
		});
		return [flow];
	};

	it('fails and names the run, without starting another', async () => {
		const { error } = await runFlows(running());
		expect(error?.message).toBe('Flow 500 is already running: run 42 [Item 0]');
		expect(posts()).toHaveLength(0);
	});

	it('uses the current run', async () => {
		const { json } = await runFlows(running(), { ifAlreadyRunning: 'use' });
		expect(json('Portable')).toMatchObject([{ id: 42, lifecycle: 'NOT_RUNNING' }]);
		expect(posts()).toHaveLength(0);
	});

	it('outputs the current run without waiting', async () => {
		const { json } = await runFlows(running(), { ifAlreadyRunning: 'skip' });
		expect(json('Portable')).toMatchObject([{ id: 42, lifecycle: 'RUNNING' }]);
	});

	it('starts a flow once for two items', async () => {
		const [flow = 0] = flows(1);
		const { json } = await runFlows([flow, flow], { ifAlreadyRunning: 'use' });
		expect(new Set(json('Portable').map(({ id }) => id)).size).toBe(1);
		expect(posts()).toHaveLength(1);
	});
});

it('uses the manual attempt if a scheduled attempt starts at the same time', async () => {
	const [flow = 0] = flows(1);
	portable.runs({ hiddenMs: 600, runningMs: 300 });
	setTimeout(() => {
		portable.truth.runs.push({
			// between the earlier runs and the run that the node started
			id: 70_000,
			flow,
			trigger: 'scheduled',
			lifecycle: 'NOT_RUNNING',
			disposition: 'FAILED',
			completedAt: null,
			createdAt: new Date().toISOString(),
		});
	}, 650);
	const { json } = await runFlows([flow]);
	expect(json('Portable')).toMatchObject([{ trigger: 'manual', disposition: 'SUCCEEDED' }]);
});

/** An attempt that the schedule started, not the node. */
function scheduledRun(flow: number, more: object = {}) {
	return {
		id: 70_000,
		flow,
		trigger: 'scheduled',
		lifecycle: 'RUNNING',
		disposition: 'NONE',
		completedAt: null,
		createdAt: new Date().toISOString(),
		...more,
	} as const;
}

/** The hints of the node, in order. */
function hintsOf({ run: { data } }: Result): string[] {
	const { hints = [] } = data.resultData.runData.Portable?.[0] ?? {};
	return hints.map(({ message }) => message);
}

describe('a scheduled attempt starts at the same time', () => {
	const alongside = (flow: number, more: object) => {
		setTimeout(() => {
			portable.truth.runs.push(scheduledRun(flow, more));
		}, 300);
	};

	it('and is listed a second earlier: the node waits for its own run', async () => {
		const [flow = 0] = flows(1);
		portable.runs({ hiddenMs: 1700, runningMs: 300 });
		alongside(flow, { lifecycle: 'NOT_RUNNING', disposition: 'FAILED' });
		const result = await runFlows([flow]);
		expect(result.json('Portable')).toMatchObject([
			{ trigger: 'manual', disposition: 'SUCCEEDED' },
		]);
		expect(hintsOf(result)).toEqual([]);
	});

	it('and is the only new run: it is used, with a hint', async () => {
		const [flow = 0] = flows(1);
		portable.runs({ hiddenMs: 600_000 });
		alongside(flow, { lifecycle: 'NOT_RUNNING', disposition: 'SUCCEEDED' });
		const result = await runFlows([flow]);
		expect(result.json('Portable')).toMatchObject([{ id: 70_000, trigger: 'scheduled' }]);
		expect(hintsOf(result)).toEqual([
			'Only the scheduled run 70000 appeared when flow 500 was started. This item uses that run. [Item 0]',
		]);
		expect(posts()).toHaveLength(1);
	}, 30_000);

	it('and so do manual runs that the node did not start: the first is used, with a hint', async () => {
		const [flow = 0] = flows(1);
		portable.runs({ hiddenMs: 600, runningMs: 300 });
		alongside(flow, { trigger: 'manual', lifecycle: 'NOT_RUNNING', disposition: 'SUCCEEDED' });
		setTimeout(() => {
			portable.truth.runs.push(scheduledRun(flow, { id: 70_001, trigger: 'api' }));
		}, 300);
		const result = await runFlows([flow], {}, { waitForCompletion: false });
		expect(result.json('Portable')).toMatchObject([{ id: 70_000 }]);
		expect(hintsOf(result)[0]).toContain('which may not be the run that it started');
	});
});

describe('503 with Retry-After', () => {
	const busy = (worked: boolean, more: object = {}) => {
		injectFault({ kind: 'answer', status: 503, headers: { 'retry-after': '1' }, worked, ...more });
	};

	it('after the start was carried out: each flow has one run, which is output', async () => {
		busy(true, { share: 0.5, times: 20 });
		const ids = flows(20);
		const result = await runFlows(ids, {}, { waitForCompletion: false });
		expect(result.error).toBeUndefined();
		expect(portable.truth.runs.map(({ flow }) => flow).sort()).toEqual(ids);
		const made = portable.truth.runs.map(({ flow, id }) => [flow, id]).sort();
		expect(result.json('Portable').map(({ flow, id }) => [flow, id])).toEqual(made);
		expect(hintsOf(result).join()).toContain('after lost responses');
	}, 60_000);

	it('before the start was carried out: the start is retried if no run has appeared', async () => {
		busy(false);
		const { json } = await runFlows(flows(1), {}, { waitForCompletion: false });
		expect(json('Portable')).toMatchObject([{ id: portable.truth.runs[0]?.id }]);
		expect(posts()).toHaveLength(2);
	}, 30_000);

	it('is not retried after Keep Retrying For', async () => {
		busy(false, { times: Infinity });
		const options = { keepRetryingFor: 2 };
		const { error } = await runFlows(flows(1), options, { waitForCompletion: false });
		expect(error?.description).toContain('but no new run appeared');
		expect(posts()).toHaveLength(1);
	}, 30_000);

	it('after the start was carried out, then 400 for the retry: one run', async () => {
		busy(true);
		portable.runs({ hiddenMs: 16_500, runningMs: 60_000 });
		const [flow = 0] = flows(1);
		// the second start is rejected before the first run is listed
		injectFault({ kind: 'answer', status: 400, body: '{"message": "Running"}', after: 1 });
		const { json, error } = await runFlows([flow], {}, { waitForCompletion: false });
		expect(error).toBeUndefined();
		expect(json('Portable')).toMatchObject([{ id: portable.truth.runs[0]?.id }]);
		expect(portable.truth.runs).toHaveLength(1);
	}, 60_000);
});

describe('Retry On Fail, if the run of a start was not found', () => {
	it('looks up the run, and does not start another', async () => {
		portable.runs({ runningMs: 200 });
		// the lookup before the start succeeds, the lookup after it fails
		portable.misbehave({ method: 'GET', kind: 'answer', status: 401, after: 1 });
		const [flow = 0] = flows(1);
		const { json, error } = await runItemsTwice([{ flow }], { pollInterval: 1 });
		expect(error).toBeUndefined();
		expect(json('Portable')).toMatchObject([{ id: portable.truth.runs[0]?.id }]);
		expect(posts()).toHaveLength(1);
	});

	it('without Retry On Fail, the error says that the flow was started', async () => {
		portable.misbehave({ method: 'GET', kind: 'answer', status: 401, after: 1 });
		const { error } = await runFlows(flows(1));
		expect(error?.description).toContain(
			'Flow 500 was started, but searching for its run failed. Check the token',
		);
	});
});

it('uses the run of another client whose simultaneous start caused the rejection', async () => {
	const [flow = 0] = flows(1);
	portable.misbehave({ method: 'POST', kind: 'delay', ms: 500 });
	setTimeout(() => {
		portable.truth.runs.push({ ...scheduledRun(flow), startedAt: Date.now() });
	}, 200);
	const { json } = await runFlows([flow], { ifAlreadyRunning: 'use' });
	expect(json('Portable')).toMatchObject([{ id: 70_000, disposition: 'SUCCEEDED' }]);
});

it('cancels only its own run on timeout', async () => {
	portable.runs({ pendingMs: 0, runningMs: 60_000 });
	const [flow = 0] = flows(1);
	setTimeout(() => {
		portable.truth.runs.splice(0, 1, scheduledRun(flow));
	}, 700);
	const { error } = await runFlows([flow], { timeout: 0.03, cancelOnTimeout: true });
	expect(error?.description).toContain('It could not be canceled (The run is not listed');
	expect(portable.truth.runs).toMatchObject([{ id: 70_000, lifecycle: 'RUNNING' }]);
});

describe('P2: a start is never repeated blindly', () => {
	it('does not use a scheduled run if the response was lost', async () => {
		const [flow = 0] = flows(1);
		injectFault({ kind: 'cut', worked: false });
		setTimeout(() => {
			portable.truth.runs.push(scheduledRun(flow));
		}, 300);
		const { error } = await runFlows([flow]);
		expect(error?.description).toContain('but only the scheduled run 70000 appeared');
	}, 30_000);

	it('finds the run of a start that was carried out, if the response was lost', async () => {
		injectFault({ kind: 'cut', worked: true });
		const { json } = await runFlows(flows(1));
		expect(json('Portable')).toMatchObject([
			{ id: portable.truth.runs[0]?.id, disposition: 'SUCCEEDED' },
		]);
		expect(posts()).toHaveLength(1);
	});

	it('fails if the response was lost and no run appears', async () => {
		injectFault({ kind: 'cut', worked: false });
		const { error } = await runFlows(flows(1));
		expect(error?.description).toContain('may have been started anyway, but no new run appeared');
		expect(posts()).toHaveLength(1);
	}, 30_000);
});

it('P4: a timeout names the run, its last state and what to do; it cancels the run if Cancel on Timeout is on', async () => {
	portable.runs({ pendingMs: 0, runningMs: 60_000 });
	const [first = 0, second = 0, third = 0] = flows(3);
	const { error } = await runFlows([first], { timeout: 0.02 });
	expect(error?.message).toBe(
		`Run ${portable.truth.runs[0]?.id ?? 0} of flow 500 did not finish within 0.02 minutes. Its last state was RUNNING [Item 0]`,
	);
	expect(error?.description).toContain(
		'Increase the timeout in Options, or check it later with Get Run.',
	);
	expect(portable.truth.runs[0]?.lifecycle).toBe('RUNNING');

	const canceled = await runFlows([second], { timeout: 0.02, cancelOnTimeout: true });
	expect(canceled.error?.description).toContain('It was canceled.');
	expect(portable.truth.runs[1]?.lifecycle).toBe('NOT_RUNNING');

	const body = '{"message": "Not now"}';
	const path = `/v2/flows/${third}/cancel`;
	portable.misbehave({ path, kind: 'answer', status: 409, body });
	const refused = await runFlows([third], { timeout: 0.02, cancelOnTimeout: true });
	expect(refused.error?.message).toMatch(/^Run \d+ of flow 502 did not finish within 0.02 minutes/);
	expect(refused.error?.description).toContain(
		'It could not be canceled (Not now). It is still running in Portable.',
	);
}, 15_000);

it('P2: Retry On Fail for another item does not repeat a failed run that the user allows', async () => {
	portable.runs({ pendingMs: 0, runningMs: 300, errors: ['The warehouse is full'] });
	const [allowed = 0, fatal = 0] = flows(2);
	const items = [
		{ flow: allowed, fails: false },
		{ flow: fatal, fails: true },
	];
	const options = { pollInterval: 1, failWhenTheRunFails: '={{ $json.fails }}' };
	const { error } = await runItemsTwice(items, options);
	expect(error?.message).toBe('The warehouse is full [Item 1]');
	expect(portable.truth.runs.map(({ flow }) => flow).sort()).toEqual([allowed, fatal, fatal]);
}, 15_000);

it('P2: Retry On Fail for another item does not start a run for an item that used the current run', async () => {
	portable.runs({ pendingMs: 0, runningMs: 800, errors: ['The warehouse is full'] });
	const [used = 0, fatal = 0] = flows(2);
	portable.truth.runs.push({
		id: 42,
		flow: used,
		trigger: 'scheduled',
		lifecycle: 'RUNNING',
		disposition: 'NONE',
		completedAt: null,
		createdAt: new Date().toISOString(),
		startedAt: Date.now(),
	});
	const options = { ifAlreadyRunning: 'use', failWhenTheRunFails: '={{ $json.fails }}' };
	const items = [
		{ flow: used, fails: false },
		{ flow: fatal, fails: true },
	];
	await runItemsTwice(items, { ...options, pollInterval: 1 });
	expect(portable.truth.runs.map(({ flow }) => flow).sort()).toEqual([used, fatal, fatal]);
}, 15_000);

it('P4: the cancel button ends the wait', async () => {
	portable.runs({ runningMs: 60_000 });
	const [flow = 0] = flows(1);
	const started = Date.now();
	const result = await run(
		[
			start([{ flow }]),
			{
				name: 'Portable',
				type: 'portable',
				parameters: {
					resource: 'flow',
					operation: 'run',
					flow,
					waitForCompletion: true,
					options: {},
				},
			},
		],
		credentials(),
		{ cancelAfterMs: 1500 },
	);
	expect(Date.now() - started).toBeLessThan(3000);
	expect(result.run.status).toBe('canceled');
	expect(result.error?.description ?? '').toContain(`run ${portable.truth.runs[0]?.id ?? 0}`);
});

it('continues to poll after failed requests', async () => {
	portable.misbehave({ method: 'GET', kind: 'answer', status: 502, after: 2, times: 2 });
	const { json } = await runFlows(flows(1));
	expect(json('Portable')).toMatchObject([{ disposition: 'SUCCEEDED' }]);
});
