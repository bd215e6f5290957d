import { startPortable } from '../../sandbox/portable/portable.ts';
import { run } from '../harness.ts';
import type { Result, Step } from '../harness.ts';
import { injectFault, credentials, portable, posts, start } from './case.ts';

const node = (
	resource: string,
	parameters: object,
	{ name = 'Portable', ...more }: Partial<Step> = {},
): Step => ({
	name,
	type: 'portable',
	parameters: { resource, operation: 'create', ...parameters },
	...more,
});

async function create(resource: string, parameters: object, item: object = {}): Promise<Result> {
	return await run([start([item]), node(resource, parameters)], credentials());
}

/** The bodies of the POST requests that arrived, in order. */
const bodies = () => posts().map(({ body }) => JSON.parse(body) as Record<string, unknown>);

describe('source > create', () => {
	it('sends only the spec if nothing else is set, and outputs the resource without its envelope', async () => {
		const { json, error, run: done } = await create('source', { sourceSpec: 'google_calendar' });
		expect(error).toBeUndefined();
		expect(done.data.resultData.runData.Portable?.[0]?.hints).toMatchObject([
			{
				message:
					'The source has no name, so you cannot distinguish it in Portable. Fill in Display Name, or name it with Update. [Item 0]',
				type: 'warning',
			},
		]);
		expect(bodies()).toEqual([{ sourceSpec: 'google_calendar' }]);
		expect(json('Portable')).toEqual([
			expect.objectContaining({
				id: portable.truth.sources[0]?.id,
				displayName: '',
				sourceSpec: expect.objectContaining({ name: 'google_calendar', lifecycle: 'STABLE' }),
			}),
		]);
	});

	it('sends name and typed properties', async () => {
		await create('source', {
			sourceSpec: ' freshsales ',
			displayName: 'Sales of Acme',
			properties: {
				pair: [
					{ name: 'domain', type: 'text', value: 'acme.example' },
					{ name: 'limit', type: 'number', numberValue: 12.5 },
					{ name: 'live', type: 'boolean', booleanValue: true },
				],
			},
		});
		expect(bodies()).toEqual([
			{
				sourceSpec: 'freshsales',
				displayName: 'Sales of Acme',
				properties: { domain: 'acme.example', limit: 12.5, live: true },
			},
		]);
	});

	it.each([
		['text', '{"domain": "acme.example", "deep": {"a": [1]}}'],
		['an object', '={{ { domain: "acme.example", deep: { a: [1] } } }}'],
	])('accepts properties as JSON from %s', async (_kind, propertiesJson) => {
		await create('source', {
			sourceSpec: 'freshsales',
			specifyProperties: 'json',
			propertiesJson,
		});
		expect(bodies()[0]?.properties).toEqual({ domain: 'acme.example', deep: { a: [1] } });
	});

	it('lets secret properties override visible ones, and never shows them', async () => {
		const secret = 'S3CRET-of-acme';
		const result = await run(
			[
				start(),
				node('source', {
					sourceSpec: 'freshsales',
					addSecretProperties: true,
					properties: {
						pair: [
							{ name: 'domain', type: 'text', value: 'acme.example' },
							{ name: 'api_key', type: 'text', value: 'visible' },
						],
					},
				}),
			],
			credentials({
				portablePropertiesApi: { secretProperties: JSON.stringify({ api_key: secret }) },
			}),
		);
		expect(bodies()[0]?.properties).toEqual({ domain: 'acme.example', api_key: secret });
		expect(JSON.stringify(result.run)).not.toContain(secret);
	});

	it('hides short secret properties that Portable returns, because its spec has another type for them', async () => {
		const secret = { domain: 'ac.me', region: 'eu', pin: 4711 };
		const { json } = await run(
			[
				start(),
				node('source', {
					sourceSpec: 'freshsales',
					displayName: 'eu sales of ac.me',
					addSecretProperties: true,
				}),
			],
			credentials({ portablePropertiesApi: { secretProperties: JSON.stringify(secret) } }),
		);
		expect(bodies()[0]?.properties).toEqual(secret);
		const [output] = json('Portable');
		expect(output?.displayName).toBe('eu sales of ac.me');
		expect(output?.properties).toEqual({ domain: '***', region: '***', pin: '***' });
	});

	it('sends no secret properties unless the option is on, even if a credential is selected', async () => {
		await run(
			[start(), node('source', { sourceSpec: 'freshsales' })],
			credentials({ portablePropertiesApi: { secretProperties: '{"api_key": "other"}' } }),
		);
		expect(bodies()).toEqual([{ sourceSpec: 'freshsales' }]);
	});

	it('does not show secret properties that are not JSON', async () => {
		const { run: whole, error } = await run(
			[start(), node('source', { sourceSpec: 'freshsales', addSecretProperties: true })],
			credentials({ portablePropertiesApi: { secretProperties: 'S3CRET' } }),
		);
		expect(error?.message).toBe('Secret Properties is not a JSON object [Item 0]');
		expect(JSON.stringify(whole)).not.toContain('S3CRET');
		expect(portable.requests).toHaveLength(0);
	});

	it('P6: sends a property named __proto__ as data', async () => {
		await create('source', {
			sourceSpec: 'freshsales',
			specifyProperties: 'json',
			propertiesJson: '{"__proto__": {"polluted": true}, "constructor": "x"}',
		});
		expect(posts()[0]?.body).toContain('"__proto__":{"polluted":true}');
		expect({}).not.toHaveProperty('polluted');
	});

	it.each([
		['an empty spec', { sourceSpec: ' ' }, 'Source Spec is empty [Item 0]'],
		[
			'an object as spec',
			{ sourceSpec: '={{ {} }}' },
			'Source Spec must be text, but is "{}" [Item 0]',
		],
		[
			'invalid JSON',
			{ sourceSpec: 'x', specifyProperties: 'json', propertiesJson: '{"a":' },
			/^Properties \(JSON\) is not valid JSON: .* \[Item 0\]$/,
		],
		[
			'a JSON list',
			{ sourceSpec: 'x', specifyProperties: 'json', propertiesJson: '[1]' },
			/^Properties \(JSON\) must be a JSON object .* but is "\[1\]" \[Item 0\]$/,
		],
		[
			'a property without a name',
			{ sourceSpec: 'x', properties: { pair: [{ name: ' ', type: 'text', value: 'v' }] } },
			'Properties: Name in row 1 is empty [Item 0]',
		],
		[
			'a duplicate property',
			{
				sourceSpec: 'x',
				properties: {
					pair: [
						{ name: 'a', type: 'text', value: 'v' },
						{ name: 'a ', type: 'text', value: 'w' },
					],
				},
			},
			'Properties: "a" is listed twice [Item 0]',
		],
		[
			'text as a number',
			{
				sourceSpec: 'x',
				properties: { pair: [{ name: 'n', type: 'number', numberValue: '={{ "many" }}' }] },
			},
			'Properties: Value of "n" must be a number, but is "many" [Item 0]',
		],
		[
			'too many parallel requests',
			{ sourceSpec: 'x', options: { parallelRequests: 101 } },
			'Parallel Requests must be a whole number from 0 to 100, but is "101" [Item 0]',
		],
	])(
		'rejects %s before sending a request, and names the field',
		async (_what, parameters, message) => {
			const { error } = await create('source', parameters);
			expect(error?.message).toEqual(
				typeof message === 'string' ? message : expect.stringMatching(message),
			);
			expect(portable.requests).toHaveLength(0);
		},
	);
});

describe('destination > create', () => {
	it('sends a destination spec, and outputs the masked password', async () => {
		const { json } = await create('destination', {
			destinationSpec: 'snowflake',
			displayName: 'Warehouse',
			properties: { pair: [{ name: 'password', type: 'text', value: 'hidden' }] },
		});
		expect(bodies()).toEqual([
			{
				destinationSpec: 'snowflake',
				displayName: 'Warehouse',
				properties: { password: 'hidden' },
			},
		]);
		expect(json('Portable')).toEqual([
			expect.objectContaining({ displayName: 'Warehouse', properties: { password: '********' } }),
		]);
	});
});

describe('flow > create', () => {
	const chain = (parameters: object): Step[] => [
		start(),
		node('source', { sourceSpec: 'google_calendar' }, { name: 'Source' }),
		node('destination', { destinationSpec: 'bigquery' }, { name: 'Destination' }),
		node('flow', {
			source: { __rl: true, mode: 'id', value: "={{ $('Source').item.json.id }}" },
			destination: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			...parameters,
		}),
	];

	it('connects resources that earlier nodes created, and sends source and destination without other members', async () => {
		const { json, error } = await run(chain({ displayName: 'Mine' }), credentials());
		expect(error).toBeUndefined();
		const { sources, destinations, flows } = portable.truth;
		expect(bodies()[2]).toEqual({
			source: sources[0]?.id,
			destination: destinations[0]?.id,
			displayName: 'Mine',
			frequency: 'manual',
		});
		expect(json('Portable')).toEqual(flows);
	});

	it.each([
		[{ schedule: 'frequency', frequency: '30m', cron: '1 2 3 4 5' }, { frequency: '30m' }],
		[{ schedule: 'cron', cron: ' 7 5 * * 5 ', frequency: '1h' }, { cron: '7 5 * * 5' }],
		[{ schedule: 'cron', cron: '0 */5 8-18 ? * MON-FRI' }, { cron: '0 */5 8-18 ? * MON-FRI' }],
		[{ schedule: 'cron', cron: '@daily' }, { cron: '@daily' }],
		[{ schedule: 'none', frequency: '1h', cron: '@daily' }, {}],
	])(
		'sends either a frequency or a cron expression, which exclude each other: %j',
		async (parameters, expected) => {
			await run(chain(parameters), credentials());
			const { source: _source, destination: _destination, ...rest } = bodies()[2] ?? {};
			expect(rest).toEqual(expected);
		},
	);

	it.each(['* * * *', '* * * * * * *', 'every day', '@', '61 ; drop'])(
		'rejects a cron expression with the wrong number of fields: %s',
		async (cron) => {
			const { error } = await run(chain({ schedule: 'cron', cron }), credentials());
			expect(error?.message).toContain('Cron Expression must have five or six fields');
			expect(bodies()).toHaveLength(2);
		},
	);

	it('rejects a cron expression with an invalid minute, and names the field', async () => {
		const { error } = await run(chain({ schedule: 'cron', cron: '99 5 * * *' }), credentials());
		expect(error?.message).toBe(
			'Cron Expression: the minute must be from 0 to 59, but is "99" [Item 0]',
		);
		expect(bodies()).toHaveLength(2);
	});

	it.each([
		['a number', '={{ $json.source }}'],
		['text with blanks', '={{ "  " + $json.source + " " }}'],
		['a pasted URL', '={{ "https://app.portable.io/sources/" + $json.source + "/edit?tab=1" }}'],
	])('P6: accepts an ID as %s', async (_kind, source) => {
		const { json } = await create('source', { sourceSpec: 'google_calendar' });
		const [made] = json('Portable');
		await create(
			'flow',
			{ source: { __rl: true, mode: 'id', value: source }, destination: '99' },
			{ source: made?.id },
		);
		expect(bodies()[1]).toMatchObject({ source: made?.id, destination: 99 });
	});

	it.each([
		'={{ "" }}',
		'={{ $json.nothing }}',
		'abc',
		'1.5',
		'-1',
		'0',
		'../flows',
		'1/run',
		'1?x=',
		'1e21',
		'9007199254740993',
	])('rejects %j as an ID before sending a request', async (value) => {
		const { error } = await create('flow', {
			source: { __rl: true, mode: 'id', value },
			destination: '1',
		});
		expect(error?.message).toMatch(/^Source .*\[Item 0\]$/);
		expect(portable.requests).toHaveLength(0);
	});
});

// The schema and the examples of https://developer.portable.io/api-reference/sources/create-source differ.
describe('responses in the formats of the documentation', () => {
	it.each([
		['the spec as text, as in the example', { specAsText: true }, { sourceSpec: 'freshsales' }],
		[
			'properties as a list, as in the example',
			{ propertiesAsList: true },
			{ properties: [expect.objectContaining({ name: 'domain', value: 'a' }), expect.anything()] },
		],
		['no envelope', { bare: true }, {}],
		[
			'dates with U+2010 in place of hyphens, passed through',
			{ oddHyphens: true },
			{ createdAt: expect.stringMatching(/^\d{4}\u2010\d\d\u2010/) },
		],
		['no name and no dates', { sparse: true }, {}],
		[
			'the lifecycle of a spec, which is its maturity and not the state of a run',
			{},
			{ sourceSpec: expect.objectContaining({ lifecycle: 'STABLE' }) },
		],
	])('%s', async (_format, dialect, expected) => {
		portable.dialect(dialect);
		const parameters = {
			sourceSpec: 'freshsales',
			displayName: 'Same',
			properties: { pair: [{ name: 'domain', type: 'text', value: 'a' }] },
		};
		const { json, error } = await create('source', parameters);
		expect(error).toBeUndefined();
		expect(json('Portable')).toEqual([
			expect.objectContaining({ id: portable.truth.sources[0]?.id, ...expected }),
		]);
	});

	it.each([{ specAsText: true }, { propertiesAsList: true }, { bare: true }, { oddHyphens: true }])(
		'are recognized in the lookup of an existing resource: %j',
		async (dialect) => {
			portable.dialect(dialect);
			const parameters = {
				sourceSpec: 'freshsales',
				displayName: 'Same',
				options: { ifItAlreadyExists: 'useExisting' },
			};
			await create('source', parameters);
			const { json } = await create('source', parameters);
			expect(portable.truth.sources).toHaveLength(1);
			expect(json('Portable')).toEqual([
				expect.objectContaining({ id: portable.truth.sources[0]?.id }),
			]);
		},
	);
});

describe('If It Already Exists', () => {
	const sourceOf = (mode: string, displayName = 'Acme') => ({
		sourceSpec: 'freshsales',
		displayName,
		options: { ifItAlreadyExists: mode },
	});

	it('creates another resource by default', async () => {
		await create('source', { sourceSpec: 'freshsales', displayName: 'Acme' });
		await create('source', { sourceSpec: 'freshsales', displayName: 'Acme' });
		expect(portable.truth.sources).toHaveLength(2);
	});

	it('stops with an error that names the existing resource', async () => {
		await create('source', sourceOf('stop'));
		const { error } = await create('source', sourceOf('stop'));
		expect(error?.message).toBe(
			`The source freshsales "Acme" already exists with the ID ${portable.truth.sources[0]?.id} [Item 0]`,
		);
		expect(portable.truth.sources).toHaveLength(1);
	});

	it('P2: running a whole workflow twice creates one source, destination and flow for each item', async () => {
		const options = { ifItAlreadyExists: 'useExisting' };
		const workflow = [
			start([{ name: 'A' }, { name: 'B' }]),
			node(
				'source',
				{ sourceSpec: 'freshsales', displayName: '={{ $json.name }}', options },
				{ name: 'Source' },
			),
			node(
				'destination',
				{ destinationSpec: 'bigquery', displayName: 'All', options },
				{ name: 'Destination' },
			),
			node('flow', {
				source: { __rl: true, mode: 'id', value: "={{ $('Source').item.json.id }}" },
				destination: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				options,
			}),
		];
		const first = await run(workflow, credentials());
		const second = await run(workflow, credentials());
		expect(first.error).toBeUndefined();
		expect(second.json('Portable')).toEqual(first.json('Portable'));
		const { sources, destinations, flows } = portable.truth;
		expect([sources.length, destinations.length, flows.length]).toEqual([2, 1, 2]);
	});

	it('P2: items of one execution that need the same resource share it', async () => {
		const { json } = await run(
			[start(Array.from({ length: 8 }, () => ({}))), node('source', sourceOf('useExisting'))],
			credentials(),
		);
		expect(portable.truth.sources).toHaveLength(1);
		expect(json('Portable').map(({ id }) => id)).toEqual(
			Array(8).fill(portable.truth.sources[0]?.id),
		);
	});

	it('uses the oldest of several matches, and lists all of them', async () => {
		await create('source', sourceOf('createAnother'));
		await create('source', sourceOf('createAnother'));
		const ids = portable.truth.sources.map(({ id }) => id);
		const { error, json, run: finished } = await create('source', sourceOf('useExisting'));
		expect(error).toBeUndefined();
		expect(json('Portable')).toMatchObject([{ id: ids[0] }]);
		expect(portable.truth.sources).toHaveLength(2);
		expect(JSON.stringify(finished.data.resultData.runData.Portable?.[0]?.hints)).toContain(
			`There are 2 matching sources for freshsales \\"Acme\\": ${ids.join(', ')}. The oldest was used: ${ids[0]} [Item 0].`,
		);
	});

	it('names all matches in the error', async () => {
		await create('source', sourceOf('createAnother'));
		await create('source', sourceOf('createAnother'));
		const { error } = await create('source', sourceOf('stop'));
		expect(error?.message).toBe(
			`The source freshsales "Acme" already exists with the ID ${portable.truth.sources.map(({ id }) => id).join(', ')} [Item 0]`,
		);
	});

	it('creates nothing if Portable offers no list, and says so', async () => {
		portable.dialect({ noLists: true });
		const { error } = await create('source', sourceOf('useExisting'));
		expect(error?.message).toContain('does not offer a list');
		expect(error?.description).toContain('Create Another');
		expect(portable.truth.sources).toHaveLength(0);
	});
});

describe('many items', () => {
	const names = Array.from({ length: 10 }, (_, index) => ({
		name: `Customer ${index}`,
		spec: 'freshsales',
	}));
	const createEach = (more: Partial<Step> = {}) =>
		node('source', { sourceSpec: '={{ $json.spec }}', displayName: '={{ $json.name }}' }, more);
	const withBadThird = names.map((item, index) => (index === 3 ? { ...item, spec: '' } : item));

	it('P1: creates a source for each of ten items, linked, in input order', async () => {
		// the first responses arrive last
		injectFault({ kind: 'delay', ms: 150, times: 2 });
		const { json } = await run(
			[
				start(names),
				createEach(),
				{
					name: 'Look',
					type: 'test.look',
					parameters: { value: "={{ $('Start').item.json.name }} {{ $json.displayName }}" },
				},
			],
			credentials(),
		);
		expect(json('Portable').map(({ displayName }) => displayName)).toEqual(
			names.map(({ name }) => name),
		);
		expect(json('Look').map(({ value }) => value)).toEqual(
			names.map(({ name }) => `${name} ${name}`),
		);
		expect(portable.truth.sources).toHaveLength(10);
	});

	it('sends as many requests at a time as Parallel Requests allows', async () => {
		injectFault({ kind: 'delay', ms: 60, times: 10 });
		await run(
			[
				start(names),
				node('source', { sourceSpec: 'freshsales', options: { parallelRequests: 3 } }),
			],
			credentials(),
		);
		expect(portable.mostOpen()).toBe(3);
	});

	it('by default, sends more requests at a time while the service responds as fast as before', async () => {
		const many = Array.from({ length: 150 }, (_, index) => ({ name: `Customer ${index}` }));
		injectFault({ kind: 'delay', ms: 300, times: 1000 });
		const { json } = await run(
			[start(many), node('source', { sourceSpec: 'freshsales', displayName: '={{ $json.name }}' })],
			credentials(),
		);
		expect(json('Portable').map(({ displayName }) => displayName)).toEqual(
			many.map(({ name }) => name),
		);
		expect(portable.mostOpen()).toBeGreaterThanOrEqual(20);
		expect(portable.mostOpen()).toBeLessThanOrEqual(100);
	});

	it('stops at an invalid item, names field and item, sends nothing for it, and lists what was created', async () => {
		const { error } = await run([start(withBadThird), createEach()], credentials());
		expect(error?.message).toBe('Source Spec is empty [Item 3]');
		const { sources } = portable.truth;
		expect(sources.length).toBeGreaterThan(0);
		expect(sources.map(({ displayName }) => displayName)).not.toContain('Customer 3');
		const created = sources.map(({ id, displayName }) => ({
			kind: 'source',
			id,
			item: Number(displayName.slice(-1)),
		}));
		for (const { id, item } of created)
			expect(error?.description).toContain(`source ${id} [Item ${item}]`);
		expect(error?.context?.data).toMatchObject({ created: expect.arrayContaining(created) });
	});

	it('starts no more items after a failed item, and lets those in flight finish', async () => {
		injectFault({ kind: 'delay', ms: 100, times: 10 });
		const { error } = await run(
			[
				start(withBadThird),
				node('source', {
					sourceSpec: '={{ $json.spec }}',
					displayName: '={{ $json.name }}',
					options: { parallelRequests: 5 },
				}),
			],
			credentials(),
		);
		// items 0, 1, 2 and 4 were in flight when item 3 failed
		expect(portable.truth.sources.map(({ displayName }) => displayName).sort()).toEqual([
			'Customer 0',
			'Customer 1',
			'Customer 2',
			'Customer 4',
		]);
		expect(error?.description?.match(/source \d+/g)).toHaveLength(4);
	});

	it('continues, with the failed item in its place, linked', async () => {
		const { json, output } = await run(
			[
				start(withBadThird),
				createEach({ onError: 'continueRegularOutput' }),
				{
					name: 'Look',
					type: 'test.look',
					parameters: { value: "={{ $('Start').item.json.name }}" },
				},
			],
			credentials(),
		);
		expect(portable.truth.sources).toHaveLength(9);
		expect(json('Portable')[3]).toEqual({ error: 'Source Spec is empty [Item 3]', details: {} });
		expect(output('Portable')[3]?.pairedItem).toEqual({ item: 3 });
		expect(json('Look').map(({ value }) => value)).toEqual(names.map(({ name }) => name));
	});

	it('continues, with the failed item on the error output, with its input and advice', async () => {
		const items = names.map((item, index) =>
			index === 3 ? { ...item, spec: 'unheard_of' } : item,
		);
		const { json } = await run(
			[
				start(items),
				createEach({ onError: 'continueErrorOutput' }),
				{
					name: 'Failed',
					type: 'test.look',
					after: ['Portable#1'],
					parameters: { value: "={{ $('Start').item.json.name }}" },
				},
			],
			credentials(),
		);
		expect(json('Portable', 0)).toHaveLength(9);
		expect(json('Portable', 1)).toEqual([
			{
				...items[3],
				error: 'Unknown source spec: unheard_of [Item 3]',
				message: expect.stringMatching(/compare the properties .* \(status 400\)$/),
			},
		]);
		expect(json('Failed')).toEqual([{ value: 'Customer 3' }]);
	});
});

describe('errors', () => {
	it.each([
		[400, '{"message": "Bad input"}', 'Bad input [Item 0]', /compare the properties/],
		[401, '{"message": "Unauthorized"}', 'Unauthorized [Item 0]', /API Keys/],
		[
			403,
			'{"message": "Your current plan does not support this feature"}',
			'Your current plan does not support this feature [Item 0]',
			/plan/,
		],
		[400, '{}', 'Portable returned status 400 [Item 0]', /./],
		[404, '<html><b>no</b></html>', 'Portable returned status 404 [Item 0]', /ID/],
		[
			400,
			'{"message": "approvePermissions ECONNRESET\\u0007\\n now"}',
			'approvePermissions ECONNRESET now [Item 0]',
			/./,
		],
	])(
		'P5: %i %s: shows the message of the response, or the status if there is no message',
		async (status, body, message, description) => {
			injectFault({ kind: 'answer', status, body });
			const { error } = await create('source', { sourceSpec: 'freshsales' });
			expect(error).toMatchObject({
				name: 'NodeApiError',
				message,
				httpCode: String(status),
				description: expect.stringMatching(description),
			});
			expect(posts()).toHaveLength(1);
		},
	);

	it('retries a create that was throttled', async () => {
		injectFault({
			kind: 'answer',
			status: 429,
			headers: { 'retry-after': '0' },
			body: '{}',
		});
		const { error } = await create('source', { sourceSpec: 'freshsales' });
		expect(error).toBeUndefined();
		expect(posts().map(({ status }) => status)).toEqual([429, 201]);
	});

	it('fails at once if Retry-After exceeds Keep Retrying For', async () => {
		injectFault({
			kind: 'answer',
			status: 429,
			headers: { 'retry-after': '3600' },
			body: '{"message": "Slow down"}',
		});
		const { error } = await create('source', { sourceSpec: 'freshsales' });
		expect(error?.message).toBe('Slow down [Item 0]');
		expect(error?.description).toMatch(/3600 s/);
	});

	it('P7: rejects a redirect, and sends nothing to its target', async () => {
		const elsewhere = await startPortable();
		injectFault({
			kind: 'answer',
			status: 307,
			headers: { location: `${elsewhere.url}/v2/sources` },
		});
		const { error } = await create('source', { sourceSpec: 'freshsales' });
		expect(error?.message).toContain(elsewhere.url);
		expect(elsewhere.requests).toHaveLength(0);
		await elsewhere.stop();
	});

	it('rejects a response to a create that contains no source', async () => {
		const odd = [
			'null',
			'""',
			'42',
			'[]',
			'{}',
			'{"data": null}',
			'{"data": {"id": "x"}}',
			'not json',
		];
		for (const body of odd)
			injectFault({ kind: 'answer', status: 201, body, bodyHas: `item ${odd.indexOf(body)}` });
		const { json } = await run(
			[
				start(odd.map((body) => ({ body }))),
				node(
					'source',
					{
						sourceSpec: 'freshsales',
						displayName: '=item {{ $itemIndex }}',
						options: { parallelRequests: odd.length },
					},
					{ onError: 'continueRegularOutput' },
				),
			],
			credentials(),
		);
		for (const { error } of json('Portable'))
			expect(error).toMatch(/^Portable (returned|did not return) /);
		expect(json('Portable')).toHaveLength(odd.length);
		expect(portable.truth.sources).toHaveLength(0);
	});

	it.each([
		['http://portable.example', /must start with https/],
		['ftp://portable.example', /is not a URL/],
		['nonsense', /is not a URL/],
	])('rejects the base URL %s', async (baseUrl, message) => {
		const { error } = await run([start(), node('source', { sourceSpec: 'freshsales' })], {
			portableApi: { baseUrl, token: 'secret-token' },
		});
		expect(error?.message).toMatch(message);
		expect(JSON.stringify(error)).not.toContain('secret-token');
	});

	it('accepts a base URL with a trailing slash and a version', async () => {
		const { error } = await run([start(), node('source', { sourceSpec: 'freshsales' })], {
			portableApi: { baseUrl: `${portable.url}/v2/`, token: portable.token },
		});
		expect(error).toBeUndefined();
		expect(portable.requests[0]?.path).toBe('/v2/sources');
	});

	it('reports an invalid token without showing it', async () => {
		const { error } = await run([start(), node('source', { sourceSpec: 'freshsales' })], {
			portableApi: { baseUrl: portable.url, token: 'wrong-token-0815' },
		});
		expect(error).toMatchObject({ message: 'Unauthorized [Item 0]', httpCode: '401' });
		expect(JSON.stringify(error)).not.toContain('wrong-token-0815');
	});
});
