// The guarantees of this package (P1 to P8), tested in n8n's engine over real connections, with fault injection in the sandbox.
import { gzipSync } from 'node:zlib';
import type { InjectedFault } from '../../sandbox/faultInjection.ts';
import { startPortable } from '../../sandbox/portable/portable.ts';
import { run } from '../harness.ts';
import type { Step } from '../harness.ts';
import { injectFault, credentials, portable, posts, start } from '../portable/case.ts';

const customers = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ name: `Customer ${index}` }));

const createSources = (options: object = {}, more: Partial<Step> = {}): Step => ({
	name: 'Portable',
	type: 'portable',
	parameters: {
		resource: 'source',
		operation: 'create',
		sourceSpec: 'freshsales',
		displayName: '={{ $json.name }}',
		options: options as never,
	},
	...more,
});

/** The names of the existing sources, sorted. */
const names = () => portable.truth.sources.map(({ displayName }) => displayName).sort();

const sortedNames = (count: number) =>
	customers(count)
		.map(({ name }) => name)
		.sort();

/** The name in each output item, if the sandbox has it with the ID of the item. */
const linkedToTruth = (items: Array<Record<string, unknown>>) =>
	items.map(({ id, displayName }) =>
		portable.truth.sources.find((source) => source.id === id)?.displayName === displayName
			? displayName
			: `${String(displayName)} has the ID of another`,
	);

describe('P3: rate limits are handled automatically', () => {
	it('200 creates at 50 per second: each created once, in input order, without failures and with few throttled requests', async () => {
		portable.limit({ perSecond: 50, retryAfterSeconds: 1 });
		const {
			json,
			error,
			run: finished,
		} = await run([start(customers(200)), createSources({ parallelRequests: 20 })], credentials());
		expect(error).toBeUndefined();
		expect(names()).toEqual(sortedNames(200));
		expect(linkedToTruth(json('Portable'))).toEqual(customers(200).map(({ name }) => name));
		const refused = posts().filter(({ status }) => status === 429).length;
		// only the requests in flight when the limit is reached
		expect(refused).toBeGreaterThan(0);
		expect(refused).toBeLessThanOrEqual(40);
		expect(finished.data.resultData.runData.Portable?.[0]?.hints).toEqual([
			expect.objectContaining({
				message: expect.stringContaining(`${refused} requests were throttled and retried`),
			}),
		]);
	}, 30_000);

	it('one throttled request pauses all items of the node', async () => {
		injectFault({ kind: 'answer', status: 429, headers: { 'retry-after': '1' }, after: 4 });
		await run([start(customers(20)), createSources({ parallelRequests: 2 })], credentials());
		const refusedAt = posts().find(({ status }) => status === 429)?.at ?? 0;
		const later = posts().filter(({ at }) => at > refusedAt + 100);
		expect(later.length).toBeGreaterThanOrEqual(14);
		expect(Math.min(...later.map(({ at }) => at)) - refusedAt).toBeGreaterThanOrEqual(990);
		expect(names()).toEqual(sortedNames(20));
	});
});

describe('P2: nothing lost, nothing twice', () => {
	it.each<[string, InjectedFault]>([
		[
			'the connection is closed after the request was carried out',
			{ kind: 'cut', worked: true, share: 0.1, times: Infinity },
		],
		[
			'502 arrives after the request was carried out',
			{ kind: 'answer', status: 502, worked: true, share: 0.1, times: Infinity },
		],
		[
			'the response is cut off',
			{ kind: 'flood', bytes: 2000, cut: true, worked: true, share: 0.1, times: Infinity },
		],
		[
			'the response is not JSON',
			{ kind: 'answer', status: 201, body: '<html>', worked: true, share: 0.1, times: Infinity },
		],
	])(
		'%s, for a tenth of the creates: each resource exists once, and its item has its ID',
		async (_what, rule) => {
			injectFault(rule);
			const {
				json,
				error,
				run: finished,
			} = await run([start(customers(60)), createSources({ parallelRequests: 8 })], credentials());
			expect(error).toBeUndefined();
			expect(names()).toEqual(sortedNames(60));
			expect(posts()).toHaveLength(60);
			expect(linkedToTruth(json('Portable'))).toEqual(customers(60).map(({ name }) => name));
			expect(JSON.stringify(finished.data.resultData.runData.Portable?.[0]?.hints)).toMatch(
				/Recovered \d+ resources after lost responses/,
			);
		},
		30_000,
	);

	it.each<[string, InjectedFault]>([
		['the connection is closed', { kind: 'cut', worked: false, share: 0.1, times: Infinity }],
		['502 arrives', { kind: 'answer', status: 502, share: 0.1, times: Infinity }],
	])(
		'%s before the request was carried out: no duplicates, and the item fails; after a second run, each resource exists once',
		async (_what, rule) => {
			injectFault(rule);
			const steps = [
				start(customers(30)),
				createSources({ parallelRequests: 8 }, { onError: 'continueRegularOutput' }),
			];
			const { json } = await run(steps, credentials());
			const failed = json('Portable').filter((item) => 'error' in item);
			expect(failed.length).toBeGreaterThan(0);
			expect(failed.length + portable.truth.sources.length).toBe(30);
			expect(posts()).toHaveLength(30);
			for (const { details } of failed) {
				expect(JSON.stringify(details)).toMatch(
					/The source freshsales \\"Customer \d+\\" may have been created anyway\. Two searches did not find it, but it may still appear/,
				);
			}

			portable.behave();
			const again = await run(
				[start(customers(30)), createSources({ ifItAlreadyExists: 'useExisting' })],
				credentials(),
			);
			expect(again.error).toBeUndefined();
			expect(names()).toEqual(sortedNames(30));
			expect(linkedToTruth(again.json('Portable'))).toEqual(customers(30).map(({ name }) => name));
		},
		60_000,
	);

	it('never recovers a resource of the same name that existed before', async () => {
		await run([start(customers(1)), createSources()], credentials());
		injectFault({ kind: 'cut', worked: false });
		const { error } = await run([start(customers(1)), createSources()], credentials());
		expect(error?.description).toContain('may have been created anyway');
		expect(portable.truth.sources).toHaveLength(1);
	});

	it('never recovers the resource of another item: five equal items, two lost responses and one lost request', async () => {
		injectFault({ kind: 'cut', worked: true, after: 1, times: 2 });
		injectFault({ kind: 'cut', worked: false, after: 3 });
		const { json } = await run(
			[
				start(Array.from({ length: 5 }, () => ({ name: 'Same' }))),
				createSources({ parallelRequests: 5 }, { onError: 'continueRegularOutput' }),
			],
			credentials(),
		);
		const ids = json('Portable').flatMap(({ id }) => (typeof id === 'number' ? [id] : []));
		// two new equal resources cannot be distinguished, so these items fail
		expect(new Set(ids).size).toBe(ids.length);
		expect(posts()).toHaveLength(5);
		const failed = json('Portable').filter((item) => 'error' in item);
		expect(ids.length + failed.length).toBe(5);
	});

	it('if the lookup fails, the item fails, says that the resource may exist, and nothing is retried', async () => {
		portable.dialect({ noLists: true });
		injectFault({ kind: 'cut', worked: true });
		const { error } = await run([start(customers(1)), createSources()], credentials());
		expect(error?.description).toContain('may have been created anyway');
		expect(error?.description).toContain('does not offer a list');
		expect(posts()).toHaveLength(1);
	});

	it('a list that fails does not prevent creates', async () => {
		portable.misbehave({ method: 'GET', kind: 'answer', status: 500, times: Infinity });
		const { error } = await run(
			[start(customers(3)), createSources({ keepRetryingFor: 2 })],
			credentials(),
		);
		expect(error).toBeUndefined();
		expect(names()).toEqual(sortedNames(3));
	});

	it("n8n's Retry On Fail with 5 attempts and Use the Existing One, one of 20 items fails twice: 20 resources, no duplicates", async () => {
		injectFault({ kind: 'answer', status: 400, bodyHas: '"Customer 7"', times: 2 });
		const { error, json } = await run(
			[
				start(customers(20)),
				createSources(
					{ ifItAlreadyExists: 'useExisting' },
					{ retryOnFail: true, maxTries: 5, waitBetweenTries: 0 },
				),
			],
			credentials(),
		);
		expect(error).toBeUndefined();
		expect(names()).toEqual(sortedNames(20));
		expect(linkedToTruth(json('Portable'))).toEqual(customers(20).map(({ name }) => name));
	});
});

describe('P1: one input item, one effect, linked output', () => {
	it('two items with three output items each are linked correctly downstream, also if an item fails', async () => {
		const { json } = await run(
			[
				start([{ name: 'A' }, { name: 'B', fails: true }, { name: 'C' }]),
				{ name: 'Triple', type: 'test.triple', onError: 'continueErrorOutput' },
				{
					name: 'Good',
					type: 'test.look',
					after: ['Triple#0'],
					parameters: { value: "={{ $('Start').item.json.name }}{{ $json.part }}" },
				},
				{
					name: 'Bad',
					type: 'test.look',
					after: ['Triple#1'],
					parameters: { value: "={{ $('Start').item.json.name }}: {{ $json.error }}" },
				},
			],
			{},
		);
		expect(json('Good').map(({ value }) => value)).toEqual(['A1', 'A2', 'A3', 'C1', 'C2', 'C3']);
		expect(json('Bad').map(({ value }) => value)).toEqual(['B: It fails [Item 1]']);
	});
});

describe('P4: executions can be stopped', () => {
	it('canceled during a Retry-After of 60 s: ends within a second, and sends nothing more', async () => {
		injectFault({ kind: 'answer', status: 429, headers: { 'retry-after': '60' }, times: Infinity });
		const started = Date.now();
		const { run: finished } = await run([start(customers(20)), createSources()], credentials(), {
			cancelAfterMs: 500,
		});
		const ended = Date.now();
		expect(ended - started).toBeLessThan(1500);
		expect(finished.status).toBe('canceled');
		const sent = portable.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 500));
		expect(portable.requests).toHaveLength(sent);
	});

	it('canceled with requests in flight: starts no more', async () => {
		injectFault({ kind: 'delay', ms: 400, times: Infinity });
		await run([start(customers(50)), createSources({ parallelRequests: 2 })], credentials(), {
			cancelAfterMs: 600,
		});
		await new Promise((resolve) => setTimeout(resolve, 1000));
		expect(posts().length).toBeLessThanOrEqual(4);
	});

	it('fails at once if the pause exceeds Keep Retrying For, and says so', async () => {
		injectFault({
			kind: 'answer',
			status: 429,
			headers: { 'retry-after': '60' },
			body: '{"message": "Slow down"}',
		});
		const started = Date.now();
		const { error } = await run(
			[start(customers(1)), createSources({ keepRetryingFor: 59 })],
			credentials(),
		);
		expect(Date.now() - started).toBeLessThan(1000);
		expect(error?.message).toBe('Slow down [Item 0]');
		expect(error?.description).toContain('60 s, which is longer than Keep Retrying For allows');
	});

	it('never retries if Keep Retrying For is 0', async () => {
		injectFault({ kind: 'answer', status: 429, headers: { 'retry-after': '0' } });
		const { error } = await run(
			[start(customers(1)), createSources({ keepRetryingFor: 0 })],
			credentials(),
		);
		expect(error?.httpCode).toBe('429');
		expect(posts()).toHaveLength(1);
	});

	it('a request has a deadline; a write that exceeds it is not retried, and the item fails', async () => {
		injectFault({ kind: 'delay', ms: 1500 });
		injectFault({ kind: 'cut', worked: false });
		const { error } = await run(
			[start(customers(1)), createSources({ requestTimeout: 1 })],
			credentials(),
		);
		expect(error?.message).toMatch(
			/^Portable did not respond: the connection was lost or timed out/,
		);
		expect(posts()).toHaveLength(1);
	}, 15_000);

	it('finds a resource that the service creates after the deadline', async () => {
		injectFault({ kind: 'delay', ms: 2000 });
		const { json } = await run(
			[start(customers(1)), createSources({ requestTimeout: 1 })],
			credentials(),
		);
		expect(json('Portable')).toMatchObject([{ id: portable.truth.sources[0]?.id }]);
		expect(posts()).toHaveLength(1);
	}, 15_000);
});

describe('P5: messages of the service', () => {
	it('errors have the request ID, if the service sends one', async () => {
		injectFault({
			kind: 'answer',
			status: 400,
			headers: { 'x-request-id': 'req-77' },
			body: '{"message": "Bad value"}',
		});
		const { json } = await run(
			[start(customers(1)), createSources({}, { onError: 'continueRegularOutput' })],
			credentials(),
		);
		expect(json('Portable')[0]?.details).toMatchObject({ status: 400, requestId: 'req-77' });
	});
});

describe('P7: secrets are never shown', () => {
	it.each([301, 302, 303, 307, 308])(
		'a %i to another origin is not followed: no request arrives there',
		async (status) => {
			const elsewhere = await startPortable();
			try {
				injectFault({
					kind: 'answer',
					status,
					headers: { location: `${elsewhere.url}/v2/sources` },
				});
				const { error } = await run([start(customers(1)), createSources()], credentials());
				expect(error?.message).toContain(
					`redirect to ${elsewhere.url}/v2/sources, which was not followed`,
				);
				expect(elsewhere.requests).toHaveLength(0);
				expect(posts()).toHaveLength(1);
			} finally {
				await elsewhere.stop();
			}
		},
	);

	it('redacts a token that the service repeats in an error', async () => {
		injectFault({
			kind: 'answer',
			status: 400,
			body: `{"message": "Bad token ${portable.token}!"}`,
		});
		const { error } = await run([start(customers(1)), createSources()], credentials());
		expect(error?.message).toBe('Bad token ***! [Item 0]');
	});
});

describe('hostile responses', () => {
	const list = (body: string | Buffer, headers?: Record<string, string>) => {
		portable.misbehave({ method: 'GET', kind: 'answer', status: 200, body, headers });
	};

	const useExisting = async () =>
		await run(
			[start(customers(1)), createSources({ ifItAlreadyExists: 'useExisting' })],
			credentials(),
		);

	it.each(['null', '""', '42', '{}', '{"data": 1}', '<html>', '{"data": [', '[1e999'])(
		'a list that is %s is refused, and nothing is created unchecked',
		async (body) => {
			list(body);
			const { error } = await useExisting();
			expect(error?.message).toMatch(/^Portable returned /);
			expect(posts()).toHaveLength(0);
		},
	);

	it('creates nothing if list entries have no ID, because existing resources could be missed', async () => {
		list('[null, "", 42, [], {"id": "x"}, {"id": null}]');
		const { error } = await useExisting();
		expect(error?.message).toContain('The list is incomplete');
		expect(error?.description).toContain('6 of its entries have no ID');
		expect(posts()).toHaveLength(0);
	});

	it.each(['[]', '{"data": []}'])('treats %s as an empty list', async (body) => {
		list(body);
		const { error } = await useExisting();
		expect(error).toBeUndefined();
		expect(posts()).toHaveLength(1);
	});

	it('keeps whole numbers beyond 2^53, deep JSON and __proto__ unchanged', async () => {
		const deep = `${'['.repeat(500)}1${']'.repeat(500)}`;
		injectFault({
			kind: 'answer',
			status: 201,
			body: `{"data": {"odd": true, "id": 7, "big": 12345678901234567890, "__proto__": {"polluted": true}, "constructor": 1, "deep": ${deep}}}`,
		});
		const { json } = await run([start(customers(1)), createSources()], credentials());
		const [made] = json('Portable');
		expect(made).toMatchObject({ id: 7, big: '12345678901234567890', constructor: 1 });
		expect(JSON.stringify(made?.deep)).toBe(deep);
		expect({}).not.toHaveProperty('polluted');
	});

	it('reads gzip, with any content type', async () => {
		injectFault({
			kind: 'answer',
			status: 201,
			headers: { 'content-encoding': 'gzip', 'content-type': 'text/plain' },
			body: gzipSync('{"data": {"id": 7}}'),
		});
		const { json } = await run([start(customers(1)), createSources()], credentials());
		expect(json('Portable')).toEqual([{ id: 7 }]);
	});

	it('does not read a response of 200 MB into memory', async () => {
		injectFault({ kind: 'flood', bytes: 200 * 1024 * 1024 });
		const before = process.memoryUsage().arrayBuffers;
		const { error } = await run([start(customers(1)), createSources()], credentials());
		expect(error?.message).toMatch(/^The response is larger than 64 MB/);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 * 1024 * 1024);
	}, 30_000);

	it('does not accept 204 as a created source', async () => {
		injectFault({ kind: 'answer', status: 204 });
		const { error } = await run([start(customers(1)), createSources()], credentials());
		expect(error?.message).toMatch(/^Portable did not return the resource/);
	});
});
