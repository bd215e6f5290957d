import { Calls, PHONE } from '../../sandbox/diga/calls.ts';
import { RECEPTION, SALES, startDiga } from '../../sandbox/diga/diga.ts';
import { byId, byName, keep, make, setsOf } from '../lab.ts';
import type { Lab } from '../lab.ts';

/** The steps of the prepared flow: two code steps, a router, a piece step and a loop. */
const STEPS = ['step_1', 'step_2', 'step_3', 'step_4', 'step_5'];

export async function digaLab(): Promise<Lab> {
	const sandbox = await startDiga();
	const credentials = {
		digaApi: { baseUrl: sandbox.url, apiKey: sandbox.token },
		digaConnectionValueApi: { secretValue: '{"secret_text": "x"}' },
	};
	const node = { type: 'diga', credentials };
	const flow = byId((await make(node, 'flow.create', { name: 'Mine' })).id);
	const code = { stepType: 'CODE', code: 'export const code = async () => 1;' };
	const conditionGroups = {
		group: [
			{
				conditions: {
					condition: [
						{ firstValue: 'a', operator: 'TEXT_CONTAINS', secondValue: 'b', caseSensitive: true },
					],
				},
			},
		],
	};
	const router = {
		stepType: 'ROUTER',
		branches: {
			branch: [
				{ branchName: 'Yes', conditions: '[]' },
				{ branchName: 'No', conditions: '[]' },
			],
		},
	};
	const trigger = { piece: byName('piece-diga'), trigger: byName('callFinished') };
	const noInput = { specifyInput: 'json', inputJson: '{}' };
	await make(node, 'trigger.update', { flow, ...trigger, ...noInput });
	const json = { specifyInput: 'json', inputJson: '{"channel": "#sales", "text": "Hello"}' };
	const slack = {
		piece: byName('@activepieces/piece-slack'),
		action: byName('send_channel_message'),
		connection: byId('ext-1'),
		...json,
	};
	const piece = { stepType: 'PIECE', ...slack };
	const loop = { stepType: 'LOOP_ON_ITEMS', items: '{{step_1.rows}}' };
	for (const step of [code, code, router, piece, loop]) {
		await make(node, 'step.add', { flow, ...step });
	}
	await make(node, 'flow.publish', { flow });
	await make(node, 'flow.setStatus', { flow, status: 'ENABLED' });
	const [reception] = sandbox.truth.agents;
	const agentVersion = byId(reception?.versions[0]?.version_id);
	// the other agent has a flow that it can lose
	for (const agent of sandbox.truth.agents.slice(1)) agent.draft.flow_ids = [String(flow.value)];
	const agent = byId(RECEPTION);
	const execution = sandbox.start(flow.value as string).id;
	const call = sandbox.ring({ completedAfterMs: 0, messages: Calls.spoken('Hello') }).id;
	const variables = {
		pair: [
			{ name: 'a', type: 'text', value: 'b' },
			{ name: 'c', type: 'number', numberValue: 5 },
			{ name: 'd', type: 'boolean', booleanValue: true },
		],
	};
	const [first, second, third, fourth, fifth] = STEPS.map(byName);
	const settings = [
		code,
		piece,
		loop,
		router,
		{ stepType: 'CODE', specifySettings: 'json', settingsJson: '{"input": {}}' },
	];
	const branch = { flow, step: third };
	const tree = JSON.stringify({
		trigger: {
			name: 'trigger',
			type: 'PIECE_TRIGGER',
			displayName: 'A',
			valid: true,
			settings: {
				pieceName: '@activepieces/piece-diga',
				pieceVersion: '0.1.0',
				triggerName: 'callFinished',
				input: {},
			},
		},
	});
	const template = byId('6f1c2d3e-0000-4000-8000-000000000001');
	const sets = setsOf([
		['agent.assignFlow', { agent, flow }],
		['agent.get', { agent }, { agent, version: 'specific', agentVersion }],
		['agent.getAll', {}],
		['agent.publish', { agent: byId(SALES) }],
		['agent.unassignFlow', { agent: byId(SALES), flow }],
		[
			'branch.add',
			{ ...branch, branchName: 'Maybe', branchIndex: 1, conditionGroups },
			{
				...branch,
				branchName: 'Maybe',
				branchIndex: 1,
				specifyConditions: 'json',
				conditionsJson: '[]',
			},
		],
		['branch.delete', { ...branch, branchIndex: 1 }],
		['branch.duplicate', { ...branch, branchIndex: 1 }],
		['branch.move', { ...branch, branchIndex: 1, newIndex: 0 }],
		[
			'connection.create',
			{
				piece: byName('piece-slack'),
				displayName: 'Mine',
				valueFrom: 'json',
				valueJson: '{"secret_text": "x"}',
			},
		],
		[
			'call.create',
			{ fromNumber: PHONE.number, toNumber: '+34600000000', dynamicVariables: variables },
		],
		['call.get', { call }],
		['call.getAll', {}],
		['call.getTranscript', { call }],
		['connection.getAll', {}],
		['execution.get', { execution }],
		['execution.getAll', { flow }],
		['flow.create', { name: 'New' }],
		[
			'flow.createAndPublish',
			{
				name: 'New',
				...trigger,
				...json,
				inputJson: '{}',
				steps: { step: [{ ...slack, displayName: 'One' }] },
			},
			{ name: 'New', ...trigger, specifyInput: 'form' },
			{ name: 'New', defineFlow: 'json', flowJson: tree },
		],
		['flow.delete', { flow }],
		['flow.discardDraft', { flow }],
		['flow.get', { flow }],
		['flow.getAll', {}],
		['flow.import', { flow, name: 'New', flowJson: tree }],
		['flow.publish', { flow }],
		['flow.rename', { flow, name: 'New' }],
		['flow.setStatus', { flow, status: 'DISABLED' }],
		['flow.test', { flow }],
		['piece.get', { piece: byName('piece-slack') }],
		['piece.getAll', {}],
		[
			'step.add',
			...settings.map((one) => ({ flow, displayName: 'New', ...one })),
			{ flow, ...code, position: 'AFTER', parentStep: first },
			{ flow, ...code, position: 'INSIDE_BRANCH', parentStep: third, branchIndex: 1 },
		],
		['step.delete', { flow, step: second }],
		['step.getSampleData', { flow, step: first }],
		[
			'step.move',
			{ flow, step: first },
			{ flow, step: first, position: 'AFTER', parentStep: second },
			{ flow, step: first, position: 'unspecified', parentStep: second },
			{ flow, step: first, position: 'INSIDE_BRANCH', parentStep: third, branchIndex: 1 },
		],
		[
			'step.saveSampleData',
			{ flow, step: first, dataJson: '{"a": 1}' },
			{ flow, step: first, dataType: 'STRING', dataText: 'Hello' },
		],
		['step.test', { flow, step: first }],
		[
			'step.update',
			{ flow, step: first, displayName: 'New', ...code },
			{ flow, step: third, ...router },
			{ flow, step: fourth, ...piece },
			{ flow, step: fifth, ...loop },
			{ flow, step: first, stepType: 'CODE', specifySettings: 'json', settingsJson: '{"a": 1}' },
		],
		[
			'template.createFlow',
			{
				template,
				valueFrom: 'none',
				flowName: 'New',
				variables,
			},
			{ template, valueFrom: 'json', valueJson: '{"slack": "x"}' },
		],
		['template.get', { template }],
		['template.getAll', {}],
		['trigger.test', { flow }],
		[
			'trigger.update',
			{ flow, ...trigger, ...json, inputJson: '{}', displayName: 'New' },
			{ flow, ...trigger, specifyInput: 'form' },
			{ flow, triggerType: 'EMPTY' },
			{ flow, specifySettings: 'json', settingsJson: '{"pieceName": "@activepieces/piece-diga"}' },
		],
	]);
	const restore = keep(sandbox);
	restore();
	return { ...node, sets, sandbox, restore };
}
