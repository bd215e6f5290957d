// What a request does when the service is busy, dead, or answers with something odd:
// shown with the Portable node, in n8n's own engine, over real connections.
import { activate, callMethod, run } from '../harness.ts';
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

describe('P2: a service that says it is busy', () => {
	it('503 with Retry-After after the work: not sent again, found, and all items wait', async () => {
		const headers = { 'retry-after': '1' };
		befall({ kind: 'answer', status: 503, headers, worked: true, after: 2 });
		const { error, json } = await run(
			[start(customers(10)), createSources({ parallelRequests: 2 })],
			credentials(),
		);
		expect(error).toBeUndefined();
		expect(posts()).toHaveLength(10);
		expect(portable.truth.sources).toHaveLength(10);
		expect(json('Portable').map(({ displayName }) => displayName)).toEqual(
			customers(10).map(({ name }) => name),
		);
		const busyAt = posts().find(({ status }) => status === 503)?.at ?? 0;
		const later = portable.requests.filter(({ at }) => at > busyAt + 100);
		expect(Math.min(...later.map(({ at }) => at)) - busyAt).toBeGreaterThanOrEqual(990);
	});

	it('a read is sent again after the pause', async () => {
		portable.misbehave({
			method: 'GET',
			kind: 'answer',
			status: 503,
			headers: { 'retry-after': '0' },
		});
		const { error } = await run(
			[start(customers(1)), createSources({ ifItAlreadyExists: 'useExisting' })],
			credentials(),
		);
		expect(error).toBeUndefined();
		expect(posts()).toHaveLength(1);
	});
});

const failures = (items: Array<Record<string, unknown>>) =>
	items.filter((item) => 'error' in item) as Array<{ error: string; details: { code?: string } }>;

const goesOn = { onError: 'continueRegularOutput' } as const;

/** Whose errors say that nothing was sent for them. */
const notTried = (items: Array<Record<string, unknown>>) =>
	failures(items).filter(({ details }) => details.code === 'NOT_TRIED');

describe('P3: a pause that is longer than Keep Retrying For', () => {
	it.each([429, 503])(
		'%i with 300 s: only those in flight are sent, and the others fail at once and say so',
		async (status) => {
			befall({ kind: 'answer', status, headers: { 'retry-after': '300' }, times: Infinity });
			const started = Date.now();
			const { json, run: finished } = await run(
				[start(customers(20)), createSources({ parallelRequests: 4 }, goesOn)],
				credentials(),
			);
			expect(Date.now() - started).toBeLessThan(5000);
			expect(posts().length).toBeLessThanOrEqual(4);
			expect(failures(json('Portable'))).toHaveLength(20);
			const untried = notTried(json('Portable'));
			expect(untried).toHaveLength(20 - posts().length);
			expect(untried.at(-1)).toMatchObject({
				error: 'Portable asks to wait 300 s, so this item was not attempted [Item 19]',
				details: {
					description:
						'Nothing was sent for this item. The pause is longer than Keep Retrying For allows. Run it again after the pause.',
				},
			});
			expect(JSON.stringify(finished.data.resultData.runData.Portable?.[0]?.hints)).toContain(
				`${untried.length} items were not attempted`,
			);
		},
	);

	it('those whose Keep Retrying For is longer wait for it', async () => {
		befall({ kind: 'answer', status: 429, headers: { 'retry-after': '2' } });
		const { json } = await run(
			[
				start([
					{ name: 'Short', seconds: 1 },
					{ name: 'Long', seconds: 10 },
				]),
				createSources({ parallelRequests: 1, keepRetryingFor: '={{ $json.seconds }}' }, goesOn),
			],
			credentials(),
		);
		expect(failures(json('Portable'))).toHaveLength(1);
		expect(posts().map(({ status }) => status)).toEqual([429, 201]);
		expect((posts()[1]?.at ?? 0) - (posts()[0]?.at ?? 0)).toBeGreaterThanOrEqual(1990);
	});

	it.each([-3, 3])(
		'a date is read by the clock of the server, which is %i hours off',
		async (hours) => {
			const server = Date.now() + hours * 3_600_000;
			const date = (ms: number) => new Date(server + ms).toUTCString();
			befall({
				kind: 'answer',
				status: 429,
				headers: { date: date(0), 'retry-after': date(2000) },
			});
			const { error } = await run([start(customers(1)), createSources()], credentials());
			expect(error).toBeUndefined();
			expect((posts()[1]?.at ?? 0) - (posts()[0]?.at ?? 0)).toBeGreaterThanOrEqual(1990);
		},
	);
});

describe('P4: a service that is dead', () => {
	/** Nobody listens there. */
	const nobody = () => ({ portableApi: { baseUrl: 'http://127.0.0.1:1', token: portable.token } });

	it('60 items end after one Keep Retrying For, and those not tried say so', async () => {
		const started = Date.now();
		const { json, run: finished } = await run(
			[start(customers(60)), createSources({ keepRetryingFor: 2 }, goesOn)],
			nobody(),
		);
		expect(Date.now() - started).toBeLessThan(8000);
		expect(failures(json('Portable'))).toHaveLength(60);
		const untried = notTried(json('Portable'));
		expect(untried.length).toBeGreaterThanOrEqual(30);
		expect(untried.at(-1)).toMatchObject({
			error: expect.stringMatching(
				/^Portable could not be reached \(ECONNREFUSED\) for \d s, so this item was not attempted \[Item 59\]$/,
			),
			details: {
				description: 'Nothing was sent for this item. Run it again when Portable is available.',
			},
		});
		expect(failures(json('Portable'))[0]?.error).toBe(
			'Portable could not be reached (ECONNREFUSED) [Item 0]',
		);
		expect(JSON.stringify(finished.data.resultData.runData.Portable?.[0]?.hints)).toContain(
			`${untried.length} items were not attempted`,
		);
	}, 30_000);

	it('a list that keeps failing is not waited for by each group of items anew', async () => {
		portable.misbehave({ method: 'GET', kind: 'answer', status: 500, times: Infinity });
		const started = Date.now();
		const { json } = await run(
			[
				start(customers(60)),
				createSources({ keepRetryingFor: 2, ifItAlreadyExists: 'useExisting' }, goesOn),
			],
			credentials(),
		);
		expect(Date.now() - started).toBeLessThan(8000);
		expect(failures(json('Portable'))).toHaveLength(60);
		// one look for all: a few tries, rather than some for each item
		expect(portable.requests.length).toBeLessThanOrEqual(12);
		expect(posts()).toHaveLength(0);
	}, 30_000);

	it('when the stop is set, the workflow stops with the words of the first that failed', async () => {
		const { error } = await run(
			[start(customers(60)), createSources({ keepRetryingFor: 1 })],
			nobody(),
		);
		expect(error?.message).toBe('Portable could not be reached (ECONNREFUSED) [Item 0]');
	});

	it('with Keep Retrying For at 0, a fault of a few seconds keeps nobody from being tried', async () => {
		const { json } = await run(
			[start(customers(200)), createSources({ keepRetryingFor: 0 }, goesOn)],
			nobody(),
		);
		expect(notTried(json('Portable'))).toEqual([]);
	});

	/** Asks at these times; dead for so long. */
	const asked = async (times: number[][], from: number, to: number) => {
		setTimeout(() => {
			portable.misbehave({ method: 'GET', kind: 'answer', status: 502, times: Infinity });
		}, from);
		setTimeout(() => {
			portable.behave();
		}, to);
		const { json } = await run(
			[
				start(times.map((at) => ({ at }))),
				{
					name: 'Asks',
					type: 'test.asks',
					...goesOn,
					parameters: { options: { keepRetryingFor: 1 } },
				},
			],
			credentials(),
		);
		return json('Asks');
	};

	it('when it comes back, a probe finds out, and the rest go on', async () => {
		const times = Array.from({ length: 60 }, (_, index) => [index * 100]);
		const items = await asked(times, 0, 3500);
		const untried = notTried(items).length;
		expect(untried).toBeGreaterThan(5);
		expect(items.slice(50).map(({ answered }) => answered)).toEqual(Array(10).fill(true));
		// the retries of those tried in the first second, and then a probe a second
		expect(portable.requests.filter(({ status }) => status === 502).length).toBeLessThan(60);
	}, 30_000);

	it('what was begun before may be ended when it comes back within Keep Retrying For', async () => {
		const [first, second, third] = await asked([[600], [700], [0, 1900]], 300, 2400);
		expect([first, second].map((item) => item && 'error' in item)).toEqual([true, true]);
		expect(third).toEqual({ answered: true });
	}, 30_000);
});

describe('P2: an unclear answer is not taken for a clear one', () => {
	const useExisting = async () =>
		await run(
			[start(customers(1)), createSources({ ifItAlreadyExists: 'useExisting' })],
			credentials(),
		);

	it.each([301, 302, 303])(
		'a %i may come after the work: what was created is found, and not sent again',
		async (status) => {
			const headers = { location: `${portable.url}/v2/sources/1` };
			befall({ kind: 'answer', status, headers, worked: true });
			const { error, json } = await run([start(customers(1)), createSources()], credentials());
			expect(error).toBeUndefined();
			expect(json('Portable')).toMatchObject([{ id: portable.truth.sources[0]?.id }]);
			expect(posts()).toHaveLength(1);
		},
	);

	it.each([200, 204])('a list that is nothing at all, with %i, is not empty', async (status) => {
		portable.misbehave({ method: 'GET', kind: 'answer', status });
		const { error } = await useExisting();
		expect(error?.message).toBe('Portable returned an empty response [Item 0]');
		expect(posts()).toHaveLength(0);
	});

	it.each([
		['{"error": "Try later"}', '{"error":"Try later"}'],
		['{"success": false, "message": "Try later"}', 'Try later'],
		['{"errors": [{"message": "No"}], "code": 7}', '{"errors":[{"message":"No"}],"code":7}'],
	])('a 200 with the error %s is no success', async (body, words) => {
		portable.misbehave({ method: 'GET', kind: 'answer', status: 200, body });
		const { error } = await useExisting();
		expect(error?.message).toBe(`Portable returned status 200 with an error: ${words} [Item 0]`);
		expect(posts()).toHaveLength(0);
	});

	it('a 201 with an error after the work: what was created is found', async () => {
		befall({ kind: 'answer', status: 201, body: '{"error": "Late"}', worked: true });
		const { error, json } = await run([start(customers(1)), createSources()], credentials());
		expect(error).toBeUndefined();
		expect(json('Portable')).toMatchObject([{ id: portable.truth.sources[0]?.id }]);
	});

	it('a resource that has an error among its members is one', async () => {
		befall({ kind: 'answer', status: 201, body: '{"id": 7, "odd": true, "errors": ["Old"]}' });
		const { json } = await run([start(customers(1)), createSources()], credentials());
		expect(json('Portable')).toEqual([{ id: 7, odd: true, errors: ['Old'] }]);
	});
});

describe('P7: an answer that repeats a secret', () => {
	/** The token as it is, and as servers write JSON that escape more than they must. */
	const spelled = (): Array<[string, string]> => [
		['as it is', portable.token],
		['as codes', Buffer.from(portable.token).toString('hex').replace(/../g, '\\u00$&')],
	];

	it('does not bring the token into the output: in a text, a list, a key', async () => {
		for (const [, token] of spelled()) {
			befall({
				kind: 'answer',
				status: 201,
				body: `{"data": {"id": 7, "odd": "Bearer ${token}!", "list": [1, {"${token}": "${token}"}]}}`,
			});
			const { json } = await run([start(customers(1)), createSources()], credentials());
			expect(json('Portable')).toEqual([
				{ id: 7, odd: 'Bearer ***!', list: [1, { '***': '***' }] },
			]);
		}
	});

	it('nor into the output of another item, that has it from a list', async () => {
		const data = customers(3).map(({ name }, id) => ({
			id,
			sourceSpec: 'freshsales',
			displayName: name,
			odd: `by ${portable.token}`,
		}));
		const body = JSON.stringify({ data });
		portable.misbehave({ method: 'GET', kind: 'answer', status: 200, body });
		const { json } = await run(
			[start(customers(3)), createSources({ ifItAlreadyExists: 'useExisting' })],
			credentials(),
		);
		expect(json('Portable').map(({ odd }) => odd)).toEqual(Array(3).fill('by ***'));
	});

	it('nor into the details of an error, where the request ID is', async () => {
		befall({
			kind: 'answer',
			status: 400,
			headers: { 'x-request-id': `req-${portable.token}` },
			body: '{"message": "Bad thing"}',
		});
		const { json } = await run([start(customers(1)), createSources({}, goesOn)], credentials());
		expect(json('Portable')[0]?.details).toMatchObject({ requestId: 'req-***' });
	});

	it('nor into an error that is made of a good answer', async () => {
		portable.misbehave({
			method: 'GET',
			kind: 'answer',
			status: 200,
			body: JSON.stringify({
				data: [1, 2].map((id) => ({ id, sourceSpec: 'freshsales', displayName: portable.token })),
			}),
		});
		const { error } = await run(
			[
				start([{ name: portable.token.slice(0, -1) }]),
				createSources(
					{ ifItAlreadyExists: 'stop' },
					{
						parameters: {
							resource: 'source',
							operation: 'create',
							sourceSpec: 'freshsales',
							displayName: '={{ $json.name }}{{ "' + portable.token.slice(-1) + '" }}',
							options: { ifItAlreadyExists: 'stop' },
						},
					},
				),
			],
			credentials(),
		);
		expect(error?.message).toContain('***');
	});

	it('nor into a list of the editor, nor into what a trigger puts out', async () => {
		portable.truth.flows.push({
			id: 1,
			source: 1,
			destination: 2,
			displayName: `by ${portable.token}`,
			disabled: false,
			createdAt: new Date().toISOString(),
			updatedAt: new Date().toISOString(),
		});
		const rows = await callMethod<{ results: Array<{ name: string }> }>(
			'portable',
			'listSearch.searchFlows',
			{ credentials: credentials() },
		);
		expect(rows.results.map(({ name }) => name)).toEqual([expect.stringContaining('by ***')]);
		const now = new Date().toISOString();
		portable.truth.runs.push({
			id: 1,
			flow: 1,
			trigger: 'scheduled',
			lifecycle: 'NOT_RUNNING',
			disposition: 'SUCCEEDED',
			resources: [{ name: portable.token, extracted: 3, analyzed: 3, loaded: 3 }],
			completedAt: now,
			createdAt: now,
		});
		const [shown] = await activate('portableTrigger', credentials()).test();
		expect(shown).toMatchObject({ id: 1, resources: [{ name: '***' }] });
	});

	it('hides long values of a properties credential, and tears nothing apart for short ones', async () => {
		const secret = 'sk_live_0123456789';
		befall({
			kind: 'answer',
			status: 201,
			body: `{"data": {"id": 7, "odd": "${secret}", "displayName": "true to 8443", "disabled": "true", "properties": {"api_key": "${secret}", "port": 8443}}}`,
		});
		const { json } = await run(
			[
				start(customers(1)),
				createSources(
					{},
					{
						parameters: {
							resource: 'source',
							operation: 'create',
							sourceSpec: 'freshsales',
							displayName: 'true to 8443',
							addSecretProperties: true,
						},
					},
				),
			],
			credentials({
				portablePropertiesApi: {
					secretProperties: JSON.stringify({ api_key: secret, on: 'true', port: 8443 }),
				},
			}),
		);
		expect(json('Portable')).toEqual([
			{
				id: 7,
				odd: '***',
				displayName: 'true to 8443',
				disabled: 'true',
				properties: { api_key: '***', port: 8443 },
			},
		]);
	});
});

describe('answers that attack', () => {
	it.each([
		['256 KB of a string that never ends', `{"a":9007199254740993,"${'\\"'.repeat(131_072)}`],
		['quotes without an end', '9007199254740993' + '"'.repeat(131_071)],
		['lists without an end', '['.repeat(1024 * 1024)],
	])(
		'%s is refused, and n8n is not held up',
		async (_what, body) => {
			portable.misbehave({ method: 'GET', kind: 'answer', status: 200, body });
			const { error } = await run(
				[start(customers(1)), createSources({ ifItAlreadyExists: 'useExisting' })],
				credentials(),
			);
			expect(error?.message).toMatch(
				/^(Portable returned a response that is not JSON|The response is nested deeper than 100000)/,
			);
			expect(posts()).toHaveLength(0);
		},
		10_000,
	);

	it('8 MB of escaped quotes and a long number are read', async () => {
		const text = '\\"'.repeat(4 * 1024 * 1024);
		befall({
			kind: 'answer',
			status: 201,
			body: `{"data": {"odd": "${text}", "id": 7, "big": 9007199254740993}}`,
		});
		const { error, json } = await run([start(customers(1)), createSources()], credentials(), {
			watch: false,
		});
		expect(error).toBeUndefined();
		expect(json('Portable')[0]).toMatchObject({ id: 7, big: '9007199254740993' });
		expect(json('Portable')[0]?.odd).toHaveLength(4 * 1024 * 1024);
	});
});
