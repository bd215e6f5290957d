import type { IDataObject } from 'n8n-workflow';
import { run } from '../harness.ts';
import {
	act,
	aFlow,
	requestLines,
	bodies,
	credentials,
	diga,
	done,
	node,
	start,
	tree,
} from './case.ts';

const send = (text: string, more: object = {}) => ({
	piece: { __rl: true, mode: 'list', value: '@activepieces/piece-slack' },
	action: { __rl: true, mode: 'name', value: 'send_channel_message' },
	connection: { __rl: true, mode: 'id', value: 'ext-1' },
	inputJson: JSON.stringify({ channel: '#sales', text }),
	...more,
});

const plan = {
	name: 'Summary',
	piece: 'piece-diga',
	trigger: 'callFinished',
	specifyInput: 'json',
	steps: {
		step: [send('One', { displayName: 'First' }), send('Two {{step_1.ts}}'), send('Three')],
	},
};

const create = async (more: object = {}, items: object[] = [{}], node: object = {}) =>
	await act('flow', 'createAndPublish', { ...plan, ...more }, items, node);

describe('flow > create and publish', () => {
	it('creates, sets the trigger, adds the steps in order, publishes and enables, and outputs one item', async () => {
		const { error, items } = await create();
		expect(error).toBeUndefined();
		const [flow] = diga.truth.flows;
		const id = flow?.id ?? '';
		expect(requestLines()).toEqual([
			'GET /v1/workflow/piece/piece-diga',
			'GET /v1/workflow/piece/piece-slack',
			'GET /v1/workflow/?limit=30',
			'POST /v1/workflow/',
			`PATCH /v1/workflow/${id}/trigger`,
			`POST /v1/workflow/${id}/action`,
			`POST /v1/workflow/${id}/action`,
			`POST /v1/workflow/${id}/action`,
			`POST /v1/workflow/${id}/publish`,
			`PATCH /v1/workflow/${id}/status`,
		]);
		expect(tree(id)).toBe('trigger step_1 step_2 step_3');
		expect(flow?.status).toBe('ENABLED');
		expect(items).toEqual([
			expect.objectContaining({
				id,
				name: 'Summary',
				status: 'ENABLED',
				flow_category: 'post_call',
			}),
		]);
		const titles = bodies('POST', /action$/).map(
			({ action }) => (action as IDataObject).displayName,
		);
		expect(titles).toEqual(['First', 'Send Message to a Channel', 'Send Message to a Channel']);
		expect(bodies('POST', /action$/)[0]?.action).toMatchObject({
			settings: { input: { auth: "{{connections['ext-1']}}", channel: '#sales', text: 'One' } },
		});
	});

	it('sends no enable request if publishing enabled the flow', async () => {
		diga.dialect({ publishEnables: true });
		const { items } = await create();
		expect(items[0]?.status).toBe('ENABLED');
		expect(requestLines().some((line) => line.endsWith('/status'))).toBe(false);
	});

	it('imports a whole tree', async () => {
		const trigger = {
			name: 'trigger',
			type: 'PIECE_TRIGGER',
			displayName: 'Caught',
			settings: {
				pieceName: '@activepieces/piece-webhook',
				pieceVersion: '0.1.0',
				triggerName: 'catch_webhook',
				input: {},
			},
			nextAction: {
				name: 'step_1',
				type: 'LOOP_ON_ITEMS',
				displayName: 'Loop',
				settings: { items: '{{trigger.rows}}' },
			},
		};
		const { error } = await create({ defineFlow: 'json', flowJson: JSON.stringify({ trigger }) });
		expect(error).toBeUndefined();
		expect(bodies('POST', /import$/)).toEqual([{ displayName: 'Summary', trigger }]);
		expect(diga.truth.flows[0]?.status).toBe('ENABLED');
	});

	it('creates a flow for each item', async () => {
		const items = Array.from({ length: 6 }, (_, index) => ({ name: `Flow ${index}` }));
		const { error, items: output } = await create({ name: '={{ $json.name }}' }, items);
		expect(error).toBeUndefined();
		expect(output.map(({ name }) => name)).toEqual(items.map(({ name }) => name));
		for (const { id, status } of diga.truth.flows) {
			expect([tree(id), status]).toEqual(['trigger step_1 step_2 step_3', 'ENABLED']);
		}
		expect(requestLines().filter((line) => line.includes('/piece/'))).toHaveLength(2);
	});

	it.each([
		['a blank name', { name: '={{ " " }}' }, 'Name is empty [Item 0]'],
		[
			'a step without an action',
			{ steps: { step: [send('One'), send('Two', { action: '={{ "" }}' })] } },
			'Steps: step 2: Action is empty [Item 0]',
		],
		[
			'input that is not an object',
			{ steps: { step: [send('One', { inputJson: '[1]' })] } },
			/^Steps: step 1: Input \(JSON\) must be a JSON object/,
		],
		['an unknown trigger', { trigger: 'never' }, /^The piece Diga has no trigger "never"/],
		[
			'an unknown action',
			{ steps: { step: [send('One', { action: 'shout' })] } },
			/^The piece Slack has no action "shout"/,
		],
	])('rejects %s before it creates anything', async (_what, more, message) => {
		const { error } = await create(more);
		expect(error?.message).toMatch(message);
		expect(diga.truth.flows).toEqual([]);
		expect(bodies('POST')).toEqual([]);
	});

	const failures: Array<[string, () => void, RegExp, string]> = [
		[
			'the trigger',
			() => {
				diga.misbehave({ method: 'PATCH', kind: 'answer', status: 400, body: '{"detail": "No"}' });
			},
			/^The trigger could not be set: No \[Item 0\]$/,
			'It is empty',
		],
		[
			'the second step',
			() => {
				diga.misbehave({
					method: 'POST',
					kind: 'answer',
					status: 422,
					body: '{"detail": [{"loc": ["body", "action"], "msg": "Bad", "type": "x"}]}',
					bodyHas: 'Two',
				});
			},
			/^Step 2, Send Message to a Channel, could not be added: action: Bad \[Item 0\]$/,
			'It has its trigger and 1 of 3 steps',
		],
		[
			'a step that Diga accepts but does not add',
			() => {
				diga.dialect({ losesSteps: true });
			},
			/^Step 1, First, could not be added: Diga did not report an error, but the step "step_1" was not added/,
			'It has its trigger and 0 of 3 steps',
		],
		[
			'the publication',
			() => {
				diga.misbehave({ bodyHas: '', method: 'POST', kind: 'answer', status: 409, after: 4 });
			},
			/^The flow is complete but was not published: Diga returned status 409 \[Item 0\]$/,
			'It has its trigger and all steps',
		],
		[
			'the status, which Diga accepts but does not set',
			() => {
				diga.dialect({ statusStays: true });
			},
			/^The flow was published but not enabled: The flow \w+ is still DISABLED: .* did not set ENABLED/,
			'It has its trigger and all steps, and is published',
		],
	];

	it.each(failures)(
		'says which stage failed, what exists, and how to continue: %s',
		async (_what, cause, message, exists) => {
			cause();
			const { error } = await create();
			const id = diga.truth.flows[0]?.id ?? '';
			expect(error?.message).toMatch(message);
			expect(error?.description).toContain(
				`The flow "Summary" exists with the ID ${id}. ${exists}.`,
			);
			expect(error?.description).toContain('Continue with Step > Add');
			expect(error?.description).toContain(`Created before the node stopped: flow ${id} [Item 0].`);
		},
	);

	it.each(failures)(
		'deletes the new flow if the option is on: %s',
		async (_what, cause, message) => {
			cause();
			const { error } = await create({ options: { deleteTheFlowWhenSetupFails: true } });
			expect(error?.message).toMatch(message);
			expect(error?.description).toMatch(/The new flow \w+ was deleted, so/);
			expect(error?.description).not.toContain('Created before the node stopped');
			expect(diga.truth.flows).toEqual([]);
		},
	);

	it.each(['useExisting', 'stop'])(
		'does not reuse a flow that it deleted: %s',
		async (ifItAlreadyExists) => {
			const method = 'PATCH';
			diga.misbehave({ method, kind: 'answer', status: 400, body: '{"detail": "No"}' });
			const options = { deleteTheFlowWhenSetupFails: true, ifItAlreadyExists };
			const { items } = await create({ options }, [{}, {}], { onError: 'continueRegularOutput' });
			const [flow, ...others] = diga.truth.flows;
			expect(others).toEqual([]);
			expect(items).toEqual([
				expect.objectContaining({ error: 'The trigger could not be set: No [Item 0]' }),
				expect.objectContaining({ id: flow?.id, status: 'ENABLED' }),
			]);
		},
	);

	it('reports a flow that could not be deleted', async () => {
		diga.dialect({ losesSteps: true, lacks: ['delete'] });
		const { error } = await create({ options: { deleteTheFlowWhenSetupFails: true } });
		const [flow] = diga.truth.flows;
		expect(error?.description).toContain(
			`The new flow ${flow?.id ?? ''} could not be deleted (Missing permission)`,
		);
		expect(error?.description).toContain('Created before the node stopped');
	});

	it('does not publish invalid steps unless the option is off', async () => {
		const steps = { step: [send('One', { inputJson: '{}' })] };
		const { error } = await create({ steps });
		expect(error?.message).toMatch(
			/^The flow is complete but was not published: .* because it has invalid steps: Send Message to a Channel \(step_1\) \[Item 0\]$/,
		);
		expect(diga.truth.flows[0]?.published).toBeUndefined();
		const options = { stopWhenStepsAreInvalid: false };
		const { items } = await create({ steps, options });
		expect(items[0]?.status).toBe('ENABLED');
	});

	const useExisting = { ifItAlreadyExists: 'useExisting' };

	it('never deletes an existing flow', async () => {
		const flow = await aFlow('Summary');
		diga.dialect({ losesSteps: true });
		const { error } = await create({
			options: { ...useExisting, deleteTheFlowWhenSetupFails: true },
		});
		expect(error?.description).toContain(`The flow "Summary" exists with the ID ${flow}`);
		expect(diga.truth.flows.map(({ id }) => id)).toEqual([flow]);
	});

	it('outputs the finished flow for each item with the same name', async () => {
		const options = { ifItAlreadyExists: 'useExisting' };
		const { error, items } = await create({ options }, [{}, {}, {}]);
		expect(error).toBeUndefined();
		expect(diga.truth.flows).toHaveLength(1);
		const id = diga.truth.flows[0]?.id ?? '';
		expect(items.map((one) => [one.id, one.status])).toEqual(Array(3).fill([id, 'ENABLED']));
		expect(tree(id)).toBe('trigger step_1 step_2 step_3');
	});

	it('P2: every response to a write lost once: one flow, each step once', async () => {
		for (const bodyHas of ['"name":"Summary"', 'One', 'Two', 'Three']) {
			diga.misbehave({ method: 'POST', kind: 'cut', worked: true, bodyHas });
		}
		diga.misbehave({ method: 'PATCH', kind: 'cut', worked: true, times: 2 });
		const { error } = await create();
		expect(error).toBeUndefined();
		expect(diga.truth.flows).toHaveLength(1);
		const [flow] = diga.truth.flows;
		expect(tree(flow?.id ?? '')).toBe('trigger step_1 step_2 step_3');
		expect(flow?.status).toBe('ENABLED');
	}, 30_000);

	it('P4: after a cancel, sends and deletes nothing more, and names what it created', async () => {
		diga.misbehave({ method: 'POST', kind: 'delay', ms: 1500, bodyHas: 'Two' });
		const { run: finished } = await run(
			[
				start(),
				node('flow', 'createAndPublish', {
					...plan,
					options: { deleteTheFlowWhenSetupFails: true },
				}),
			],
			credentials(),
			{ cancelAfterMs: 700 },
		);
		await diga.idle();
		expect(bodies('POST', /action$/)).toHaveLength(2);
		expect(requestLines().some((line) => line.startsWith('DELETE'))).toBe(false);
		expect(diga.truth.flows).toHaveLength(1);
		expect(finished.status).toBe('canceled');
	});

	it('P1: continues with other items if one fails, each linked to its input', async () => {
		diga.misbehave({ method: 'POST', kind: 'answer', status: 400, bodyHas: 'Text of B' });
		const steps = {
			step: [send('x', { inputJson: '={{ { channel: "a", text: "Text of " + $json.name } }}' })],
		};
		const { items, output } = await create(
			{ name: '={{ $json.name }}', steps },
			[{ name: 'A' }, { name: 'B' }, { name: 'C' }],
			{ onError: 'continueRegularOutput' },
		);
		expect(items.map(({ name, error }) => name ?? error)).toEqual([
			'A',
			expect.stringMatching(/^Step 1, .* could not be added/),
			'C',
		]);
		expect(output('Diga').map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2].map((item) => ({ item })),
		);
	});

	it('a partly built flow can be completed by hand, as the error says', async () => {
		diga.misbehave({ method: 'POST', kind: 'answer', status: 400, bodyHas: 'Three' });
		await create();
		const flow = diga.truth.flows[0]?.id ?? '';
		const step = { ...send('Three'), stepType: 'PIECE', specifyInput: 'json' };
		await done('step', 'add', { flow, ...step });
		await done('flow', 'publish', { flow });
		const [item] = await done('flow', 'setStatus', { flow });
		expect(item?.status).toBe('ENABLED');
		expect(tree(flow)).toBe('trigger step_1 step_2 step_3');
	});
});
