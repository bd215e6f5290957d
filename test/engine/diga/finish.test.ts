// Create and Publish for an existing flow: it is compared with the settings and completed.
import type { IDataObject } from 'n8n-workflow';
import { act, aFlow, requestLines, bodies, diga, done, tree } from './case.ts';

type Step = NonNullable<(typeof diga.truth.flows)[number]['draft']['trigger']>;

const send = (text: string, more: object = {}) => ({
	piece: '@activepieces/piece-slack',
	action: 'send_channel_message',
	connection: 'ext-1',
	inputJson: JSON.stringify({ channel: '#sales', text, rows: [{ a: 1 }] }),
	...more,
});

const plan = {
	name: 'Summary',
	piece: 'piece-diga',
	trigger: 'functionCall',
	specifyInput: 'json',
	inputJson: '{"functionName": "book"}',
	steps: { step: [send('One', { displayName: 'First' }), send('Two {{step_1.ts}}')] },
	options: { ifItAlreadyExists: 'useExisting' },
};

const create = async (more: object = {}, node: object = {}) =>
	await act('flow', 'createAndPublish', { ...plan, ...more }, [{}], node);

const wrote = () => requestLines().filter((line) => !line.startsWith('GET'));

/** The flow in the sandbox. */
const truth = () => {
	const [flow, ...others] = diga.truth.flows;
	expect(others).toEqual([]);
	if (!flow) throw new Error('There is no flow');
	return flow;
};

const isWhole = () => {
	expect(tree(truth().id)).toBe('trigger step_1 step_2');
	expect(truth().status).toBe('ENABLED');
	expect(truth().published).toEqual(truth().draft);
};

/** Builds a flow and then changes it. */
const changed = async (change: (trigger: Step, first: Step, second: Step) => void) => {
	await create();
	const { trigger } = truth().draft;
	const first = trigger?.nextAction;
	const second = first?.nextAction;
	if (!trigger || !first || !second) throw new Error('There are no steps');
	change(trigger, first, second);
	diga.requests.length = 0;
};

describe('a partly built flow', () => {
	it.each([
		['empty', { method: 'PATCH', kind: 'answer', status: 400 }, ['action', 'action']],
		[
			'with its trigger',
			{ method: 'POST', kind: 'answer', status: 400, after: 1 },
			['action', 'action'],
		],
		['with a step', { method: 'POST', kind: 'answer', status: 400, after: 2 }, ['action']],
		['with all steps', { method: 'POST', kind: 'answer', status: 400, after: 3 }, []],
		['published', { method: 'PATCH', kind: 'answer', status: 400, after: 1 }, []],
	] as const)('is completed: %s', async (_what, injected, added) => {
		diga.misbehave(injected);
		expect((await create()).error).toBeDefined();
		expect(truth().status).toBe('DISABLED');
		diga.requests.length = 0;
		const { error, items } = await create();
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ id: truth().id, status: 'ENABLED' }]);
		isWhole();
		expect(wrote().filter((line) => line.endsWith('/action'))).toHaveLength(added.length);
	});

	it.each(['useExisting', 'createAnother', 'stop'])(
		'is finished by Retry On Fail, after one 502 at a step: %s',
		async (ifItAlreadyExists) => {
			diga.misbehave({ method: 'POST', kind: 'answer', status: 502, after: 2 });
			const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
			const { error, items } = await create({ options: { ifItAlreadyExists } }, retry);
			expect(error).toBeUndefined();
			expect(items).toMatchObject([{ id: truth().id, status: 'ENABLED' }]);
			isWhole();
			const texts = bodies('POST', /action$/).map(({ action }) => action as IDataObject);
			expect(texts.map(({ name }) => name)).toEqual(['step_1', 'step_2', 'step_2']);
		},
		20_000,
	);

	it('fails with the failed stage, and describes the flow', async () => {
		diga.misbehave({ method: 'POST', kind: 'answer', status: 400, after: 2, times: 2 });
		await create();
		const { error } = await create({
			options: { ...plan.options, deleteTheFlowWhenSetupFails: true },
		});
		expect(error?.message).toMatch(/^Step 2, .* could not be added/);
		expect(error?.description).toContain('It has its trigger and 1 of 2 steps');
		expect(truth().status).toBe('DISABLED');
	});
});

describe('a flow that matches the settings', () => {
	it('is reused without a change', async () => {
		await changed(() => {});
		const { error, items } = await create();
		expect(error).toBeUndefined();
		expect(items).toMatchObject([{ id: truth().id, status: 'ENABLED' }]);
		expect(wrote()).toEqual([]);
	});

	it('is enabled if it is disabled', async () => {
		await changed(() => {});
		truth().status = 'DISABLED';
		expect((await create()).items).toMatchObject([{ status: 'ENABLED' }]);
		isWhole();
	});

	it.each<[string, (trigger: Step, first: Step, second: Step) => void]>([
		[
			'versions',
			(trigger, first) => {
				trigger.settings.pieceVersion = '~0.2.0';
				first.settings.pieceVersion = '9.0.0';
			},
		],
		[
			'names that are shown',
			(trigger, first) => {
				trigger.displayName = 'Mine';
				first.displayName = 'Another';
			},
		],
		['validity', (_trigger, first) => (first.valid = false)],
		['names', (_trigger, _first, second) => (second.name = 'later')],
		[
			'members that Diga filled in',
			(trigger, first) => {
				Object.assign(trigger.settings.input as object, { timeout: 30 });
				Object.assign(first.settings.input as object, { threadTs: null, rows: [{ a: 1, b: '' }] });
			},
		],
		[
			'the form of the name of a piece',
			(_trigger, first) => (first.settings.pieceName = 'piece-slack'),
		],
	])('may differ in what Diga adds or users change: %s', async (_what, change) => {
		await changed(change);
		const { error } = await create();
		expect(error).toBeUndefined();
		expect(wrote()).toEqual([]);
	});
});

describe('a flow that differs from the settings', () => {
	it.each<[string, (trigger: Step, first: Step, second: Step) => void, string]>([
		[
			'a different action',
			(_trigger, first) => (first.settings.actionName = 'shout'),
			'First (step_1) has the action "shout" instead of "send_channel_message"',
		],
		[
			'a different piece',
			(_trigger, first) => (first.settings.pieceName = 'piece-http'),
			'First (step_1) has the piece "piece-http" instead of "@activepieces/piece-slack"',
		],
		[
			'different input',
			(_trigger, first) => Object.assign(first.settings.input as object, { text: 'Other' }),
			'First (step_1) has a different input.text',
		],
		[
			'input deep inside',
			(_trigger, first) => Object.assign(first.settings.input as object, { rows: [{ a: 2 }] }),
			'First (step_1) has a different input.rows.0.a',
		],
		[
			'a longer list',
			(_trigger, first) => Object.assign(first.settings.input as object, { rows: [{ a: 1 }, 2] }),
			'First (step_1) has a different input.rows',
		],
		[
			'a different connection',
			(_trigger, first) => Object.assign(first.settings.input as object, { auth: 'x' }),
			'First (step_1) has a different input.auth',
		],
		['a skipped step', (_trigger, first) => (first.skip = true), 'First (step_1) is skipped'],
		[
			'a different trigger',
			(trigger) => (trigger.settings.triggerName = 'callFinished'),
			'Function Call (trigger) has the trigger "callFinished" instead of "functionCall"',
		],
		[
			'a different input of the trigger',
			(trigger) => (trigger.settings.input = { functionName: 'x' }),
			'Function Call (trigger) has a different input.functionName',
		],
		[
			'no trigger',
			(trigger) => (trigger.type = 'EMPTY'),
			'Function Call (trigger) has the type "EMPTY" instead of "PIECE_TRIGGER"',
		],
		[
			'a different step type',
			(_trigger, first) => (first.type = 'CODE'),
			'First (step_1) has the type "CODE" instead of "PIECE"',
		],
		[
			'one more step',
			(_trigger, first, second) =>
				(second.nextAction = { ...first, name: 'step_3', displayName: 'More', nextAction: null }),
			'More (step_3) is not expected',
		],
		[
			'a different order',
			(_trigger, first, second) =>
				([first.settings, second.settings] = [second.settings, first.settings]),
			'First (step_1) has a different input.text',
		],
	])('is reported with its difference and not changed: %s', async (_what, change, difference) => {
		await changed(change);
		truth().status = 'DISABLED';
		const before = JSON.stringify(truth());
		const { error } = await create();
		expect(error?.message).toContain(
			`The flow "Summary" exists with the ID ${truth().id} and differs from the settings of this node: ${difference}`,
		);
		expect(error?.description).toContain('Nothing was changed.');
		expect(wrote()).toEqual([]);
		expect(JSON.stringify(truth())).toBe(before);
	});

	it('is not assumed to match if Diga does not show its steps', async () => {
		await changed(() => {});
		const { id } = truth();
		const list = JSON.stringify({ data: [{ id, name: 'Summary' }], has_more: false });
		diga.misbehave({
			method: 'GET',
			path: '/v1/workflow/',
			kind: 'answer',
			status: 200,
			body: list,
		});
		diga.dialect({ sparse: true });
		const { error } = await create();
		expect(error?.message).toMatch(
			/exists with the ID \w+, but Diga does not show its steps \[Item 0\]$/,
		);
		expect(wrote()).toEqual([]);
	});
});

describe('a flow from JSON', () => {
	const code = (name: string, more: object = {}) => ({
		name,
		type: 'CODE',
		displayName: `Code ${name}`,
		settings: { sourceCode: { code: '1', packageJson: '{}' }, input: { a: '{{trigger.a}}' } },
		...more,
	});
	const router = (more: object = {}) => ({
		name: 'step_1',
		type: 'ROUTER',
		displayName: 'Router',
		settings: {
			branches: [
				{ branchType: 'CONDITION', branchName: 'A' },
				{ branchType: 'FALLBACK', branchName: 'B' },
			],
			executionType: 'EXECUTE_FIRST_MATCH',
		},
		children: [code('step_2'), null],
		nextAction: {
			name: 'step_3',
			type: 'LOOP_ON_ITEMS',
			displayName: 'Loop',
			settings: { items: '{{trigger.rows}}' },
			firstLoopAction: code('step_4'),
		},
		...more,
	});
	const trigger = (nextAction: object) => ({
		name: 'trigger',
		type: 'PIECE_TRIGGER',
		displayName: 'Caught',
		settings: {
			pieceName: '@activepieces/piece-webhook',
			pieceVersion: '0.1.0',
			triggerName: 'catch_webhook',
			input: {},
		},
		nextAction,
	});
	const json = (nextAction: object) => ({
		defineFlow: 'json',
		flowJson: JSON.stringify({ trigger: trigger(nextAction) }),
	});
	const hints = ({ run: { data } }: Awaited<ReturnType<typeof create>>) =>
		(data.resultData.runData.Diga?.[0]?.hints ?? []).map(({ message }) => message).join('\n');

	it.each([
		['imported', { method: 'POST', kind: 'answer', status: 400, after: 2 }],
		['published', { method: 'PATCH', kind: 'answer', status: 400 }],
	] as const)('is completed: %s', async (_what, injected) => {
		diga.misbehave(injected);
		expect((await create(json(router()))).error).toBeDefined();
		diga.requests.length = 0;
		const finished = await create(json(router()));
		expect(finished.error).toBeUndefined();
		expect(finished.items).toMatchObject([{ status: 'ENABLED' }]);
		expect(wrote().some((line) => line.endsWith('/import'))).toBe(false);
		// a warning names what cannot be compared
		expect(hints(finished)).toContain(
			'Diga does not show code and the items of loops, so these steps may differ from Flow (JSON)',
		);
	});

	it('is imported into an empty flow', async () => {
		await aFlow('Summary');
		await done('flow', 'createAndPublish', { ...plan, ...json(router()) });
		expect(tree(truth().id)).toBe('trigger step_1(step_2|) step_3(step_4)');
	});

	it.each([
		['one step less', router({ nextAction: null }), 'Loop (step_3) is not expected'],
		[
			'one step more',
			router({ children: [code('step_2'), code('step_5')] }),
			'Code step_5 (step_5) is missing',
		],
		[
			'different input',
			router({
				children: [code('step_2', { settings: { sourceCode: {}, input: { a: 1 } } }), null],
			}),
			'Code step_2 (step_2) has a different input.a',
		],
		[
			'a different mode',
			router({ settings: { ...router().settings, executionType: 'EXECUTE_ALL_MATCH' } }),
			'Router (step_1) has the mode "EXECUTE_FIRST_MATCH" instead of "EXECUTE_ALL_MATCH"',
		],
		[
			'different branches',
			router({
				settings: { ...router().settings, branches: [{ branchName: 'C' }, { branchName: 'B' }] },
			}),
			'Router (step_1) has the branches "A, B" instead of "C, B"',
		],
	])('is reported with its difference: %s', async (_what, other, difference) => {
		await create(json(router()));
		diga.requests.length = 0;
		const { error } = await create(json(other));
		expect(error?.message).toContain(`differs from the settings of this node: ${difference}`);
		expect(wrote()).toEqual([]);
	});

	it('is compared at any depth', async () => {
		const deep = (depth: number): object =>
			Array.from({ length: depth }).reduce<object>(
				(nextAction, _one, index) => code(`step_${depth - index}`, { nextAction }),
				code('last'),
			);
		await create(json(deep(800)));
		diga.requests.length = 0;
		expect((await create(json(deep(800)))).error).toBeUndefined();
		expect(wrote()).toEqual([]);
		const { error } = await create(json(deep(799)));
		expect(error?.message).toContain('differs from the settings of this node');
	}, 20_000);
});
