import { fastTime } from '../fastTime.ts';
import { act, aFlow, diga, requestLines } from './case.ts';

fastTime();

const waiting = {
	execution: '={{ $json.id }}',
	waitForCompletion: true,
	options: { pollInterval: 1 },
};

it('waits for several executions at the same time', async () => {
	const flow = await aFlow();
	const ids = Array.from({ length: 5 }, () => diga.start(flow).id);
	const started = Date.now();
	const { items, error } = await act(
		'execution',
		'get',
		waiting,
		ids.map((id) => ({ id })),
	);
	expect(error).toBeUndefined();
	expect(items.map(({ id, status }) => [id, status])).toEqual(ids.map((id) => [id, 'SUCCEEDED']));
	// one after another they would take more than 25 s
	expect(Date.now() - started).toBeLessThan(15_000);
}, 30_000);

it('fails with the failed step, unless Fail When the Run Fails is off', async () => {
	const flow = await aFlow();
	const failedStep = { name: 'step_2', displayName: 'Send mail' };
	const { id } = diga.start(flow, { status: 'FAILED', finishedAfterMs: 0, failedStep });
	const { error } = await act('execution', 'get', waiting, [{ id }]);
	expect(error?.message).toBe('The step "Send mail" failed [Item 0]');
	expect(error?.description).toBe(`Execution ${id} ended with the outcome FAILED.`);
	const options = { failWhenTheRunFails: false };
	const { items } = await act('execution', 'get', { ...waiting, options }, [{ id }]);
	expect(items).toMatchObject([{ id, status: 'FAILED' }]);
});

it('on timeout, says that the execution is still running, and how to read it', async () => {
	const flow = await aFlow();
	const { id } = diga.start(flow, { status: 'PAUSED', runningAfterMs: 0, finishedAfterMs: 0 });
	const options = { pollInterval: 1, timeout: 0.05 };
	const { error } = await act('execution', 'get', { ...waiting, options }, [{ id }]);
	expect(error?.message).toBe(
		`Execution ${id} did not finish within 0.05 minutes. Its last state was PAUSED [Item 0]`,
	);
	expect(error?.description).toContain('check it later with Execution > Get.');
}, 30_000);

it('fails at once for an unknown execution', async () => {
	const { error } = await act('execution', 'get', waiting, [{ id: 'unknown' }]);
	expect(error?.message).toBe('Diga has no execution with the ID unknown [Item 0]');
	expect(requestLines()).toHaveLength(1);
});
