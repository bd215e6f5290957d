// Requests to a service that is busy, unavailable, or sends unusual responses: tested with the Portable node in n8n's engine,
// over real connections.
import { activate, callMethod, run } from '../harness.ts';
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

describe('P2: a busy service', () => {
	it('503 with Retry-After after the request was carried out: not retried, recovered, and all items wait', async () => {
		const headers = { 'retry-after': '1' };
		injectFault({ kind: 'answer', status: 503, headers, worked: true, after: 2 });
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

	it('a read is retried after the pause', async () => {
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

const continues = { onError: 'continueRegularOutput' } as const;

/** The items whose errors say that nothing was sent for them. */
const notTried = (items: Array<Record<string, unknown>>) =>
	failures(items).filter(({ details }) => details.code === 'NOT_TRIED');

describe('P3: a pause longer than Keep Retrying For', () => {
	it.each([429, 503])(
		'%i with 300 s: only those in flight are sent, and the others fail at once and say so',
		async (status) => {
			injectFault({ kind: 'answer', status, headers: { 'retry-after': '300' }, times: Infinity });
			const started = Date.now();
			const { json, run: finished } = await run(
				[start(customers(20)), createSources({ parallelRequests: 4 }, continues)],
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

	it('items with a longer Keep Retrying For wait for it', async () => {
		injectFault({ kind: 'answer', status: 429, headers: { 'retry-after': '2' } });
		const { json } = await run(
			[
				start([
					{ name: 'Short', seconds: 1 },
					{ name: 'Long', seconds: 10 },
				]),
				createSources({ parallelRequests: 1, keepRetryingFor: '={{ $json.seconds }}' }, continues),
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
			injectFault({
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

describe('P4: an unavailable service', () => {
	/** No server listens there. */
	const nobody = () => ({ portableApi: { baseUrl: 'http://127.0.0.1:1', token: portable.token } });

	it('60 items end after one Keep Retrying For, and the errors of items that were not attempted say so', async () => {
		const started = Date.now();
		const { json, run: finished } = await run(
			[start(customers(60)), createSources({ keepRetryingFor: 2 }, continues)],
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

	it('a list that keeps failing is read once for all items, not once for each group', async () => {
		portable.misbehave({ method: 'GET', kind: 'answer', status: 500, times: Infinity });
		const started = Date.now();
		const { json } = await run(
			[
				start(customers(60)),
				createSources({ keepRetryingFor: 2, ifItAlreadyExists: 'useExisting' }, continues),
			],
			credentials(),
		);
		expect(Date.now() - started).toBeLessThan(8000);
		expect(failures(json('Portable'))).toHaveLength(60);
		// a few attempts for all items, not for each
		expect(portable.requests.length).toBeLessThanOrEqual(12);
		expect(posts()).toHaveLength(0);
	}, 30_000);

	it('the workflow stops with the error of the first failed item', async () => {
		const { error } = await run(
			[start(customers(60)), createSources({ keepRetryingFor: 1 })],
			nobody(),
		);
		expect(error?.message).toBe('Portable could not be reached (ECONNREFUSED) [Item 0]');
	});

	it('if Keep Retrying For is 0, a failure of a few seconds does not prevent attempts', async () => {
		const { json } = await run(
			[start(customers(200)), createSources({ keepRetryingFor: 0 }, continues)],
			nobody(),
		);
		expect(notTried(json('Portable'))).toEqual([]);
	});

	/** Sends requests at these times, to a service that is unavailable in between. */
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
					...continues,
					parameters: { options: { keepRetryingFor: 1 } },
				},
			],
			credentials(),
		);
		return json('Asks');
	};

	it('a probe finds that the service is available again, and the remaining items continue', async () => {
		const times = Array.from({ length: 60 }, (_, index) => [index * 100]);
		const items = await asked(times, 0, 3500);
		const untried = notTried(items).length;
		expect(untried).toBeGreaterThan(5);
		expect(items.slice(50).map(({ answered }) => answered)).toEqual(Array(10).fill(true));
		// retries of the items of the first second, then one probe per second
		expect(portable.requests.filter(({ status }) => status === 502).length).toBeLessThan(60);
	}, 30_000);

	it('an item in progress can complete if the service is available again within Keep Retrying For', async () => {
		const [first, second, third] = await asked([[600], [700], [0, 1900]], 300, 2400);
		expect([first, second].map((item) => item && 'error' in item)).toEqual([true, true]);
		expect(third).toEqual({ answered: true });
	}, 30_000);
});

describe('P2: an unclear response is never treated as clear', () => {
	const useExisting = async () =>
		await run(
			[start(customers(1)), createSources({ ifItAlreadyExists: 'useExisting' })],
			credentials(),
		);

	it.each([301, 302, 303])(
		'%i after the request was carried out: the resource is recovered, and the create is not repeated',
		async (status) => {
			const headers = { location: `${portable.url}/v2/sources/1` };
			injectFault({ kind: 'answer', status, headers, worked: true });
			const { error, json } = await run([start(customers(1)), createSources()], credentials());
			expect(error).toBeUndefined();
			expect(json('Portable')).toMatchObject([{ id: portable.truth.sources[0]?.id }]);
			expect(posts()).toHaveLength(1);
		},
	);

	it.each([200, 204])('an empty response with %i is not an empty list', async (status) => {
		portable.misbehave({ method: 'GET', kind: 'answer', status });
		const { error } = await useExisting();
		expect(error?.message).toBe('Portable returned an empty response [Item 0]');
		expect(posts()).toHaveLength(0);
	});

	it.each([
		['{"error": "Try later"}', '{"error":"Try later"}'],
		['{"success": false, "message": "Try later"}', 'Try later'],
		['{"errors": [{"message": "No"}], "code": 7}', '{"errors":[{"message":"No"}],"code":7}'],
	])('200 with the error %s is not a success', async (body, words) => {
		portable.misbehave({ method: 'GET', kind: 'answer', status: 200, body });
		const { error } = await useExisting();
		expect(error?.message).toBe(`Portable returned status 200 with an error: ${words} [Item 0]`);
		expect(posts()).toHaveLength(0);
	});

	it('201 with an error after the request was carried out: the resource is recovered', async () => {
		injectFault({ kind: 'answer', status: 201, body: '{"error": "Late"}', worked: true });
		const { error, json } = await run([start(customers(1)), createSources()], credentials());
		expect(error).toBeUndefined();
		expect(json('Portable')).toMatchObject([{ id: portable.truth.sources[0]?.id }]);
	});

	it('accepts a resource with an error among its members', async () => {
		injectFault({ kind: 'answer', status: 201, body: '{"id": 7, "odd": true, "errors": ["Old"]}' });
		const { json } = await run([start(customers(1)), createSources()], credentials());
		expect(json('Portable')).toEqual([{ id: 7, odd: true, errors: ['Old'] }]);
	});
});

describe('P7: a response that repeats a secret', () => {
	/** The token, also with unnecessary JSON escapes. */
	const spelled = (): Array<[string, string]> => [
		['as it is', portable.token],
		['as codes', Buffer.from(portable.token).toString('hex').replace(/../g, '\\u00$&')],
	];

	it('redacts the token in the output: in a text, a list, and a key', async () => {
		for (const [, token] of spelled()) {
			injectFault({
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

	it('redacts it in the output of an item that reads a list', async () => {
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

	it('redacts it in the request ID of an error', async () => {
		injectFault({
			kind: 'answer',
			status: 400,
			headers: { 'x-request-id': `req-${portable.token}` },
			body: '{"message": "Bad value"}',
		});
		const { json } = await run([start(customers(1)), createSources({}, continues)], credentials());
		expect(json('Portable')[0]?.details).toMatchObject({ requestId: 'req-***' });
	});

	it('redacts it in an error about a successful response', async () => {
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

	it('redacts it in lists of the editor and in the output of a trigger', async () => {
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

	it('redacts long values of a properties credential, and short ones only where the member has the same name', async () => {
		const secret = 'sk_live_0123456789';
		injectFault({
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
				properties: { api_key: '***', port: '***' },
			},
		]);
	});
});

describe('hostile responses', () => {
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

	it('reads 8 MB of escaped quotes and a long number', async () => {
		const text = '\\"'.repeat(4 * 1024 * 1024);
		injectFault({
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
