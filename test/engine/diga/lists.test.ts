// Executions, pieces, connections and templates.
import { act, aFlow, requestLines, bodies, credentials, diga, done, node, start } from './case.ts';
import { run } from '../harness.ts';

describe('execution', () => {
	it('rejects an invalid ID before it sends anything', async () => {
		const { error } = await act('execution', 'get', { execution: 'a/b' });
		expect(error?.message).toBe(
			'Execution ID must be the ID of an execution, but is "a/b" [Item 0]',
		);
		expect(requestLines()).toEqual([]);
	});

	it.each([
		'PAUSED',
		'SUCCEEDED',
		'FAILED',
		'TIMEOUT',
		'CANCELED',
		'INTERNAL_ERROR',
		'QUOTA_EXCEEDED',
		'MEMORY_LIMIT_EXCEEDED',
	] as const)('is output with its current status: queued, running, then %s', async (status) => {
		const flow = await aFlow();
		const { id } = diga.start(flow, { status, steps: { step_1: { output: 1 } } });
		const now = async () => (await done('execution', 'getAll', { flow }))[0]?.status;
		expect(await now()).toBe('QUEUED');
		diga.passTime(2000);
		expect(await now()).toBe('RUNNING');
		diga.passTime(4000);
		expect(await now()).toBe(status);
		const [item] = await done('execution', 'get', { execution: ` ${id} ` });
		expect(item).toMatchObject({ id, flowId: flow, status, steps: { step_1: { output: 1 } } });
		expect(requestLines().at(-1)).toBe(`GET /v1/workflow/executions/${id}`);
	});

	it('reads all pages, including old executions', async () => {
		const flow = await aFlow();
		for (let day = 0; day < 70; day++) {
			diga.truth.runs.push({
				id: `run-${day}`,
				flowId: flow,
				status: 'SUCCEEDED',
				created: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
			});
		}
		const items = await done('execution', 'getAll', { flow, returnAll: true });
		expect(items.map(({ id }) => id)).toEqual(
			Array.from({ length: 70 }, (_, index) => `run-${69 - index}`),
		);
		expect(requestLines()).toEqual([
			`GET /v1/workflow/${flow}/executions?limit=30`,
			`GET /v1/workflow/${flow}/executions?after=run-40&limit=30`,
			`GET /v1/workflow/${flow}/executions?after=run-10&limit=30`,
		]);
	});

	it('sends the filters, with dates in ISO 8601', async () => {
		const flow = await aFlow();
		const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
		for (const [id, hour, status] of [
			['a', 1, 'FAILED'],
			['b', 2, 'SUCCEEDED'],
			['c', 3, 'FAILED'],
			['d', 4, 'FAILED'],
		] as const) {
			diga.truth.runs.push({ id, flowId: flow, status, created: at(hour) });
		}
		const items = await done('execution', 'getAll', {
			flow,
			filters: {
				status: 'FAILED',
				created_after: '={{ DateTime.fromISO("2026-01-01T02:00:00Z") }}',
				created_before: '2026-01-01T03:30:00Z',
			},
		});
		expect(items.map(({ id }) => id)).toEqual(['c']);
		const query = new URL(requestLines()[0]?.slice(4) ?? '', 'http://x').searchParams;
		expect(Object.fromEntries(query)).toEqual({
			status: 'FAILED',
			created_after: '2026-01-01T02:00:00.000Z',
			created_before: '2026-01-01T03:30:00.000Z',
			limit: '30',
		});
	});

	it('rejects an invalid date by its label', async () => {
		const { error } = await act('execution', 'getAll', {
			flow: 'x',
			filters: { created_after: 'soon' },
		});
		expect(error?.message).toBe('Created After must be a date and time, but is "soon" [Item 0]');
		expect(requestLines()).toEqual([]);
	});

	it('outputs statuses that are not documented', async () => {
		const flow = await aFlow();
		const body = JSON.stringify({ data: [{ id: 'a', status: 'DREAMING' }], has_more: false });
		diga.misbehave({ method: 'GET', kind: 'answer', status: 200, body });
		expect(await done('execution', 'getAll', { flow })).toEqual([{ id: 'a', status: 'DREAMING' }]);
	});
});

describe('piece', () => {
	// Brackets in the key would be ignored: https://docs.diga.io/api-reference/openapi.json
	it('is listed with a repeated query key for several categories', async () => {
		const filters = { categories: ['DEVELOPMENT', 'SALES_AND_CRM'], suggestion_type: 'ACTION' };
		const items = await done('piece', 'getAll', { returnAll: true, filters });
		expect(requestLines()).toEqual([
			'GET /v1/workflow/piece?suggestion_type=ACTION&categories=DEVELOPMENT&categories=SALES_AND_CRM',
		]);
		expect(items.map(({ displayName }) => displayName)).toEqual(['HubSpot', 'HTTP']);
		expect(items[1]).toMatchObject({ actions: 2, triggers: 0 });
	});

	it('is searched, also with categories as text, up to the limit', async () => {
		const search = { filters: { search: ' hub ', categories: 'SALES_AND_CRM, AI' } };
		expect(await done('piece', 'getAll', search)).toHaveLength(1);
		expect(requestLines()[0]).toBe(
			'GET /v1/workflow/piece?search=hub&categories=SALES_AND_CRM&categories=AI',
		);
		expect(await done('piece', 'getAll', { limit: 2 })).toHaveLength(2);
	});

	it('is read by its short name', async () => {
		const [item] = await done('piece', 'get', { piece: '@activepieces/piece-slack' });
		expect(item).toMatchObject({
			name: '@activepieces/piece-slack',
			actions: { send_channel_message: { displayName: 'Send Message to a Channel' } },
		});
		expect(requestLines()).toEqual(['GET /v1/workflow/piece/piece-slack']);
	});
});

describe('connection', () => {
	const secret = 'S3CRET-of-acme-4711';
	const parameters = {
		piece: '@activepieces/piece-slack',
		displayName: 'Slack of Acme',
	};
	const create = async (
		more: object = {},
		{
			item = {},
			value = JSON.stringify({ secret_text: secret }),
		}: { item?: object; value?: string } = {},
	) =>
		await run(
			[start([item]), node('connection', 'create', { ...parameters, ...more })],
			credentials({ digaConnectionValueApi: { secretValue: value } }),
		);

	it('is created with the secret of the credential, which no output contains', async () => {
		const { json, error, run: whole } = await create();
		expect(error).toBeUndefined();
		expect(bodies('POST')).toEqual([
			{
				piece_name: 'piece-slack',
				display_name: 'Slack of Acme',
				type: 'SECRET_TEXT',
				value: { secret_text: secret },
			},
		]);
		const [connection] = diga.truth.connections;
		expect(json('Diga')).toEqual([
			{
				id: connection?.id,
				external_id: connection?.external_id,
				display_name: 'Slack of Acme',
				piece_name: 'piece-slack',
				status: 'ACTIVE',
			},
		]);
		expect(JSON.stringify(whole)).not.toContain(secret);
	});

	it('is created with a secret from an expression, or without one', async () => {
		const value = '={{ { username: "jo", password: $json.key } }}';
		const more = { valueFrom: 'json', valueJson: value, connectionType: 'BASIC_AUTH' };
		const { json, error } = await create(more, { item: { key: secret } });
		expect(error).toBeUndefined();
		expect(bodies('POST')[0]).toMatchObject({ value: { username: 'jo', password: secret } });
		expect(JSON.stringify(json('Diga'))).not.toContain(secret);
		await create({ valueFrom: 'none', connectionType: 'NO_AUTH' });
		expect(bodies('POST')[1]).not.toHaveProperty('value');
	});

	it('P7: redacts nested secrets if Diga repeats them in responses and errors', async () => {
		const value = JSON.stringify({ props: { list: [{ token: ` ${secret} `, pin: 48151623 }] } });
		diga.misbehave({
			method: 'POST',
			kind: 'answer',
			status: 400,
			body: JSON.stringify({ detail: `Bad token ${secret}, pin 48151623` }),
		});
		const failed = await create({}, { value });
		expect(failed.error?.message).toBe('Bad token ***, pin *** [Item 0]');
		expect(JSON.stringify(failed.run)).not.toContain(secret);
		diga.misbehave({
			method: 'POST',
			kind: 'answer',
			status: 200,
			body: JSON.stringify({ id: 'a', external_id: 'b', value: { secret_text: secret } }),
		});
		const { json, run: whole } = await create();
		expect(json('Diga')).toEqual([{ id: 'a', external_id: 'b' }]);
		expect(JSON.stringify(whole)).not.toContain(secret);
	});

	it.each([
		[
			'S3CRET',
			'The value in the Diga Connection Value API credential is not a JSON object [Item 0]',
		],
		['{}', 'The value in the credential is empty [Item 0]'],
	])('rejects the value %s without showing it', async (value, message) => {
		const { error, run: whole } = await create({}, { value });
		expect(error?.message).toBe(message);
		expect(JSON.stringify(whole)).not.toContain('S3CRET');
		expect(requestLines()).toEqual([]);
	});

	it('rejects an expression that does not return an object, without showing its value', async () => {
		const more = { valueFrom: 'json', valueJson: '={{ $json.key }}' };
		const { error } = await create(more, { item: { key: 'S3CRET' } });
		expect(error?.message).toBe('Value (JSON) is not a JSON object [Item 0]');
		expect(error?.description).not.toContain('S3CRET');
	});

	it('P2: is recovered after a lost response, and reused if it exists', async () => {
		diga.misbehave({ method: 'POST', kind: 'cut', worked: true });
		const { json } = await create();
		expect(diga.truth.connections).toHaveLength(1);
		expect(json('Diga')[0]?.id).toBe(diga.truth.connections[0]?.id);
		const again = await create({ options: { ifItAlreadyExists: 'useExisting' } });
		expect(again.json('Diga')[0]?.id).toBe(diga.truth.connections[0]?.id);
		expect(bodies('POST')).toHaveLength(1);
	});

	it('is listed', async () => {
		for (const displayName of ['A', 'B', 'C']) await create({ displayName });
		const items = await done('connection', 'getAll', { returnAll: true });
		expect(items.map(({ display_name: name }) => name)).toEqual(['A', 'B', 'C']);
		expect(await done('connection', 'getAll', { limit: 2 })).toHaveLength(2);
	});
});

describe('template', () => {
	const plain = '6f1c2d3e-0000-4000-8000-000000000002';
	const withSlack = '6f1c2d3e-0000-4000-8000-000000000003';

	// The default is Spanish: https://docs.diga.io/api-reference/openapi.json
	it('is listed in the chosen language', async () => {
		const english = await done('template', 'getAll', { returnAll: true });
		expect(english.map(({ language }) => language)).toEqual(['en', 'en', 'en']);
		const spanish = await done('template', 'getAll', {
			language: 'es',
			filters: { flow_category: 'post_call' },
		});
		expect(spanish.map(({ name }) => name)).toEqual(['Resumen de llamada']);
		expect(requestLines()).toEqual([
			'GET /v1/workflow/template?language=en&order=desc&limit=100',
			'GET /v1/workflow/template?language=es&flow_category=post_call&order=desc&limit=100',
		]);
		const { error } = await act('template', 'getAll', { language: '={{ "" }}' });
		expect(error?.message).toBe('Language is empty [Item 0]');
	});

	it('is listed oldest first', async () => {
		const ids = async (parameters: object) =>
			(await done('template', 'getAll', parameters)).map(({ id }) => id);
		const newest = await ids({ returnAll: true });
		expect(await ids({ returnAll: true, order: 'asc' })).toEqual(newest.toReversed());
	});

	it('requires a flow name if the template has no name', async () => {
		const body = JSON.stringify({ id: plain, name: ' ', language: 'en', template: {} });
		diga.misbehave({ method: 'GET', kind: 'answer', status: 200, body });
		const { error } = await act('template', 'createFlow', {
			template: plain,
			options: { ifItAlreadyExists: 'useExisting' },
		});
		expect(error?.message).toMatch(/^Flow Name is required because the template has no name/);
		expect(requestLines()).toHaveLength(1);
	});

	it('is only read by its UUID', async () => {
		const [item] = await done('template', 'get', { template: ` ${plain.toUpperCase()} ` });
		expect(item).toMatchObject({ id: plain, variables: ['channel', 'greeting'] });
		diga.requests.length = 0;
		const { error } = await act('template', 'get', { template: '12' });
		expect(error?.message).toBe('Template must be the ID of a template, but is "12" [Item 0]');
		expect(requestLines()).toEqual([]);
	});

	it('becomes a flow with its variables replaced', async () => {
		const items = await done('template', 'createFlow', {
			template: plain,
			variables: {
				pair: [
					{ name: 'channel', type: 'text', value: '#sales' },
					{ name: 'greeting', type: 'number', numberValue: 5 },
				],
			},
		});
		const [flow] = diga.truth.flows;
		expect(items).toEqual([
			{
				flow_id: flow?.id,
				flow_name: 'Call summary',
				edit_url: `https://app.diga.example/flows/${flow?.id ?? ''}`,
			},
		]);
		expect(bodies('POST')).toEqual([
			{ flow_name: 'Call summary', variables: { channel: '#sales', greeting: 5 } },
		]);
		expect(flow?.draft.trigger?.nextAction?.settings.input).toEqual({
			channel: '#sales',
			text: '5',
		});
	});

	it('sends the secrets of its connections from the credential, and never shows them', async () => {
		const secret = 'S3CRET-of-acme-4711';
		const steps = [
			start(),
			node('template', 'createFlow', {
				template: withSlack,
				flowName: 'Mine',
				valueFrom: 'credential',
			}),
		];
		const value = { digaConnectionValueApi: { secretValue: JSON.stringify({ slack: secret }) } };
		const { error, run: whole } = await run(steps, credentials(value));
		expect(error).toBeUndefined();
		expect(bodies('POST')).toEqual([
			{ flow_name: 'Mine', connections: [{ key: 'slack', value: secret }] },
		]);
		expect(JSON.stringify(whole)).not.toContain(secret);
		const lacking = await act('template', 'createFlow', { template: withSlack });
		expect(lacking.error?.message).toBe('Connection "slack" is required [Item 0]');
	});

	it.each([
		['useExisting', 0],
		['stop', 20],
	])(
		'P2: is copied once for all items of a node run with the same name: %s',
		async (mode, stopped) => {
			const wanted = Array.from({ length: 30 }, (_, index) => ({ name: `Flow ${index % 10}` }));
			const { items } = await act(
				'template',
				'createFlow',
				{
					template: plain,
					flowName: '={{ $json.name }}',
					options: { ifItAlreadyExists: mode },
				},
				wanted,
				{ onError: 'continueRegularOutput' },
			);
			expect(diga.truth.flows).toHaveLength(10);
			expect(items.filter((item) => 'error' in item)).toHaveLength(stopped);
			const ids = new Map(diga.truth.flows.map(({ id, draft }) => [draft.name, id]));
			for (const [index, { flow_id: id, error }] of items.entries()) {
				if (error === undefined) expect(id).toBe(ids.get(wanted[index]?.name ?? ''));
			}
		},
	);

	it('P2: is not copied twice after a lost response, or if the flow exists', async () => {
		diga.misbehave({ method: 'POST', kind: 'cut', worked: true });
		const parameters = { template: plain, flowName: 'Mine' };
		const expected = () => [{ flow_id: diga.truth.flows[0]?.id, flow_name: 'Mine' }];
		expect(await done('template', 'createFlow', parameters)).toEqual(expected());
		const options = { ifItAlreadyExists: 'useExisting' };
		expect(await done('template', 'createFlow', { ...parameters, options })).toEqual(expected());
		expect(bodies('POST')).toHaveLength(1);
	});
});
