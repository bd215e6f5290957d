// What the Diga node provides to the editor: pickers and forms.
import type {
	INodeListSearchResult,
	INodeParameters,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { act, aFlow, aFlowWith, requestLines, bodies, credentials, diga, done } from './case.ts';
import { callMethod } from '../harness.ts';

const listOf = async (
	method: string,
	parameters: INodeParameters = {},
	{ args = [], path }: { args?: string[]; path?: string } = {},
) =>
	await callMethod<INodeListSearchResult>('diga', `listSearch.${method}`, {
		credentials: credentials(),
		parameters,
		args,
		path,
	});

const rows = ({ results }: INodeListSearchResult) =>
	results.map(({ name, value }) => [name, value]);

describe('the pickers', () => {
	it('list the flows with their status, newest first, one page per request', async () => {
		for (let number = 0; number < 33; number++) await aFlow(`Flow ${number}`);
		const [first] = diga.truth.flows;
		if (first) first.status = 'ENABLED';
		diga.requests.length = 0;
		const page = await listOf('searchFlows');
		expect(page.results).toHaveLength(30);
		expect(requestLines()).toHaveLength(1);
		const rest = await listOf('searchFlows', {}, { args: ['', page.paginationToken as string] });
		expect(rows(rest).at(-1)).toEqual([`Flow 0 · enabled (${first?.id ?? ''})`, first?.id]);
		expect(rest.results).toHaveLength(3);
		expect(rest.paginationToken).toBeUndefined();
		expect(requestLines()).toHaveLength(2);
	});

	it('sort the flows by name if they are on one page', async () => {
		for (const name of ['B', 'C', 'A']) await aFlow(name);
		const names = rows(await listOf('searchFlows')).map(([name]) => String(name).slice(0, 1));
		expect(names).toEqual(['A', 'B', 'C']);
	});

	it('find flows on any page by a part of the name, and do not load the pages again for a longer part', async () => {
		for (let number = 0; number < 95; number++) await aFlow(`Flow ${number}`);
		const [first] = diga.truth.flows;
		diga.requests.length = 0;
		const found = [[`Flow 0 (${first?.id ?? ''})`, first?.id]];
		expect(rows(await listOf('searchFlows', {}, { args: [' FLOW 0 '] }))).toEqual(found);
		expect(requestLines()).toHaveLength(4);
		expect(rows(await listOf('searchFlows', {}, { args: ['flow 0 ('] }))).toEqual(found);
		expect(requestLines()).toHaveLength(5);
		// new flows shift the pages, so that the pages from before do not fit
		await aFlow('Flow 0');
		diga.requests.length = 0;
		expect(rows(await listOf('searchFlows', {}, { args: ['flow 0 ('] }))).toHaveLength(2);
		expect(requestLines()).toHaveLength(4);
	});

	it('read at most 34 pages per request, and continue from there', async () => {
		for (let page = 0; page < 40; page++) {
			const data = Array.from({ length: 30 }, (_, row) => ({ id: `f${page}-${row}`, name: 'A' }));
			const body = JSON.stringify({ data, has_more: true, last_id: data.at(-1)?.id });
			diga.misbehave({ method: 'GET', kind: 'answer', status: 200, body, after: page });
		}
		const { results, paginationToken } = await listOf('searchFlows', {}, { args: ['nothing'] });
		expect(results).toEqual([]);
		expect(requestLines()).toHaveLength(34);
		diga.behave();
		await aFlow('Nothing else');
		const rest = await listOf('searchFlows', {}, { args: ['nothing', paginationToken as string] });
		expect(rest.results).toHaveLength(1);
		expect(requestLines()).toHaveLength(1);
	});

	it.each(['same', 'none'] as const)('end if the service repeats a page: %s', async (endless) => {
		for (let number = 0; number < 31; number++) await aFlow(`Flow ${number}`);
		diga.dialect({ endless });
		diga.requests.length = 0;
		const seen: unknown[] = [];
		const args = [''];
		for (let requests = 0; requests < 6; requests++) {
			const { results, paginationToken } = await listOf('searchFlows', {}, { args });
			seen.push(...results.map(({ value }) => value));
			if (typeof paginationToken !== 'string') break;
			args[1] = paginationToken;
		}
		expect(new Set(seen).size).toBe(endless === 'same' ? 31 : 30);
		expect(requestLines().length).toBeLessThan(5);
	});

	it('list the trigger and steps of the chosen flow', async () => {
		const flow = await aFlowWith(2);
		const parameters = { flow: { __rl: true, mode: 'list', value: flow } };
		expect(rows(await listOf('searchSteps', parameters))).toEqual([
			['Code (step_1)', 'step_1'],
			['Code (step_2)', 'step_2'],
			['Select Trigger (trigger)', 'trigger'],
		]);
		await expect(listOf('searchSteps')).rejects.toThrow('Select a flow first, or choose By Name');
	});

	it('list the references of the chosen flow, with the values of the last tests', async () => {
		const flow = await aFlowWith(2);
		const dataJson = JSON.stringify({
			body: { rows: [{ id: 1 }], 'first name': 'Ada', "it's": 1 },
		});
		await done('step', 'saveSampleData', { flow, step: 'step_1', dataJson });
		const parameters = { operation: 'add', flow: { __rl: true, mode: 'list', value: flow } };
		expect(rows(await listOf('searchReferences', parameters))).toEqual([
			['Code (step_1): {{step_1.body.rows[0]}}', '{{step_1.body.rows[0]}}'],
			['Code (step_1): {{step_1.body.rows}}', '{{step_1.body.rows}}'],
			["Code (step_1): {{step_1.body['first name']}}", "{{step_1.body['first name']}}"],
			['Code (step_1): {{step_1.body}}', '{{step_1.body}}'],
			['Code (step_1): {{step_1}}', '{{step_1}}'],
			['Code (step_2): {{step_2}}', '{{step_2}}'],
			['Select Trigger (trigger): {{trigger}}', '{{trigger}}'],
		]);
		await expect(listOf('searchReferences')).rejects.toThrow('Select a flow first');
	});

	it('list the references of a flow that the node creates', async () => {
		const action = { __rl: true, mode: 'name', value: 'send_request' };
		const steps = { step: [{ action, displayName: 'Summarize' }, { action }, {}] };
		const parameters = { operation: 'createAndPublish', steps };
		expect(rows(await listOf('searchReferences', parameters))).toEqual([
			['send_request (step_2): {{step_2}}', '{{step_2}}'],
			['step_3: {{step_3}}', '{{step_3}}'],
			['Summarize (step_1): {{step_1}}', '{{step_1}}'],
			['Trigger: {{trigger}}', '{{trigger}}'],
		]);
		expect(requestLines()).toEqual([]);
	});

	it('list pieces, searched by Diga', async () => {
		expect((await listOf('searchPieces')).results).toHaveLength(5);
		const found = await listOf('searchPieces', {}, { args: ['slack'] });
		expect(rows(found)).toEqual([['Slack (piece-slack)', '@activepieces/piece-slack']]);
		expect(requestLines()).toEqual([
			'GET /v1/workflow/piece',
			'GET /v1/workflow/piece?search=slack',
		]);
	});

	it('list the actions and triggers of the chosen piece, also in a row of steps', async () => {
		const piece = { __rl: true, mode: 'list', value: '@activepieces/piece-diga' };
		expect(rows(await listOf('searchTriggers', { piece }))).toEqual([
			['Call Finished (callFinished)', 'callFinished'],
			['Function Call (functionCall)', 'functionCall'],
			['Pre-Call (preCall)', 'preCall'],
		]);
		const parameters = {
			piece: 'piece-slack',
			steps: { step: [{ piece: 'piece-slack' }, { piece }] },
		};
		const path = 'parameters.steps.step[1].action';
		expect((await listOf('searchActions', parameters, { path })).results).toHaveLength(3);
		expect(rows(await listOf('searchActions', parameters, { args: ['SEND'] }))).toEqual([
			['Send Message to a Channel (send_channel_message)', 'send_channel_message'],
		]);
		await expect(listOf('searchActions', { piece: '={{ $json.a }}' })).rejects.toThrow(
			'Select a piece first, or choose By Name',
		);
	});

	it('list the connections of the chosen piece by external ID, with their status', async () => {
		for (const [piece, display_name, status] of [
			['piece-slack', 'Mine', 'ACTIVE'],
			['@activepieces/piece-slack', 'Broken', 'ERROR'],
			['piece-hubspot', 'Other', 'ACTIVE'],
		] as const) {
			const external_id = `ext-${display_name}`;
			const more = { id: display_name, type: '', value: {} };
			diga.truth.connections.push({
				external_id,
				display_name,
				piece_name: piece,
				status,
				...more,
			});
		}
		const piece = '@activepieces/piece-slack';
		expect(rows(await listOf('searchConnections', { piece }))).toEqual([
			['Broken · @activepieces/piece-slack · error', 'ext-Broken'],
			['Mine · piece-slack', 'ext-Mine'],
		]);
		expect((await listOf('searchConnections')).results).toHaveLength(3);
	});

	it('list templates in both languages', async () => {
		expect(rows(await listOf('searchTemplates')).map(([name]) => name)).toEqual([
			'Call summary (en)',
			'Call summary to Slack (en)',
			'Outbound campaign (en)',
			'Resumen de llamada (es)',
		]);
	});

	it('list the templates of further pages of a language', async () => {
		const path = '/v1/workflow/template';
		const id = '6f1c2d3e-0000-4000-8000-000000000002';
		const page = { data: [{ id, name: 'First' }], has_more: true, last_id: id };
		diga.misbehave({ path, kind: 'answer', status: 200, body: JSON.stringify(page) });
		const names = rows(await listOf('searchTemplates')).map(([name]) => name);
		expect(names).toContain('First (en)');
		expect(names).toContain('Resumen de llamada (es)');
		expect(requestLines().slice(0, 2)).toEqual([
			'GET /v1/workflow/template?language=en&limit=100',
			`GET /v1/workflow/template?language=en&after=${id}&limit=100`,
		]);
	});

	it("show Diga's error", async () => {
		diga.dialect({ lacks: ['view'] });
		await expect(listOf('searchFlows')).rejects.toMatchObject({
			message: 'Missing permission',
			description: expect.stringContaining('workflows.view'),
		});
	});
});

const everything = { piece: 'piece-http', action: 'everything' };

const formOf = async (method: string, parameters: INodeParameters = {}) =>
	await callMethod<ResourceMapperFields>('diga', `resourceMapping.${method}`, {
		credentials: credentials(),
		parameters,
	});

describe('the fields of the form', () => {
	it('cover every type of property', async () => {
		const { fields, emptyFieldsNotice } = await formOf('actionForm', everything);
		expect(emptyFieldsNotice).toBeUndefined();
		const look = ({ id, displayName, type, required, removed }: ResourceMapperField) => [
			id,
			displayName,
			type,
			required,
			removed,
		];
		expect(fields.map(look)).toEqual([
			['title', 'Title', 'string', true, false],
			['notes', 'Notes', 'string', false, false],
			['limit', 'Limit (number)', 'string', false, false],
			['live', 'Live', 'boolean', false, true],
			['agreed', 'Agreed', 'boolean', true, false],
			['since', 'Since (date and time)', 'string', false, false],
			['color', 'Color', 'options', false, false],
			['size', 'Size', 'options', false, false],
			['tags', 'Tags (JSON)', 'string', false, false],
			['channel', 'Channel', 'string', false, false],
			['extra', 'Extra (JSON)', 'string', false, false],
			['headers', 'Headers (JSON)', 'string', false, false],
			['rows', 'Rows (JSON)', 'string', false, false],
			['fields', 'Fields (JSON)', 'string', false, false],
			['secret', 'Secret', 'string', false, false],
			['constructor', 'Constructor', 'string', false, false],
		]);
		expect(fields.find(({ id }) => id === 'size')?.options).toEqual([
			{ name: 'The 1', value: 1 },
			{ name: 'The 2', value: 2 },
		]);
	});

	it.each<[string, string, INodeParameters, RegExp]>([
		['no piece', 'actionForm', {}, /^Select a piece and its action first/],
		[
			'an expression',
			'triggerForm',
			{ piece: '={{ 1 }}' },
			/^Select a piece and its trigger first/,
		],
		['an unknown action', 'actionForm', { piece: 'piece-http', action: 'x' }, /has no action "x"/],
		['toString', 'actionForm', { piece: 'piece-http', action: 'toString' }, /has no action/],
		[
			'no properties',
			'triggerForm',
			{ piece: 'piece-diga', trigger: 'callFinished' },
			/^This trigger has no properties\.$/,
		],
	])('are empty with a reason: %s', async (_case, method, parameters, why) => {
		const { fields, emptyFieldsNotice } = await formOf(method, parameters);
		expect(fields).toEqual([]);
		expect(emptyFieldsNotice).toMatch(why);
	});
});

describe('the values of the form', () => {
	const needed = { title: 'A', agreed: true };

	const add = async (values: object, item: object = {}, more: object = {}) => {
		const flow = await aFlow();
		const { fields } = await formOf('actionForm', everything);
		const names = new Set(Object.keys(values));
		const schema = fields.map((field) => ({
			...field,
			removed: field.removed === true && !names.has(field.id),
		}));
		const untouched = Object.fromEntries(fields.map(({ id }) => [id, null]));
		const inputForm = {
			mappingMode: 'defineBelow',
			value: { ...untouched, ...values },
			schema,
			...more,
		};
		diga.requests.length = 0;
		return await act(
			'step',
			'add',
			{ flow, stepType: 'PIECE', ...everything, specifyInput: 'form', inputForm },
			[item],
		);
	};

	const sent = () =>
		(bodies('POST')[0] as { action: { settings: { input: object } } } | undefined)?.action.settings
			.input;

	it('are sent by type, without unset properties', async () => {
		const { error } = await add({
			...needed,
			limit: '12.5',
			live: false,
			since: '2026-12-31T18:00:00+01:00',
			color: 'red',
			size: 2,
			tags: '["a"]',
			channel: '#sales',
			extra: '{"a": [1]}',
			headers: '={{ { x: "y" } }}',
			rows: '[1, 2]',
			notes: '',
		});
		expect(error).toBeUndefined();
		expect(sent()).toEqual({
			...needed,
			limit: 12.5,
			live: false,
			since: '2026-12-31T17:00:00.000Z',
			color: 'red',
			size: 2,
			tags: ['a'],
			channel: '#sales',
			extra: { a: [1] },
			headers: { x: 'y' },
			rows: [1, 2],
		});
	});

	it('may be references to earlier steps for any type', async () => {
		const reference = '{{step_1.value}}';
		const names = ['title', 'limit', 'since', 'rows', 'extra', 'tags'];
		const values = Object.fromEntries(names.map((name) => [name, reference]));
		const { error } = await add({ ...values, agreed: true });
		expect(error).toBeUndefined();
		expect(sent()).toEqual({ ...values, agreed: true });
	});

	it.each([
		['limit', 'many', /^Input: "Limit \(number\)" must be a number, but is "many"/],
		['since', 'soon', /^Input: "Since \(date and time\)" must be a date and time such as/],
		['extra', '{', /^Input: "Extra \(JSON\)" is not valid JSON/],
		['agreed', '={{ "maybe" }}', /^Input: "Agreed" must be true or false/],
		['title', '={{ [] }}', /^Input: "Title" must be text/],
		['title', '={{ "" }}', 'Input: "Title" is empty, but the piece requires it [Item 0]'],
	])('are rejected without a change: %s from %s', async (name, value, message) => {
		const { error } = await add({ ...needed, [name]: value });
		expect(error?.message).toMatch(message);
		expect(bodies('POST')).toEqual([]);
	});

	it('are taken from the item for known properties', async () => {
		const item = { ...needed, limit: 3, other: 'not asked for' };
		const { error } = await add({}, item, { mappingMode: 'autoMapInputData', value: null });
		expect(error).toBeUndefined();
		expect(sent()).toEqual({ ...needed, limit: 3 });
	});

	it('are sent for triggers as well', async () => {
		const flow = await aFlow();
		const choice = { piece: 'piece-diga', trigger: 'functionCall' };
		const { fields } = await formOf('triggerForm', choice);
		const inputForm = {
			mappingMode: 'defineBelow',
			value: { functionName: 'book' },
			schema: fields,
		};
		await done('trigger', 'update', { flow, ...choice, inputForm });
		expect(bodies('PATCH')[0]).toMatchObject({ settings: { input: { functionName: 'book' } } });
	});
});
