// The promises of this package, each shown in n8n's own engine, over real connections,
// against a service that misbehaves. P1 to P8 are their numbers.
import { gzipSync } from 'node:zlib';
import type { Mischief } from '../../sandbox/mischief.ts';
import { startPortable } from '../../sandbox/portable/portable.ts';
import { run } from '../harness.ts';
import type { Step } from '../harness.ts';
import { befall, credentials, portable, posts, start } from '../portable/case.ts';

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

/** Names that exist, sorted. */
const names = () => portable.truth.sources.map(({ displayName }) => displayName).sort();

const sortedNames = (count: number) =>
	customers(count)
		.map(({ name }) => name)
		.sort();

/** What each output item says, with the ID that the service really gave that name. */
const linkedToTruth = (items: Array<Record<string, unknown>>) =>
	items.map(({ id, displayName }) =>
		portable.truth.sources.find((source) => source.id === id)?.displayName === displayName
			? displayName
			: `${String(displayName)} has the ID of another`,
	);

describe('P3: it waits by itself', () => {
	it('200 creates against 50 per second: each created once, in input order, none failed, few refused', async () => {
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
		// those in flight when the limit is met, and no storm after
		expect(refused).toBeGreaterThan(0);
		expect(refused).toBeLessThanOrEqual(40);
		expect(finished.data.resultData.runData.Portable?.[0]?.hints).toEqual([
			expect.objectContaining({
				message: expect.stringContaining(`${refused} requests were throttled and retried`),
			}),
		]);
	}, 30_000);

	it('one refusal makes all items of the node wait', async () => {
		befall({ kind: 'answer', status: 429, headers: { 'retry-after': '1' }, after: 4 });
		await run([start(customers(20)), createSources({ parallelRequests: 2 })], credentials());
		const refusedAt = posts().find(({ status }) => status === 429)?.at ?? 0;
		const later = posts().filter(({ at }) => at > refusedAt + 100);
		expect(later.length).toBeGreaterThanOrEqual(14);
		expect(Math.min(...later.map(({ at }) => at)) - refusedAt).toBeGreaterThanOrEqual(990);
		expect(names()).toEqual(sortedNames(20));
	});
});

describe('P2: nothing lost, nothing twice', () => {
	it.each<[string, Mischief]>([
		[
			'the connection is cut after the work',
			{ kind: 'cut', worked: true, share: 0.1, times: Infinity },
		],
		[
			'502 comes after the work',
			{ kind: 'answer', status: 502, worked: true, share: 0.1, times: Infinity },
		],
		[
			'the answer breaks off',
			{ kind: 'flood', bytes: 2000, cut: true, worked: true, share: 0.1, times: Infinity },
		],
		[
			'the answer is not JSON',
			{ kind: 'answer', status: 201, body: '<html>', worked: true, share: 0.1, times: Infinity },
		],
	])(
		'%s, for a tenth of the creates: each exists once, and its item has its ID',
		async (_what, rule) => {
			befall(rule);
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

	it.each<[string, Mischief]>([
		['the connection is cut', { kind: 'cut', worked: false, share: 0.1, times: Infinity }],
		['502 comes', { kind: 'answer', status: 502, share: 0.1, times: Infinity }],
	])(
		'%s before the work: nothing exists twice, the item fails and says so; run again, each exists once',
		async (_what, rule) => {
			befall(rule);
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

	it('never takes one of the same name that was there before for the one that was lost', async () => {
		await run([start(customers(1)), createSources()], credentials());
		befall({ kind: 'cut', worked: false });
		const { error } = await run([start(customers(1)), createSources()], credentials());
		expect(error?.description).toContain('may have been created anyway');
		expect(portable.truth.sources).toHaveLength(1);
	});

	it('never takes that of another item: of five that are the same, two lost after and one before the work', async () => {
		befall({ kind: 'cut', worked: true, after: 1, times: 2 });
		befall({ kind: 'cut', worked: false, after: 3 });
		const { json } = await run(
			[
				start(Array.from({ length: 5 }, () => ({ name: 'Same' }))),
				createSources({ parallelRequests: 5 }, { onError: 'continueRegularOutput' }),
			],
			credentials(),
		);
		const ids = json('Portable').flatMap(({ id }) => (typeof id === 'number' ? [id] : []));
		// two new ones that are the same cannot be told apart, so these items fail rather than guess
		expect(new Set(ids).size).toBe(ids.length);
		expect(posts()).toHaveLength(5);
		const failed = json('Portable').filter((item) => 'error' in item);
		expect(ids.length + failed.length).toBe(5);
	});

	it('when looking is impossible the item fails, says that it may exist, and nothing is sent again', async () => {
		portable.dialect({ noLists: true });
		befall({ kind: 'cut', worked: true });
		const { error } = await run([start(customers(1)), createSources()], credentials());
		expect(error?.description).toContain('may have been created anyway');
		expect(error?.description).toContain('does not offer a list');
		expect(posts()).toHaveLength(1);
	});

	it('a list that fails does not keep one from creating', async () => {
		portable.misbehave({ method: 'GET', kind: 'answer', status: 500, times: Infinity });
		const { error } = await run(
			[start(customers(3)), createSources({ keepRetryingFor: 2 })],
			credentials(),
		);
		expect(error).toBeUndefined();
		expect(names()).toEqual(sortedNames(3));
	});

	it("n8n's own Retry On Fail ×5, one of 20 items failing twice, with Use the Existing One: 20, none twice", async () => {
		befall({ kind: 'answer', status: 400, bodyHas: '"Customer 7"', times: 2 });
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
	it('two inputs, three outputs each: downstream pairs are right, for failed items too', async () => {
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

describe('P4: it can be stopped', () => {
	it('cancelled during a Retry-After of 60 s: ends within a second, and nothing is sent afterwards', async () => {
		befall({ kind: 'answer', status: 429, headers: { 'retry-after': '60' }, times: Infinity });
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

	it('cancelled while requests are under way: launches no more', async () => {
		befall({ kind: 'delay', ms: 400, times: Infinity });
		await run([start(customers(50)), createSources({ parallelRequests: 2 })], credentials(), {
			cancelAfterMs: 600,
		});
		await new Promise((resolve) => setTimeout(resolve, 1000));
		expect(posts().length).toBeLessThanOrEqual(4);
	});

	it('gives up at once when the pause would be longer than Keep Retrying For, and says so', async () => {
		befall({
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

	it('0 never sends anything again', async () => {
		befall({ kind: 'answer', status: 429, headers: { 'retry-after': '0' } });
		const { error } = await run(
			[start(customers(1)), createSources({ keepRetryingFor: 0 })],
			credentials(),
		);
		expect(error?.httpCode).toBe('429');
		expect(posts()).toHaveLength(1);
	});

	it('a request has a deadline; a write that meets it is not sent again, and the item fails', async () => {
		befall({ kind: 'delay', ms: 1500 });
		befall({ kind: 'cut', worked: false });
		const { error } = await run(
			[start(customers(1)), createSources({ requestTimeout: 1 })],
			credentials(),
		);
		expect(error?.message).toMatch(
			/^Portable did not respond: the connection was lost or timed out/,
		);
		expect(posts()).toHaveLength(1);
	}, 15_000);

	it('a write that the service carries out after the deadline is found all the same', async () => {
		befall({ kind: 'delay', ms: 2000 });
		const { json } = await run(
			[start(customers(1)), createSources({ requestTimeout: 1 })],
			credentials(),
		);
		expect(json('Portable')).toMatchObject([{ id: portable.truth.sources[0]?.id }]);
		expect(posts()).toHaveLength(1);
	}, 15_000);
});

describe('P5: the service’s own words', () => {
	it('has the request ID, where the service gives one', async () => {
		befall({
			kind: 'answer',
			status: 400,
			headers: { 'x-request-id': 'req-77' },
			body: '{"message": "Bad thing"}',
		});
		const { json } = await run(
			[start(customers(1)), createSources({}, { onError: 'continueRegularOutput' })],
			credentials(),
		);
		expect(json('Portable')[0]?.details).toMatchObject({ status: 400, requestId: 'req-77' });
	});
});

describe('P7: secrets stay secret', () => {
	it.each([301, 302, 303, 307, 308])(
		'a %i to another origin is not followed: no request arrives there',
		async (status) => {
			const elsewhere = await startPortable();
			try {
				befall({ kind: 'answer', status, headers: { location: `${elsewhere.url}/v2/sources` } });
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

	it('a service that repeats the token in its error does not bring it into the output', async () => {
		befall({ kind: 'answer', status: 400, body: `{"message": "Bad token ${portable.token}!"}` });
		const { error } = await run([start(customers(1)), createSources()], credentials());
		expect(error?.message).toBe('Bad token ***! [Item 0]');
	});
});

describe('answers that attack', () => {
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

	it('a list whose entries have no ID hides what may exist, so that nothing is created unchecked', async () => {
		list('[null, "", 42, [], {"id": "x"}, {"id": null}]');
		const { error } = await useExisting();
		expect(error?.message).toContain('The list is incomplete');
		expect(error?.description).toContain('6 of its entries have no ID');
		expect(posts()).toHaveLength(0);
	});

	it.each(['[]', '{"data": []}'])('a list that is %s has nothing in it', async (body) => {
		list(body);
		const { error } = await useExisting();
		expect(error).toBeUndefined();
		expect(posts()).toHaveLength(1);
	});

	it('keeps whole numbers beyond 2^53, deep JSON and __proto__ as they are', async () => {
		const deep = `${'['.repeat(500)}1${']'.repeat(500)}`;
		befall({
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

	it('reads gzip, whatever the content type says', async () => {
		befall({
			kind: 'answer',
			status: 201,
			headers: { 'content-encoding': 'gzip', 'content-type': 'text/plain' },
			body: gzipSync('{"data": {"id": 7}}'),
		});
		const { json } = await run([start(customers(1)), createSources()], credentials());
		expect(json('Portable')).toEqual([{ id: 7 }]);
	});

	it('does not read an answer of 200 MB into memory', async () => {
		befall({ kind: 'flood', bytes: 200 * 1024 * 1024 });
		const before = process.memoryUsage().arrayBuffers;
		const { error } = await run([start(customers(1)), createSources()], credentials());
		expect(error?.message).toMatch(/^The response is larger than 64 MB/);
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 * 1024 * 1024);
	}, 30_000);

	it('does not take 204 for a created source', async () => {
		befall({ kind: 'answer', status: 204 });
		const { error } = await run([start(customers(1)), createSources()], credentials());
		expect(error?.message).toMatch(/^Portable did not return the resource/);
	});
});
