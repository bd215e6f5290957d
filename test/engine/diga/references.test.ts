// References to earlier steps, such as {{step_1.rows}}, are for Diga. What n8n evaluates itself never reaches Diga.
import { act, aFlow, aFlowWith, requestLines, bodies, codeStep, diga, done } from './case.ts';

const slack = {
	stepType: 'PIECE',
	piece: 'piece-slack',
	action: 'send_channel_message',
	specifyInput: 'json',
};
const loop = { stepType: 'LOOP_ON_ITEMS' };
const form = (value: object) => ({
	specifyInput: 'form',
	inputForm: {
		mappingMode: 'defineBelow',
		value,
		schema: [{ id: 'text', displayName: 'Message', type: 'string', propertyType: 'LONG_TEXT' }],
	},
});
const planned = (inputJson: string) => ({
	name: 'Planned',
	piece: 'piece-diga',
	trigger: 'callFinished',
	specifyInput: 'json',
	steps: {
		step: [
			{ piece: 'piece-slack', action: 'send_channel_message', inputJson: '{"text": "One"}' },
			{ piece: 'piece-slack', action: 'send_channel_message', inputJson },
		],
	},
});
const conditions = (condition: object) => ({
	step: 'step_1',
	branchName: 'A',
	conditionGroups: { group: [{ conditions: { condition: [condition] } }] },
});

describe('a reference that n8n would evaluate', () => {
	const refused: Array<[string, string, string, object, string]> = [
		// as the editor stores it if the user types {{, a space, and the closing braces as well
		['typed', 'step', 'add', { ...loop, items: '={{ step_1.rows }} }}' }, 'Items'],
		['pasted', 'step', 'add', { ...loop, items: '={{step_1.rows}}' }, 'Items'],
		[
			'of the trigger',
			'step',
			'add',
			{ ...loop, items: '={{ trigger["body"].rows[0] }}' },
			'Items',
		],
		['of a step with a name', 'step', 'add', { ...loop, items: '={{ people.rows }}' }, 'Items'],
		['in a longer expression', 'step', 'add', { ...loop, items: '={{ [step_1.a, 1] }}' }, 'Items'],
		[
			'in JSON',
			'step',
			'add',
			{ ...slack, inputJson: '={"channel": "{{ $json.to }}", "text": "Hi {{ step_1.name }}"}' },
			'Input (JSON)',
		],
		[
			'in a string of an expression',
			'step',
			'add',
			{ ...slack, inputJson: '={{ { "text": "Hi {{step_1.name}}" } }}' },
			'Input (JSON)',
		],
		[
			'in a form',
			'step',
			'add',
			{ ...slack, ...form({ text: '={{ step_1.ts }}' }) },
			'Input (Form): "Message"',
		],
		[
			'in settings',
			'step',
			'add',
			{ ...loop, specifySettings: 'json', settingsJson: '={"items": "{{ trigger.rows }}"}' },
			'Settings (JSON)',
		],
		[
			'in the input of code',
			'step',
			'add',
			{ ...codeStep, codeInput: '={"a": "{{trigger.a}}"}' },
			'Code Input (JSON)',
		],
		[
			'of a trigger',
			'trigger',
			'update',
			{ ...planned('{}'), inputJson: '={"a": "{{ connections[\'x\'] }}"}' },
			'Input (JSON)',
		],
		[
			'in a condition',
			'branch',
			'add',
			conditions({ firstValue: '={{ trigger.status }}' }),
			'Condition Groups: group 1: Conditions: condition 1: First Value',
		],
		[
			'in conditions',
			'step',
			'add',
			{
				stepType: 'ROUTER',
				branches: {
					branch: [{ branchName: 'A', conditions: '=[[{"firstValue": "{{trigger.a}}"}]]' }],
				},
			},
			'Branches: branch 1: Conditions (JSON)',
		],
		[
			'in steps',
			'flow',
			'createAndPublish',
			planned('={"text": "{{ step_1.ts }}"}'),
			'Steps: step 2: Input (JSON)',
		],
		[
			'in a tree',
			'flow',
			'createAndPublish',
			{
				name: 'Tree',
				defineFlow: 'json',
				flowJson: '={"trigger": {"type": "EMPTY", "items": "{{trigger.rows}}"}}',
			},
			'Flow (JSON)',
		],
		[
			'in an import',
			'flow',
			'import',
			{ name: 'x', flowJson: '={"type": "EMPTY", "a": "{{ step_1.a }}"}' },
			'Flow (JSON)',
		],
	];

	it.each(refused)(
		'is rejected before anything is sent: %s',
		async (_what, resource, operation, parameters, label) => {
			const { error } = await act(resource, operation, { flow: 'x', ...parameters });
			expect(error?.message).toMatch(
				/^(.*) has the reference .*, which n8n would evaluate as its own expression \[Item 0\]$/,
			);
			expect(error?.message.startsWith(`${label} has the reference {{`)).toBe(true);
			expect(error?.description).toContain(`Set ${label} to Fixed`);
			expect(requestLines()).toEqual([]);
		},
	);

	it('is reported with the correct spelling, which then reaches Diga', async () => {
		const flow = await aFlow();
		const { error } = await act('step', 'add', { flow, ...loop, items: '={{ step_1.rows }}' });
		expect(error?.message).toBe(
			'Items has the reference {{ step_1.rows }}, which n8n would evaluate as its own expression [Item 0]',
		);
		expect(error?.description).toBe(
			String.raw`Set Items to Fixed and enter {{step_1.rows}}, without a space after {{. In an expression, escape the closing braces as \}}, as in {{ '{{step_1.rows\}}' }}.`,
		);
		const instead = ['{{step_1.rows}}', '{{ step_1.rows }}', String.raw`={{ '{{step_1.rows\}}' }}`];
		for (const items of instead) await done('step', 'add', { flow, ...loop, items });
		expect(bodies('POST', /action$/).map(({ action }) => action)).toMatchObject(
			['{{step_1.rows}}', '{{ step_1.rows }}', '{{step_1.rows}}'].map((items) => ({
				settings: { items },
			})),
		);
	});

	it('is named without the expression around it', async () => {
		const inputJson = '={{ { "text": "Hi {{step_1.name}}" } }}';
		const { error } = await act('step', 'add', { flow: 'x', ...slack, inputJson });
		expect(error?.message).toMatch(/^Input \(JSON\) has the reference {{ step_1.name }}, which/);
		const escaped = inputJson.replace('}}', String.raw`\}}`);
		await done('step', 'add', { flow: await aFlow(), ...slack, inputJson: escaped });
		expect(bodies('POST', /action$/)).toMatchObject([
			{ action: { settings: { input: { text: 'Hi {{step_1.name}}' } } } },
		]);
	});

	it.each([
		'={{ $json.items }}',
		'={{ $json.trigger.rows }}',
		"={{ $('Start').item.json.items }}",
		'={{ DateTime.DATE_FULL && $json.items }}',
		'={{ [$json].map((trigger) => trigger.items)[0] }}',
		'={{ { trigger: $json.items }.trigger }}',
		'={{ "trigger.rows" && $json.items }}',
	])('is not found in an expression that n8n can evaluate: %s', async (items) => {
		const flow = await aFlowWith(1);
		await done('step', 'add', { flow, ...loop, items }, [
			{ items: '{{step_1.rows}}', trigger: { rows: '{{step_1.rows}}' } },
		]);
		expect(diga.truth.flows[0]?.draft.trigger?.nextAction?.nextAction?.settings.items).toBe(
			'{{step_1.rows}}',
		);
	});

	it('is not searched in hidden fields', async () => {
		const flow = await aFlow();
		const hidden = { inputJson: '={{ step_1.rows }}', settingsJson: '={{ step_1.rows }}' };
		await done('step', 'add', { flow, ...hidden, ...loop, items: 'x' });
	});
});

describe('a part of a reference', () => {
	const step = (more: object) => ['step', 'add', { ...more }] as const;
	it.each([
		['closing braces', 'Items', ...step({ ...loop, items: '}}' }), '}} without {{'],
		// n8n evaluates the empty braces that its editor adds, and leaves what is typed after them
		['what n8n leaves', 'Items', ...step({ ...loop, items: '={{ "" }} }}' }), '}} without {{'],
		['opening braces', 'Items', ...step({ ...loop, items: '{{step_1.rows}' }), '{{ without }}'],
		[
			'in JSON',
			'Input (JSON)',
			...step({ ...slack, inputJson: '{"channel": "a", "texts": ["step_1.name }}"]}' }),
			'}} without {{',
		],
		[
			'in an object',
			'Input (JSON)',
			...step({ ...slack, inputJson: '={{ { text: "Hi " + $json.left } }}' }),
			'}} without {{',
		],
		[
			'in a form',
			'Input (Form): "Message"',
			...step({ ...slack, ...form({ text: '}}' }) }),
			'}} without {{',
		],
		[
			'in settings',
			'Settings (JSON)',
			...step({ ...loop, specifySettings: 'json', settingsJson: '{"items": "}}"}' }),
			'}} without {{',
		],
		[
			'in a condition',
			'Condition Groups: group 1: Conditions: condition 1: First Value',
			'branch',
			'add',
			conditions({ firstValue: '{{trigger.status' }),
			'{{ without }}',
		],
		[
			'in steps',
			'Steps: step 2: Input (JSON)',
			'flow',
			'createAndPublish',
			planned('{"text": "}}"}'),
			'}} without {{',
		],
		[
			'in an import',
			'Flow (JSON)',
			'flow',
			'import',
			{ name: 'x', flowJson: '{"type": "EMPTY", "a": "}}"}' },
			'}} without {{',
		],
	])(
		'is rejected before anything is sent: %s',
		async (_what, label, resource, operation, parameters, found) => {
			const given = { flow: 'x', ...parameters };
			const { error } = await act(resource, operation, given, [{ left: 'step_1.name }}' }]);
			expect(error?.message).toBe(
				`${label} has ${found}, so a reference to an earlier step is not complete [Item 0]`,
			);
			expect(requestLines()).toEqual([]);
		},
	);

	it.each([
		['JSON in a text', '{"a": {"b": "{{step_1.b}}"}}'],
		['a smiley in JSON in a text', '{"a": {"b": ":-}"}}'],
		['code in a text', 'if (a) { if (b) {c}}'],
		['a reference in single braces', '{{{step_1.b}}}'],
	])('is not %s', async (_what, items) => {
		await done('step', 'add', { flow: await aFlow(), ...loop, items });
	});

	it('is not looked for in code', async () => {
		const code = 'export const code = async () => { return ":-}}"; };';
		await done('step', 'add', { flow: await aFlow(), ...codeStep, code });
	});
});

it('a selected reference can be used in an expression', async () => {
	const reference = { __rl: true, mode: 'list', value: '{{step_1.rows}}' };
	const items = '={{ $parameter.reference }}';
	await done('step', 'add', { flow: await aFlow(), ...loop, reference, items });
	expect(bodies('POST', /action$/)).toMatchObject([
		{ action: { settings: { items: '{{step_1.rows}}' } } },
	]);
});
