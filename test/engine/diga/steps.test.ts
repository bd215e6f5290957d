import type { IDataObject } from 'n8n-workflow';
import { act, aFlow, aFlowWith, requestLines, bodies, codeStep, diga, done, tree } from './case.ts';

const slack = {
	stepType: 'PIECE',
	piece: '@activepieces/piece-slack',
	action: 'send_channel_message',
	specifyInput: 'json',
	inputJson: '{"channel": "#sales", "text": "Hi {{trigger.name}}"}',
};

const loop = { stepType: 'LOOP_ON_ITEMS', items: '{{trigger.rows}}' };

const router = {
	stepType: 'ROUTER',
	branches: { branch: [{ branchName: 'Interested', conditions: '[]' }, { branchName: 'Busy' }] },
};

const inside = (position: string, parentStep: string, more: object = {}) => ({
	position,
	parentStep,
	...more,
});

const added = () => bodies('POST', /\/action$/).at(-1) as { action: IDataObject } & IDataObject;

describe('step > add', () => {
	// Diga inserts after the parent step and does not append: https://github.com/activepieces/activepieces, packages/shared/src/lib/flows/operations/add-action.ts
	it('appends to the main chain, with unused names', async () => {
		const flow = await aFlow();
		await done('step', 'add', { flow, ...codeStep });
		expect(requestLines()).toEqual([
			`GET /v1/workflow/${flow}`,
			`POST /v1/workflow/${flow}/action`,
		]);
		expect(added()).toEqual({
			parentStep: 'trigger',
			stepLocationRelativeToParent: 'AFTER',
			action: {
				name: 'step_1',
				type: 'CODE',
				displayName: 'Code',
				settings: {
					sourceCode: { packageJson: '{}', code: 'export const code = async () => 1;' },
					input: {},
				},
			},
		});
		await done('step', 'add', { flow, ...codeStep, options: { stepName: 'step_7' } });
		await done('step', 'add', { flow, ...codeStep });
		expect(tree(flow)).toBe('trigger step_1 step_7 step_8');
	});

	// The trigger is nullable: https://docs.diga.io/api-reference/openapi.json, FlowAllResponse
	it('appends to a new flow whose response has no trigger', async () => {
		diga.dialect({ noTrigger: true });
		const flow = await aFlow();
		await done('step', 'add', { flow, ...codeStep });
		expect(tree(flow)).toBe('trigger step_1');
	});

	it('adds the steps of parallel items in input order', async () => {
		const flow = await aFlow();
		const items = Array.from({ length: 12 }, (_, index) => ({ title: `Step ${index}` }));
		const output = await done(
			'step',
			'add',
			{ flow, ...codeStep, displayName: '={{ $json.title }}' },
			items,
		);
		expect(tree(flow)).toBe(`trigger ${items.map((_, index) => `step_${index + 1}`).join(' ')}`);
		expect(bodies('POST').map(({ action }) => (action as IDataObject).displayName)).toEqual(
			items.map(({ title }) => title),
		);
		expect(output).toHaveLength(12);
	});

	it('rejects a branch index that is not a whole number before it sends anything', async () => {
		const place = inside('INSIDE_BRANCH', 'step_1', { branchIndex: '={{ 0.5 }}' });
		const { error } = await act('step', 'add', { flow: 'x', ...codeStep, ...place });
		expect(error?.message).toMatch(/^Branch Index must be a whole number/);
		expect(requestLines()).toEqual([]);
	});

	it('inserts after a step, in a loop and in a branch', async () => {
		const flow = await aFlowWith(2);
		await done('step', 'add', { flow, ...codeStep, ...inside('AFTER', 'step_1') });
		expect(tree(flow)).toBe('trigger step_1 step_3 step_2');
		await done('step', 'add', { flow, ...loop });
		await done('step', 'add', { flow, ...codeStep, ...inside('INSIDE_LOOP', 'step_4') });
		await done('step', 'add', { flow, ...codeStep, ...inside('AFTER', 'step_5') });
		await done('step', 'add', { flow, ...router });
		expect(tree(flow)).toBe('trigger step_1 step_3 step_2 step_4(step_5 step_6) step_7(||)');
		await done('step', 'add', {
			flow,
			...codeStep,
			...inside('INSIDE_BRANCH', 'step_7', { branchIndex: 1 }),
		});
		// the end is the end of the main chain, not of a branch
		await done('step', 'add', { flow, ...codeStep });
		expect(tree(flow)).toBe(
			'trigger step_1 step_3 step_2 step_4(step_5 step_6) step_7(|step_8|) step_9',
		);
		expect(bodies('POST', /action$/).at(-2)).toMatchObject({ branchIndex: 1 });
		expect(added()).not.toHaveProperty('branchIndex');
	});

	it("shows Diga's message for an invalid position", async () => {
		const flow = await aFlowWith(1);
		const { error } = await act('step', 'add', {
			flow,
			...codeStep,
			...inside('INSIDE_LOOP', 'step_1'),
		});
		expect(error?.message).toBe('Step step_1 cannot take a step at INSIDE_LOOP [Item 0]');
	});

	// https://github.com/activepieces/activepieces, packages/shared/src/lib/flows/operations/add-action.ts
	it('fails on an unknown parent step, which Diga ignores', async () => {
		const flow = await aFlowWith(1);
		const { error } = await act('step', 'add', {
			flow,
			...codeStep,
			...inside('AFTER', 'step_9'),
		});
		expect(error?.message).toBe(`The flow ${flow} has no step "step_9" [Item 0]`);
		expect(error?.description).toContain('Its steps are trigger, step_1.');
		expect(bodies('POST')).toEqual([]);
		expect(tree(flow)).toBe('trigger step_1');
	});

	it('fails if the flow does not contain the step', async () => {
		const flow = await aFlow();
		diga.dialect({ losesSteps: true });
		const { error } = await act('step', 'add', { flow, ...codeStep });
		expect(error?.message).toMatch(
			/^Diga did not report an error, but the step "step_1" was not added/,
		);
	});

	// Responses have no firstLoopAction: https://docs.diga.io/api-reference/openapi.json, StepResponse
	it('works if responses do not show the steps inside loops', async () => {
		const flow = await aFlow();
		await done('step', 'add', { flow, ...loop });
		diga.dialect({ hidesLoops: true });
		await done('step', 'add', { flow, ...codeStep, ...inside('INSIDE_LOOP', 'step_1') });
		expect(tree(flow)).toBe('trigger step_1(step_2)');
		// the response cannot show whether the step was added, and the error says so
		const { error } = await act('step', 'add', {
			flow,
			...codeStep,
			...inside('AFTER', 'step_2'),
			options: { stepName: 'later' },
		});
		expect(error?.description).toContain('is inside a loop, the step was added');
	});

	it('rejects a name that another step has', async () => {
		const flow = await aFlowWith(1);
		const { error } = await act('step', 'add', {
			flow,
			...codeStep,
			options: { stepName: 'step_1' },
		});
		expect(error?.message).toBe(`The flow ${flow} already has a step "step_1" [Item 0]`);
		expect(bodies('POST')).toEqual([]);
	});

	it('P2: finds the step after a lost response without a second request', async () => {
		const flow = await aFlow();
		diga.misbehave({ method: 'POST', kind: 'cut', worked: true });
		const [item] = await done('step', 'add', { flow, ...codeStep });
		expect(item).toMatchObject({ id: flow, trigger: { nextAction: { name: 'step_1' } } });
		expect(bodies('POST')).toHaveLength(1);
		diga.misbehave({ method: 'POST', kind: 'cut', worked: false });
		const { error } = await act('step', 'add', { flow, ...codeStep });
		expect(error?.description).toMatch(/"step_2" may have been added anyway/);
		expect(tree(flow)).toBe('trigger step_1');
	});

	it('P2: finds the step after an unusable response', async () => {
		const flow = await aFlow();
		for (const body of ['null', '<html>']) {
			diga.misbehave({ method: 'POST', kind: 'answer', status: 200, body, worked: true });
			await done('step', 'add', { flow, ...codeStep });
		}
		expect(tree(flow)).toBe('trigger step_1 step_2');
		expect(bodies('POST')).toHaveLength(2);
		diga.misbehave({ method: 'DELETE', kind: 'answer', status: 200, body: '{}', worked: true });
		await done('step', 'delete', { flow, step: 'step_2' });
		expect(tree(flow)).toBe('trigger step_1');
	});
});

describe('the settings of a step', () => {
	const settings = async (parameters: object) => {
		await done('step', 'add', { flow: await aFlow(), ...parameters });
		return added().action;
	};

	// The full name has a slash, which servers decode before routing: https://github.com/fastapi/fastapi/issues/4990
	it('use the piece name and version that Diga returns, read by the short name', async () => {
		for (const piece of ['@activepieces/piece-slack', 'piece-slack', ' piece-slack ']) {
			expect(await settings({ ...slack, piece, connection: 'ext-1' })).toEqual({
				name: 'step_1',
				type: 'PIECE',
				displayName: 'Send Message to a Channel',
				settings: {
					pieceName: '@activepieces/piece-slack',
					pieceVersion: '0.9.2',
					actionName: 'send_channel_message',
					input: {
						auth: "{{connections['ext-1']}}",
						channel: '#sales',
						text: 'Hi {{trigger.name}}',
					},
					propertySettings: {},
				},
			});
			expect(requestLines()[0]).toBe('GET /v1/workflow/piece/piece-slack');
		}
	});

	it('load a piece once for all items', async () => {
		const flow = await aFlow();
		await done('step', 'add', { flow, ...slack }, [{}, {}, {}]);
		expect(requestLines().filter((line) => line.includes('/piece/'))).toHaveLength(1);
	});

	it('use the entered version and display name', async () => {
		expect(
			await settings({ ...slack, displayName: 'Tell', options: { pieceVersion: '~0.8.0' } }),
		).toMatchObject({ displayName: 'Tell', settings: { pieceVersion: '~0.8.0' } });
	});

	it('prefer an entered auth to the connection', async () => {
		const inputJson = '{"auth": "mine"}';
		expect(await settings({ ...slack, inputJson, connection: 'ext-1' })).toMatchObject({
			settings: { input: { auth: 'mine' } },
		});
	});

	it('cover loops, routers, and any type as JSON', async () => {
		expect(await settings(loop)).toMatchObject({
			type: 'LOOP_ON_ITEMS',
			settings: { items: '{{trigger.rows}}' },
		});
		const empty = [[{ firstValue: '', secondValue: '', operator: 'TEXT_CONTAINS' }]];
		expect(await settings({ ...router, executionType: 'EXECUTE_ALL_MATCH' })).toMatchObject({
			type: 'ROUTER',
			settings: {
				branches: [
					{ branchType: 'CONDITION', branchName: 'Interested', conditions: empty },
					{ branchType: 'CONDITION', branchName: 'Busy', conditions: empty },
					{ branchType: 'FALLBACK', branchName: 'Otherwise' },
				],
				executionType: 'EXECUTE_ALL_MATCH',
			},
		});
		const settingsJson =
			'{"sourceCode": {"code": "1", "packageJson": "{}"}, "__proto__": {"a": 1}}';
		await settings({ stepType: 'CODE', specifySettings: 'json', settingsJson });
		expect(diga.requests.at(-1)?.body).toContain('"__proto__":{"a":1}');
	});

	it.each([
		['an unknown action', { ...slack, action: 'shout' }, /^The piece Slack has no action "shout"/],
		['no piece', { ...slack, piece: '={{ "" }}' }, /^Piece is empty/],
		['invalid JSON', { ...slack, inputJson: '{' }, /^Input \(JSON\) is not valid JSON/],
		['a connection with a quote', { ...slack, connection: "a'b" }, /^Connection must be the ext/],
		['empty items', { ...loop, items: '={{ " " }}' }, /^Items is empty/],
		[
			'empty settings',
			{ stepType: 'CODE', specifySettings: 'json' },
			/^Settings \(JSON\) is empty/,
		],
		['an unknown type', { stepType: 'MAGIC' }, /^Type must be one of/],
		[
			'a branch without a name',
			{ stepType: 'ROUTER', branches: { branch: [{ branchName: ' ' }] } },
			/^Branches: a Name is empty/,
		],
		[
			'conditions outside groups',
			{ stepType: 'ROUTER', branches: { branch: [{ branchName: 'A', conditions: '[{}]' }] } },
			/^Branches: Conditions \(JSON\) of "A" must be a list of groups, each/,
		],
	])('reject %s without a change', async (_what, parameters, message) => {
		const flow = await aFlow();
		const { error } = await act('step', 'add', { flow, ...parameters });
		expect(error?.message).toMatch(message);
		expect(bodies('POST')).toEqual([]);
	});

	it("show Diga's message for an unknown piece", async () => {
		const { error } = await act('step', 'add', {
			flow: await aFlow(),
			...slack,
			piece: '@other/piece-none',
		});
		expect(error).toMatchObject({ httpCode: '404' });
		// the short name first, then the full name
		expect(requestLines()).toEqual([
			'GET /v1/workflow/piece/piece-none',
			'GET /v1/workflow/piece/%40other%2Fpiece-none',
		]);
	});
});

describe('step > update, delete, move', () => {
	// https://docs.diga.io/api-reference/openapi.json, UpdateActionRequest
	it('replaces the settings, and sends all four required members', async () => {
		const flow = await aFlow();
		await done('step', 'add', { flow, ...slack });
		await done('step', 'update', {
			flow,
			step: 'step_1',
			...slack,
			inputJson: '{"text": "New"}',
			displayName: 'New',
		});
		expect(bodies('PATCH')).toEqual([
			expect.objectContaining({ name: 'step_1', type: 'PIECE', displayName: 'New' }),
		]);
		expect(diga.truth.flows[0]?.draft.trigger?.nextAction?.settings.input).toEqual({ text: 'New' });
	});

	// https://github.com/activepieces/activepieces, packages/shared/src/lib/flows/operations/update-action.ts
	it('fails on an unknown step and on a changed type, which Diga ignores or rejects', async () => {
		const flow = await aFlowWith(1);
		const unknown = await act('step', 'update', { flow, step: 'step_9', ...codeStep });
		expect(unknown.error?.message).toBe(`The flow ${flow} has no step "step_9" [Item 0]`);
		const other = await act('step', 'update', { flow, step: 'step_1', ...loop });
		expect(other.error?.message).toBe(
			'Type must be CODE, because the type of the step "step_1" cannot change [Item 0]',
		);
		expect(bodies('PATCH')).toEqual([]);
		// Diga checks steps that it does not show
		diga.dialect({ hidesLoops: true });
		await done('step', 'add', { flow, ...loop });
		await done('step', 'add', { flow, ...codeStep, ...inside('INSIDE_LOOP', 'step_2') });
		const unnamed = await act('step', 'update', { flow, step: 'step_3', ...codeStep });
		expect(unnamed.error?.message).toBe(
			'Display Name is empty, and Diga does not show the current name of the step "step_3" [Item 0]',
		);
		expect(bodies('PATCH')).toEqual([]);
		const displayName = 'Mine';
		await done('step', 'update', { flow, step: 'step_3', ...codeStep, displayName });
		const hidden = await act('step', 'update', { flow, step: 'step_3', ...loop, displayName });
		expect(hidden.error?.message).toBe('The type of a step cannot change [Item 0]');
	});

	it('keeps the display name of a step unless another one is entered', async () => {
		const flow = await aFlowWith(1, { displayName: 'Mine' });
		await done('step', 'update', { flow, step: 'step_1', ...codeStep });
		await done('step', 'update', { flow, step: 'step_1', ...codeStep, displayName: 'New' });
		expect(bodies('PATCH').map(({ displayName }) => displayName)).toEqual(['Mine', 'New']);
	});

	it('deletes, and outputs the flow', async () => {
		const flow = await aFlowWith(3);
		const [item] = await done('step', 'delete', { flow, step: 'step_2' });
		expect(item).toMatchObject({ id: flow });
		expect(tree(flow)).toBe('trigger step_1 step_3');
		const { error } = await act('step', 'delete', { flow, step: 'step_2' });
		expect(error?.message).toBe(`The flow ${flow} has no step "step_2" [Item 0]`);
		diga.misbehave({ method: 'DELETE', kind: 'cut', worked: true });
		await done('step', 'delete', { flow, step: 'step_3' });
		diga.misbehave({ method: 'DELETE', kind: 'cut', worked: false });
		const lost = await act('step', 'delete', { flow, step: 'step_1' });
		expect(lost.error?.description).toContain('may have been deleted anyway');
		expect(tree(flow)).toBe('trigger step_1');
		diga.misbehave({ method: 'DELETE', kind: 'cut', worked: true });
		diga.misbehave({ method: 'GET', kind: 'answer', status: 400, after: 1, times: 2 });
		const blind = await act('step', 'delete', { flow, step: 'step_1' });
		expect(blind.error?.message).toMatch(/^Diga did not respond/);
		expect(blind.error?.description).toContain('may have been deleted anyway');
	});

	it('encodes the step name in the path', async () => {
		const flow = await aFlow();
		await done('step', 'add', { flow, ...codeStep, options: { stepName: 'a b?' } });
		await done('step', 'delete', { flow, step: 'a b?' });
		expect(requestLines().at(-1)).toBe(`DELETE /v1/workflow/${flow}/action/a%20b%3F`);
		expect(tree(flow)).toBe('trigger');
	});

	it('moves after a step, into a loop, and to the end', async () => {
		const flow = await aFlowWith(2);
		await done('step', 'add', { flow, ...loop });
		await done('step', 'move', { flow, step: 'step_1', ...inside('INSIDE_LOOP', 'step_3') });
		expect(tree(flow)).toBe('trigger step_2 step_3(step_1)');
		await done('step', 'move', { flow, step: 'step_1', ...inside('AFTER', 'trigger') });
		await done('step', 'move', { flow, step: 'step_1' });
		expect(tree(flow)).toBe('trigger step_2 step_3 step_1');
		expect(bodies('POST', /move$/).at(-1)).toEqual({
			name: 'step_1',
			newParentStep: 'step_3',
			stepLocationRelativeToParent: 'AFTER',
		});
		diga.requests.length = 0;
		await done('step', 'move', { flow, step: 'step_1' });
		expect(requestLines()).toEqual([`GET /v1/workflow/${flow}`]);
		for (const parameters of [{ step: 'none' }, { step: 'step_1', ...inside('AFTER', 'none') }]) {
			const { error } = await act('step', 'move', { flow, ...parameters });
			expect(error?.message).toBe(`The flow ${flow} has no step "none" [Item 0]`);
		}
		diga.requests.length = 0;
		for (const position of ['AFTER', 'INSIDE_LOOP']) {
			const self = { flow, step: 'step_3', ...inside(position, ' step_3 ') };
			const { error } = await act('step', 'move', self);
			expect(error?.message).toMatch(/^Parent Step must not be "step_3"/);
		}
		expect(requestLines()).toEqual([]);
	});
});

describe('a position that Diga chooses', () => {
	it('sends only the parent step, for Add and Move', async () => {
		const flow = await aFlowWith(2);
		const place = { flow, position: 'unspecified', parentStep: 'step_1' };
		await done('step', 'add', { ...place, ...codeStep });
		await done('step', 'move', { ...place, step: 'step_2' });
		expect(tree(flow)).toBe('trigger step_1 step_2 step_3');
		expect(bodies('POST', /action/)).toEqual([
			{ parentStep: 'step_1', action: expect.objectContaining({ name: 'step_3' }) },
			{ name: 'step_2', newParentStep: 'step_1' },
		]);
	});
});

describe('a position without its parent step', () => {
	it.each(['AFTER', 'INSIDE_LOOP', 'INSIDE_BRANCH', 'unspecified'])(
		'is rejected before anything is sent: %s',
		async (position) => {
			for (const operation of ['add', 'move']) {
				const step = operation === 'add' ? codeStep : { step: 'step_1' };
				const { error } = await act('step', operation, { flow: 'a', position, ...step });
				expect(error?.message).toBe('Parent Step is empty [Item 0]');
			}
			expect(requestLines()).toEqual([]);
		},
	);
});

describe('step > test and sample data', () => {
	// A test has real effects: https://docs.diga.io/api-reference/workflows--testing/test-an-action-step
	it('runs the step once and never retries', async () => {
		const flow = await aFlowWith(1);
		const items = await done('step', 'test', { flow, step: 'step_1' });
		expect(items).toEqual([
			{ success: true, input: {}, output: { ok: true }, standardError: '', standardOutput: '' },
		]);
		expect(requestLines()).toEqual([`POST /v1/workflow/${flow}/steps/step_1/test`]);
		diga.misbehave({ method: 'POST', kind: 'answer', status: 502, worked: true });
		const { error } = await act('step', 'test', { flow, step: 'step_1' });
		expect(error?.httpCode).toBe('502');
		expect(diga.truth.tests).toEqual(['step_1', 'step_1']);
	});

	it('fails with the error output of the step, or outputs the result', async () => {
		const flow = await aFlowWith(1);
		diga.dialect({ stepError: 'channel_not_found' });
		const parameters = { flow, step: 'step_1' };
		const { error } = await act('step', 'test', parameters);
		expect(error?.message).toBe('channel_not_found [Item 0]');
		const options = { failWhenTheTestFails: false };
		expect(await done('step', 'test', { ...parameters, options })).toEqual([
			expect.objectContaining({ success: false, standardError: 'channel_not_found' }),
		]);
	});

	it.each([
		['an object', { dataJson: '{"a": [1]}' }, { payload: { a: [1] }, dataType: 'JSON' }],
		['a list', { dataJson: '={{ [1, 2] }}' }, { payload: [1, 2], dataType: 'JSON' }],
		['zero', { dataJson: '0' }, { payload: 0, dataType: 'JSON' }],
		['text', { dataType: 'STRING', dataText: ' {"a"' }, { payload: ' {"a"', dataType: 'STRING' }],
	])('saves and gets %s', async (_what, parameters, body) => {
		const flow = await aFlow();
		for (const dataKind of ['OUTPUT', 'INPUT']) {
			const step = 'trigger';
			await done('step', 'saveSampleData', { flow, step, dataKind, ...parameters });
			expect(bodies('POST').at(-1)).toEqual({ ...body, type: dataKind });
			expect(await done('step', 'getSampleData', { flow, step, dataKind })).toEqual([
				{ data: body.payload },
			]);
			expect(requestLines().at(-1)).toBe(
				`GET /v1/workflow/${flow}/steps/trigger/sample-data?type=${dataKind}`,
			);
		}
	});

	it.each([
		[{ dataJson: '={{ "" }}' }, 'Data (JSON) is empty [Item 0]'],
		[{ dataJson: '{' }, /^Data \(JSON\) is not valid JSON/],
		[{ dataType: 'STRING', dataText: '={{ "" }}' }, 'Data (Text) is empty [Item 0]'],
	])('rejects %j before it sends anything', async (parameters, message) => {
		const { error } = await act('step', 'saveSampleData', {
			flow: 'x',
			step: 'trigger',
			...parameters,
		});
		expect(error?.message).toMatch(message);
		expect(requestLines()).toEqual([]);
	});
});

describe('trigger', () => {
	const functionCall = {
		piece: 'piece-diga',
		trigger: 'functionCall',
		specifyInput: 'json',
		inputJson: '{"functionName": "book"}',
	};

	it('is set, which changes the category and keeps the steps, and is removed', async () => {
		const flow = await aFlowWith(1);
		const [item] = await done('trigger', 'update', { flow, ...functionCall });
		expect(item).toMatchObject({
			flow_category: 'during_call',
			trigger: { valid: true, displayName: 'Function Call', nextAction: { name: 'step_1' } },
		});
		expect(bodies('PATCH')).toEqual([
			{
				type: 'PIECE_TRIGGER',
				displayName: 'Function Call',
				settings: {
					pieceName: '@activepieces/piece-diga',
					pieceVersion: '0.3.1',
					triggerName: 'functionCall',
					input: { functionName: 'book' },
					propertySettings: {},
				},
			},
		]);
		const [empty] = await done('trigger', 'update', { flow, triggerType: 'EMPTY' });
		expect(empty).toMatchObject({ flow_category: 'empty', trigger: { type: 'EMPTY' } });
		expect(tree(flow)).toBe('trigger step_1');
	});

	it('is set by JSON, with all its settings as entered', async () => {
		const flow = await aFlow();
		const settings = {
			pieceName: '@activepieces/piece-diga',
			pieceVersion: '0.1.0',
			triggerName: 'callFinished',
			input: { agents: ['a'] },
			propertySettings: {},
		};
		const json = { specifySettings: 'json', settingsJson: JSON.stringify(settings) };
		await done('trigger', 'update', { flow, ...json });
		await done('trigger', 'update', { flow, ...json, displayName: 'When a call ends' });
		const unnamed = { pieceName: settings.pieceName };
		await done('trigger', 'update', { flow, ...json, settingsJson: unnamed });
		expect(bodies('PATCH')).toEqual([
			{ type: 'PIECE_TRIGGER', displayName: 'callFinished', settings },
			{ type: 'PIECE_TRIGGER', displayName: 'When a call ends', settings },
			{ type: 'PIECE_TRIGGER', displayName: 'Trigger', settings: unnamed },
		]);
		const { error } = await act('trigger', 'update', { flow, ...json, settingsJson: '{}' });
		expect(error?.message).toContain('Settings (JSON) is empty');
		expect(bodies('PATCH')).toHaveLength(3);
	});

	it('is tested', async () => {
		const flow = await aFlow();
		const { error } = await act('trigger', 'test', { flow });
		expect(error?.message).toBe('The trigger is empty [Item 0]');
		await done('trigger', 'update', { flow, ...functionCall });
		expect(await done('trigger', 'test', { flow })).toEqual([{ events: [{ id: 1 }, { id: 2 }] }]);
	});
});

describe('branch', () => {
	const withRouter = async () => {
		const flow = await aFlow();
		await done('step', 'add', { flow, ...router });
		const place = inside('INSIDE_BRANCH', 'step_1', { branchIndex: 1 });
		await done('step', 'add', { flow, ...codeStep, ...place });
		diga.requests.length = 0;
		return flow;
	};
	const names = () =>
		(diga.truth.flows[0]?.draft.trigger?.nextAction?.settings.branches as IDataObject[]).map(
			({ branchName }) => branchName,
		);

	it('is added with conditions from the form: groups are OR, conditions in a group are AND', async () => {
		const flow = await withRouter();
		const condition = (firstValue: string, operator: string, more: object = {}) => ({
			firstValue,
			operator,
			...more,
		});
		await done('branch', 'add', {
			flow,
			step: 'step_1',
			branchName: 'New',
			branchIndex: 1,
			conditionGroups: {
				group: [
					{
						conditions: {
							condition: [
								condition('{{trigger.a}}', 'TEXT_START_WITH', {
									secondValue: 'x',
									caseSensitive: true,
								}),
								condition('{{trigger.n}}', 'NUMBER_IS_LESS_THAN', { secondValue: '={{ 5 }}' }),
							],
						},
					},
					{
						conditions: {
							condition: [condition('{{trigger.b}}', 'EXISTS', { secondValue: 'no' })],
						},
					},
					{ conditions: {} },
				],
			},
		});
		expect(bodies('POST')).toEqual([
			{
				stepName: 'step_1',
				branchName: 'New',
				branchIndex: 1,
				conditions: [
					[
						{
							firstValue: '{{trigger.a}}',
							operator: 'TEXT_START_WITH',
							secondValue: 'x',
							caseSensitive: true,
						},
						{ firstValue: '{{trigger.n}}', operator: 'NUMBER_IS_LESS_THAN', secondValue: '5' },
					],
					[{ firstValue: '{{trigger.b}}', operator: 'EXISTS' }],
				],
			},
		]);
		expect(names()).toEqual(['Interested', 'New', 'Busy', 'Otherwise']);
	});

	it('is added with conditions from JSON, or without conditions', async () => {
		const flow = await withRouter();
		const common = { flow, step: 'step_1', branchIndex: 0 };
		const conditions = [[{ firstValue: 'a', operator: 'EXISTS' }]];
		await done('branch', 'add', {
			...common,
			branchName: 'JSON',
			specifyConditions: 'json',
			conditionsJson: JSON.stringify(conditions),
		});
		await done('branch', 'add', { ...common, branchName: 'None' });
		const [json, none] = bodies('POST');
		expect(json?.conditions).toEqual(conditions);
		expect(none).not.toHaveProperty('conditions');
		expect(tree(flow)).toBe('trigger step_1(|||step_2|)');
	});

	it.each([
		[{ branchName: '={{ " " }}' }, /^Branch Name is empty/],
		[{ branchIndex: '={{ -1 }}' }, /^Branch Index must be a whole number, 0 or more/],
		[
			{ branchIndex: '={{ 0.5 }}' },
			/^Branch Index must be a whole number, 0 or more, but is "0.5"/,
		],
		[{ specifyConditions: 'json', conditionsJson: '{}' }, /^Conditions \(JSON\) must be a list/],
		[{ specifyConditions: 'json', conditionsJson: '["a"]' }, /^Conditions \(JSON\) must be a list/],
		[
			{ conditionGroups: { group: [{ conditions: { condition: [{ firstValue: '' }] } }] } },
			/^Condition Groups: a First Value is empty/,
		],
		[
			{
				conditionGroups: {
					group: [{ conditions: { condition: [{ firstValue: 'a', operator: '={{ "IS" }}' }] } }],
				},
			},
			/^Condition Groups: Operator "IS" does not exist/,
		],
	])('rejects %j before it sends anything', async (parameters, message) => {
		const { error } = await act('branch', 'add', {
			flow: 'x',
			step: 'step_1',
			branchName: 'A',
			...parameters,
		});
		expect(error?.message).toMatch(message);
		expect(requestLines()).toEqual([]);
	});

	// https://docs.diga.io/api-reference/openapi.json, DeleteBranchRequest
	it('is deleted by a DELETE with a body, duplicated and moved, with its steps', async () => {
		const flow = await withRouter();
		const common = { flow, step: 'step_1' };
		await done('branch', 'duplicate', { ...common, branchIndex: 1 });
		expect(names()).toEqual(['Interested', 'Busy', 'Busy Copy', 'Otherwise']);
		expect(tree(flow)).toBe('trigger step_1(|step_2|step_3|)');
		await done('branch', 'move', { ...common, branchIndex: 2, newIndex: 0 });
		expect(names()).toEqual(['Busy Copy', 'Interested', 'Busy', 'Otherwise']);
		await done('branch', 'delete', { ...common, branchIndex: 1 });
		expect(names()).toEqual(['Busy Copy', 'Busy', 'Otherwise']);
		const changes = diga.requests.filter(({ method }) => method !== 'GET');
		expect(changes.map(({ method, path, body }) => [method, path, body])).toEqual([
			['POST', `/v1/workflow/${flow}/branch/duplicate`, '{"stepName":"step_1","branchIndex":1}'],
			[
				'POST',
				`/v1/workflow/${flow}/branch/move`,
				'{"stepName":"step_1","branchIndex":2,"newIndex":0}',
			],
			['DELETE', `/v1/workflow/${flow}/branch`, '{"stepName":"step_1","branchIndex":1}'],
		]);
	});

	it('is not deleted twice after a lost response, because the index then belongs to the next branch', async () => {
		const flow = await withRouter();
		diga.misbehave({ method: 'DELETE', kind: 'cut', worked: true });
		await done('branch', 'delete', { flow, step: 'step_1', branchIndex: 0 });
		expect(names()).toEqual(['Busy', 'Otherwise']);
		expect(bodies('DELETE')).toHaveLength(1);
	});

	it.each([
		[
			'delete',
			{ step: 'step_2' },
			'Router must be a step of the type ROUTER, but "step_2" is CODE',
		],
		['add', { step: 'none', branchName: 'A' }, /^The flow \w+ has no step "none"/],
		['add', { branchIndex: 4, branchName: 'A' }, 'Branch Index must be 3 or less, but is 4'],
		['delete', { branchIndex: 3 }, 'Branch Index must be 2 or less, but is 3'],
		['duplicate', { branchIndex: 3 }, 'Branch Index must be 2 or less, but is 3'],
		['move', { branchIndex: 0, newIndex: 3 }, 'New Index must be 2 or less, but is 3'],
		['move', { branchIndex: 3, newIndex: 0 }, 'Branch Index must be 2 or less, but is 3'],
	])(
		'rejects an unknown router or index without a change: %s %j',
		async (operation, more, message) => {
			const flow = await withRouter();
			const { error } = await act('branch', operation, { flow, step: 'step_1', ...more });
			expect(error?.message).toMatch(message);
			if (error?.message.includes('Index')) {
				expect(error.description).toBe(
					'The branches of "step_1" are 0 Interested, 1 Busy, 2 Otherwise.',
				);
			}
			expect(requestLines()).toEqual([`GET /v1/workflow/${flow}`]);
		},
	);

	it('can be added after the last branch', async () => {
		const flow = await withRouter();
		await done('branch', 'add', { flow, step: 'step_1', branchName: 'Last', branchIndex: 3 });
		expect(names()).toEqual(['Interested', 'Busy', 'Otherwise', 'Last']);
	});

	it('lets Diga check branches that it does not show', async () => {
		const flow = await aFlow();
		await done('step', 'add', { flow, ...loop });
		await done('step', 'add', { flow, ...router, ...inside('INSIDE_LOOP', 'step_1') });
		diga.dialect({ hidesLoops: true });
		await done('branch', 'delete', { flow, step: 'step_2', branchIndex: 0 });
		const { error } = await act('branch', 'delete', { flow, step: 'step_1' });
		expect(error?.message).toContain('"step_1" is LOOP_ON_ITEMS');
	});
});
