import { copy } from '../../sandbox/appflow/flows.ts';
import { fastTime } from '../fastTime.ts';
import type { Result } from '../harness.ts';
import { appflow, bodies, named, operate, paths } from './case.ts';

fastTime();

const FLOW = 'flow-1';

type Execution = (typeof appflow.truth.executions)[number];

function aFlow(): void {
	appflow.addFlow({ ...copy, flowName: FLOW });
}

function execution(executionId: string, more: Partial<Execution> = {}): string {
	appflow.truth.executions.push({
		executionId,
		flowName: FLOW,
		executionStatus: 'Successful',
		startedAt: Date.now() - 5000,
		...more,
	});
	return executionId;
}

async function getRuns(items: object[], more: object = {}, options: object = {}): Promise<Result> {
	const parameters = {
		flow: named(FLOW),
		executionId: '={{ $json.executionId }}',
		options: { pollInterval: 1, ...options },
		...more,
	};
	return await operate('flow', 'getRun', parameters, { items });
}

describe('Get Run', () => {
	it('outputs the record of the run from any page', async () => {
		aFlow();
		for (let index = 0; index < 240; index++) execution(`run-${index}`);
		const { json } = await getRuns([{ executionId: 'run-3' }, { executionId: 'run-237' }]);
		expect(json('AppFlow')).toMatchObject([
			{ executionId: 'run-3', executionStatus: 'Successful' },
			{ executionId: 'run-237', executionStatus: 'Successful' },
		]);
		expect(new Set(paths())).toEqual(new Set(['/describe-flow-execution-records']));
	});

	it('fails for an unknown run in the same words as for any other resource', async () => {
		aFlow();
		execution('run-1');
		const { error } = await getRuns([{ executionId: 'run-2' }]);
		expect(error?.message).toBe('Amazon AppFlow has no run with the ID run-2 [Item 0]');
		expect(error?.httpCode).toBe('404');
	}, 30_000);

	it('fails at once for an unknown flow', async () => {
		const { error } = await getRuns([{ executionId: 'run-2' }]);
		expect(error?.message).toBe('Amazon AppFlow has no flow with the name flow-1 [Item 0]');
		expect(paths()).toHaveLength(1);
	});

	it('waits for a run that Start has started, which is listed late', async () => {
		aFlow();
		appflow.runs({ hiddenMs: 8000, runningMs: 12_000 });
		const started = await operate('flow', 'start', { flow: named(FLOW) });
		const [{ flowArn, executionId } = {}] = started.json('AppFlow');
		const items = [{ flowArn, executionId }];
		const { json, error } = await getRuns(items, {
			flow: named('={{ $json.flowArn }}'),
			waitForCompletion: true,
		});
		expect(error).toBeUndefined();
		expect(json('AppFlow')).toMatchObject([{ executionId, executionStatus: 'Successful' }]);
		expect(bodies('/start-flow')).toHaveLength(1);
	}, 30_000);

	it('waits for ten runs at the same time', async () => {
		aFlow();
		const items = Array.from({ length: 10 }, (_, index) => ({
			executionId: execution(`run-${index}`, {
				executionStatus: 'InProgress',
				endsAt: Date.now() + 4000,
			}),
		}));
		const started = Date.now();
		const { json } = await getRuns(items, { waitForCompletion: true }, { parallelRequests: 2 });
		expect(json('AppFlow').map(({ executionStatus }) => executionStatus)).toEqual(
			items.map(() => 'Successful'),
		);
		expect(Date.now() - started).toBeLessThan(20_000);
	}, 30_000);

	it('fails with the message of the run when it waits', async () => {
		aFlow();
		execution('run-1', { executionStatus: 'Error', fails: 'No access to the bucket' });
		const { error } = await getRuns([{ executionId: 'run-1' }], { waitForCompletion: true });
		expect(error?.message).toBe('No access to the bucket [Item 0]');
		expect(error?.description).toBe('Run run-1 of flow flow-1 ended with the outcome Error.');
	});
});

describe('Retry Failed Run', () => {
	const start = async (options: object) =>
		await operate('flow', 'start', {
			flow: named(FLOW),
			waitForCompletion: true,
			options: { pollInterval: 1, retryFailedRunBackoff: 1, ...options },
		});

	it('starts the flow again with another client token', async () => {
		aFlow();
		appflow.runs({ runningMs: 500, fails: 'Busy', failedRuns: 2 });
		const { json, error, run } = await start({ retryFailedRun: 2 });
		expect(error).toBeUndefined();
		const [first, second, third] = appflow.truth.executions.map(({ executionId }) => executionId);
		expect(json('AppFlow')).toMatchObject([{ executionId: third, executionStatus: 'Successful' }]);
		expect(new Set(bodies('/start-flow').map(({ clientToken }) => clientToken)).size).toBe(3);
		expect(run.data.resultData.runData.AppFlow?.[0]?.hints?.map(({ message }) => message)).toEqual([
			`Flow flow-1: 2 runs failed and were retried: ${first ?? ''} (Busy), ${second ?? ''} (Busy). The output is run ${third ?? ''}. [Item 0]`,
		]);
	}, 30_000);

	it('repeats a lost start of a retry with the same client token, so that there is one run', async () => {
		aFlow();
		appflow.runs({ runningMs: 500, fails: 'Busy', failedRuns: 1 });
		appflow.misbehave({ kind: 'cut', worked: true, path: '/start-flow', after: 1 });
		const { json } = await start({ retryFailedRun: 1 });
		expect(json('AppFlow')).toMatchObject([{ executionStatus: 'Successful' }]);
		const [first, second, third] = bodies('/start-flow').map(({ clientToken }) => clientToken);
		expect(second).toBe(third);
		expect(second).not.toBe(first);
		expect(appflow.truth.executions).toHaveLength(2);
	}, 30_000);
});
