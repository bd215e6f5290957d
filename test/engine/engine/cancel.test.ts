import { run } from '../harness.ts';
import { injectFault, credentials, portable, posts, start } from '../portable/case.ts';

const sources = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ name: `Customer ${index}` }));

const createSources = (more: object = {}) => ({
	name: 'Portable',
	type: 'portable',
	parameters: {
		resource: 'source',
		operation: 'create',
		sourceSpec: { __rl: true, mode: 'id', value: 'google_calendar' },
		displayName: '={{ $json.name }}',
		options: { parallelRequests: 5 },
	},
	...more,
});

/** The log lines about resources that a canceled node created. */
const left = (logs: string[]) =>
	logs.filter((line) => /Created before the execution was canceled|No clear response/.test(line));

const made = () => portable.truth.sources.map(({ id }) => id);

it('P4: the log names all created resources after a cancel, also those of requests in flight', async () => {
	injectFault({ kind: 'delay', ms: 400, times: Infinity });
	const {
		logs,
		error,
		run: finished,
	} = await run([start(sources(20)), createSources()], credentials(), {
		cancelAfterMs: 1150,
		lingerMs: 1500,
	});
	expect(finished.status).toBe('canceled');
	expect(made().length).toBeGreaterThan(5);
	expect(made().length).toBeLessThan(20);
	expect(posts()).toHaveLength(made().length);

	const [line = '', ...others] = left(logs);
	expect(others).toEqual([]);
	expect(line).toMatch(
		/Portable, execution \d+: Created before the execution was canceled: source/,
	);
	const named = [...line.matchAll(/source (\d+) \[Item \d+\]/g)].map(([, id]) => Number(id));
	expect(named.sort()).toEqual(made().sort());

	expect(error?.description).toContain('Created before the node stopped: source ');
	expect(error?.description).toMatch(/\d requests were in flight\. The n8n log lists/);
});

it('P4: the log names requests without a response within 5 seconds, and the node ends at once', async () => {
	injectFault({ kind: 'delay', ms: 9000 });
	const started = Date.now();
	const { logs, error } = await run([start(sources(1)), createSources()], credentials(), {
		cancelAfterMs: 300,
		lingerMs: 6000,
	});
	expect(Date.now() - started - 6000).toBeLessThan(1500);
	expect(error?.description).toContain('1 request was in flight');
	expect(left(logs)).toEqual([
		expect.stringContaining(
			'No clear response to 1 request, which may have been carried out: POST /v2/sources',
		),
	]);
}, 40_000);

it('sends no waiting request after a cancel, and logs nothing if nothing was created', async () => {
	injectFault({ kind: 'answer', status: 400, body: '{"message": "No"}', times: Infinity });
	portable.misbehave({ kind: 'delay', ms: 600, times: Infinity });
	const { logs } = await run([start(sources(30)), createSources()], credentials(), {
		cancelAfterMs: 300,
		lingerMs: 1500,
	});
	expect(posts().length).toBeLessThanOrEqual(5);
	expect(left(logs)).toEqual([]);
});

it("shows the same error in the additional attempt of n8n's Retry On Fail", async () => {
	injectFault({ kind: 'delay', ms: 400, times: Infinity });
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
	const { error } = await run([start(sources(20)), createSources(retry)], credentials(), {
		cancelAfterMs: 700,
		lingerMs: 1000,
	});
	expect(error?.description).toContain('Created before the node stopped: source ');
});

it('names the flow of a start in flight, because its run is unknown', async () => {
	portable.truth.flows.push({ id: 500, source: 1, destination: 2 });
	injectFault({ kind: 'delay', ms: 1500 });
	const parameters = { resource: 'flow', operation: 'run', flow: 500, waitForCompletion: true };
	const node = { name: 'Portable', type: 'portable', parameters: { ...parameters, options: {} } };
	const { logs } = await run([start([{}]), node], credentials(), {
		cancelAfterMs: 1000,
		lingerMs: 2500,
	});
	expect(portable.truth.runs).toHaveLength(1);
	expect(left(logs)).toEqual([expect.stringContaining('run of flow 500 [Item 0]')]);
});
