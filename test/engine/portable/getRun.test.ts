import type { IDataObject } from 'n8n-workflow';
import { fastTime } from '../fastTime.ts';
import { run } from '../harness.ts';
import type { Result, Step } from '../harness.ts';
import { credentials, injectFault, portable, posts, start } from './case.ts';

fastTime();

const FLOW = 500;

/** Adds a flow to the sandbox directly. */
function aFlow(id = FLOW): number {
	const createdAt = new Date().toISOString();
	portable.truth.flows.push({ id, source: 1, destination: 2, displayName: 'Mine', createdAt });
	return id;
}

/** Adds an attempt that ended, or another one. @returns its ID */
function attempt(id: number, more: object = {}): number {
	portable.truth.runs.push({
		id,
		flow: FLOW,
		trigger: 'scheduled',
		lifecycle: 'NOT_RUNNING',
		disposition: 'SUCCEEDED',
		completedAt: null,
		createdAt: new Date().toISOString(),
		...more,
	});
	return id;
}

function node(operation: string, parameters: object, more: Partial<Step> = {}): Step {
	return {
		name: 'Portable',
		type: 'portable',
		parameters: { resource: 'flow', operation, ...parameters },
		...more,
	};
}

async function getRuns(items: object[], more: IDataObject = {}, options: IDataObject = {}) {
	const parameters = {
		flow: FLOW,
		run: '={{ $json.run }}',
		options: { pollInterval: 1, ...options },
		...more,
	};
	return await run([start(items), node('getRun', parameters)], credentials());
}

function hintsOf({ run: { data } }: Result): string[] {
	const { hints = [] } = data.resultData.runData.Portable?.[0] ?? {};
	return hints.map(({ message }) => message);
}

describe('Get Run', () => {
	it('outputs the run as it is, also if it has failed', async () => {
		aFlow();
		attempt(41, { disposition: 'FAILED', errors: ['No access'] });
		attempt(42, { lifecycle: 'RUNNING', disposition: 'NONE' });
		const { json, error } = await getRuns([{ run: 41 }, { run: ' 42 ' }]);
		expect(error).toBeUndefined();
		expect(json('Portable')).toMatchObject([
			{ id: 41, disposition: 'FAILED' },
			{ id: 42, lifecycle: 'RUNNING' },
		]);
		expect(posts()).toEqual([]);
	});

	it('finds a run on any page', async () => {
		aFlow();
		for (let id = 1; id <= 1300; id++) attempt(id);
		const { json } = await getRuns([{ run: 7 }]);
		expect(json('Portable')).toMatchObject([{ id: 7 }]);
	});

	it('fails for an unknown run in the same words as for any other resource', async () => {
		aFlow();
		attempt(41);
		const { error } = await getRuns([{ run: 7 }]);
		expect(error?.message).toBe('Portable has no run with the ID 7 [Item 0]');
		expect(error?.description).toContain('Check that the run belongs to this flow.');
		expect(error?.httpCode).toBe('404');
	}, 30_000);

	it('rejects text that is not an ID before anything is sent', async () => {
		const { error } = await getRuns([{ run: 'newest' }]);
		expect(error?.message).toContain('Run ID');
		expect(portable.requests).toEqual([]);
	});

	it('waits for a run that another execution started, which is listed late', async () => {
		aFlow();
		portable.runs({ hiddenMs: 3000, runningMs: 3000 });
		attempt(41, { startedAt: Date.now(), lifecycle: 'PENDING', disposition: 'NONE' });
		const { json, error } = await getRuns([{ run: 41 }], { waitForCompletion: true });
		expect(error).toBeUndefined();
		expect(json('Portable')).toMatchObject([{ id: 41, disposition: 'SUCCEEDED' }]);
		expect(posts()).toEqual([]);
	}, 30_000);

	it('waits for ten runs at the same time', async () => {
		aFlow();
		portable.runs({ runningMs: 4000 });
		const ids = Array.from({ length: 10 }, (_, index) =>
			attempt(100 + index, { startedAt: Date.now(), lifecycle: 'PENDING', disposition: 'NONE' }),
		);
		const started = Date.now();
		const items = ids.map((id) => ({ run: id }));
		const { json } = await getRuns(items, { waitForCompletion: true }, { parallelRequests: 2 });
		expect(json('Portable').map(({ id }) => id)).toEqual(ids);
		expect(Date.now() - started).toBeLessThan(20_000);
	}, 30_000);

	it('fails with the errors of the run when it waits, unless Fail When the Run Fails is off', async () => {
		aFlow();
		attempt(41, { disposition: 'FAILED', errors: ['No access', 'Nothing was loaded'] });
		const waits = { waitForCompletion: true };
		const { error } = await getRuns([{ run: 41 }], waits);
		expect(error?.message).toBe('No access [Item 0]');
		expect(error?.description).toBe(
			'Run 41 of flow 500 ended with the outcome FAILED. Nothing was loaded',
		);
		const allowed = await getRuns([{ run: 41 }], waits, { failWhenTheRunFails: false });
		expect(allowed.json('Portable')).toMatchObject([{ disposition: 'FAILED' }]);
	});

	it('cancels the run on timeout if Cancel on Timeout is on', async () => {
		aFlow();
		portable.runs({ pendingMs: 0, runningMs: 600_000 });
		attempt(41, { startedAt: Date.now(), lifecycle: 'PENDING', disposition: 'NONE' });
		const options = { timeout: 0.05, cancelOnTimeout: true };
		const { error } = await getRuns([{ run: 41 }], { waitForCompletion: true }, options);
		expect(error?.message).toContain('Run 41 of flow 500 did not finish within 0.05 minutes');
		expect(error?.description).toContain('It was canceled.');
		expect(portable.truth.runs[0]?.lifecycle).toBe('NOT_RUNNING');
	}, 30_000);

	it('continues a wait after a restart: Run starts the flow once, and Get Run is retried', async () => {
		aFlow();
		portable.runs({ runningMs: 6000 });
		const first = await run([start(), node('run', { flow: FLOW })], credentials());
		const [{ id, flow } = {}] = first.json('Portable');
		// another execution, with the data that n8n has stored; its first attempt fails
		portable.misbehave({ method: 'GET', kind: 'answer', status: 401 });
		const parameters = {
			flow: '={{ $json.flow }}',
			run: '={{ $json.id }}',
			waitForCompletion: true,
			options: { pollInterval: 1 },
		};
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const second = await run(
			[start([{ id, flow }]), node('getRun', parameters, retry)],
			credentials(),
		);
		expect(second.error).toBeUndefined();
		expect(second.json('Portable')).toMatchObject([{ id, disposition: 'SUCCEEDED' }]);
		expect(posts()).toHaveLength(1);
	}, 30_000);
});

describe('Retry Failed Run', () => {
	/** The first runs fail, the others succeed. */
	function failing(failedRuns: number): void {
		portable.runs({ pendingMs: 0, runningMs: 500, errors: ['No access'], failedRuns });
	}

	async function runFlow(options: IDataObject, more: Partial<Step> = {}, items = [{}]) {
		const parameters = {
			flow: FLOW,
			waitForCompletion: true,
			options: { pollInterval: 1, retryFailedRunBackoff: 2, ...options },
		};
		return await run([start(items), node('run', parameters, more)], credentials());
	}

	it('starts the flow again until a run succeeds, and a hint names the failed runs', async () => {
		aFlow();
		failing(2);
		const result = await runFlow({ retryFailedRun: 3 });
		expect(result.error).toBeUndefined();
		const [first, second, third, ...others] = portable.truth.runs;
		expect(others).toEqual([]);
		expect(result.json('Portable')).toMatchObject([{ id: third?.id, disposition: 'SUCCEEDED' }]);
		expect(hintsOf(result)).toEqual([
			`Flow 500: 2 runs failed and were retried: ${first?.id ?? 0} (No access), ${second?.id ?? 0} (No access). The output is run ${third?.id ?? 0}. [Item 0]`,
		]);
	}, 60_000);

	it('fails with the last run, and says how many failed before', async () => {
		aFlow();
		portable.runs({ pendingMs: 0, runningMs: 300, errors: ['No access'] });
		const started = Date.now();
		const { error } = await runFlow({ retryFailedRun: 2 });
		expect(error?.message).toBe('No access [Item 0]');
		expect(error?.description).toContain('2 runs failed and were retried: ');
		expect(portable.truth.runs).toHaveLength(3);
		// the backoff is 2 s, then 4 s
		expect(Date.now() - started).toBeGreaterThan(6000);
	}, 60_000);

	it('outputs the last run if Fail When the Run Fails is off', async () => {
		aFlow();
		portable.runs({ pendingMs: 0, runningMs: 300, errors: ['No access'] });
		const result = await runFlow({ retryFailedRun: 1, failWhenTheRunFails: false });
		expect(result.json('Portable')).toMatchObject([
			{ id: portable.truth.runs[1]?.id, disposition: 'FAILED' },
		]);
		expect(portable.truth.runs).toHaveLength(2);
	}, 60_000);

	it('does not retry a canceled run', async () => {
		aFlow();
		portable.runs({ runningMs: 60_000 });
		setTimeout(() => {
			Object.assign(portable.truth.runs[0] ?? {}, {
				lifecycle: 'NOT_RUNNING',
				disposition: 'NONE',
			});
		}, 700);
		const { error } = await runFlow({ retryFailedRun: 2 });
		expect(error?.message).toContain('did not succeed');
		expect(posts()).toHaveLength(1);
	}, 30_000);

	it('does not start a run twice if the response to a retry is lost', async () => {
		aFlow();
		failing(1);
		injectFault({ kind: 'cut', worked: true, after: 1 });
		const result = await runFlow({ retryFailedRun: 2 });
		expect(result.json('Portable')).toMatchObject([
			{ id: portable.truth.runs[1]?.id, disposition: 'SUCCEEDED' },
		]);
		expect(posts()).toHaveLength(2);
		expect(portable.truth.runs).toHaveLength(2);
	}, 60_000);

	it('with Retry On Fail, continues with the retries that are left', async () => {
		aFlow();
		failing(1);
		// the lookup after the second start fails, so that the first attempt at the item ends
		injectFault({ kind: 'cut', worked: true, after: 1 });
		setTimeout(() => {
			const watch = setInterval(() => {
				if (posts().length < 2) return;
				clearInterval(watch);
				portable.misbehave({ method: 'GET', kind: 'answer', status: 401 });
			}, 5);
		}, 100);
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const result = await runFlow({ retryFailedRun: 1 }, retry);
		expect(result.json('Portable')).toMatchObject([
			{ id: portable.truth.runs[1]?.id, disposition: 'SUCCEEDED' },
		]);
		expect(portable.truth.runs).toHaveLength(2);
	}, 60_000);
});
