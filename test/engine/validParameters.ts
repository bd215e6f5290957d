// A valid set of parameters of every operation of the three nodes, and what they need to be there. Where an operation
// has fields that exclude each other it has several sets, the first of which is the simplest.
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { startAppFlow } from '../sandbox/appflow.ts';
import { copy, everyField, hourly } from '../sandbox/appflowFlows.ts';
import { startDiga } from '../sandbox/diga.ts';
import { startPortable } from '../sandbox/portable.ts';
import type { Sandbox } from '../sandbox/server.ts';
import { examples } from '../unit/appflowExamples.ts';
import { run } from './harness.ts';

export interface ValidSet {
	resource: string;
	operation: string;
	parameters: Record<string, unknown>;
}

/** A node with its sandbox, in which everything is that its sets name. */
export interface Lab {
	/** The node's type, e.g. `portable`. */
	type: string;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	sets: ValidSet[];
	sandbox: Sandbox;
	/** Puts everything back as it was, and forgets the requests. */
	restore: () => void;
}

/** Sets as `resource.operation`, each with its parameters. */
function setsOf(table: Array<[key: string, ...parameters: object[]]>): ValidSet[] {
	return table.flatMap(([key, ...parameters]) => {
		const [resource = '', operation = ''] = key.split('.');
		return parameters.map((one) => ({ resource, operation, parameters: { ...one } }));
	});
}

/** Keeps what a sandbox has now. @returns puts it back */
function keep(sandbox: Sandbox & { truth: Record<string, unknown[]> }): () => void {
	const kept = structuredClone(sandbox.truth);
	return () => {
		sandbox.reset();
		for (const [name, list] of Object.entries(sandbox.truth)) {
			list.splice(0, Infinity, ...structuredClone(kept[name] ?? []));
		}
	};
}

/** Runs an operation that must succeed. @returns what it outputs first */
async function make(
	{ type, credentials }: Pick<Lab, 'type' | 'credentials'>,
	key: string,
	parameters: object,
): Promise<Record<string, unknown>> {
	const [resource, operation] = key.split('.');
	const node = { name: 'Node', type, parameters: { resource, operation, ...parameters } };
	const steps = [{ name: 'Start', type: 'test.items', parameters: { items: [{}] as never } }, node];
	const { json, error } = await run(steps, credentials);
	if (error) throw new Error(`${key}: ${error.message}`);
	return json('Node')[0] ?? {};
}

/** A locator as the editor stores it. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });
export const byName = (value: unknown) => ({ __rl: true, mode: 'name', value });

export async function portableLab(): Promise<Lab> {
	const sandbox = await startPortable();
	const credentials = {
		portableApi: { baseUrl: sandbox.url, token: sandbox.token },
		portablePropertiesApi: { secretProperties: '{"api_key": "x"}' },
	};
	const node = { type: 'portable', credentials };
	const pairs = {
		pair: [
			{ name: 'domain', type: 'text', value: 'acme.example' },
			{ name: 'limit', type: 'number', numberValue: 5 },
			{ name: 'live', type: 'boolean', booleanValue: true },
		],
	};
	const spec = { sourceSpec: byName('freshsales'), displayName: 'Sales' };
	const source = byId((await make(node, 'source.create', spec)).id);
	const other = byId((await make(node, 'source.create', { ...spec, displayName: 'Other' })).id);
	const lake = { destinationSpec: byName('bigquery'), displayName: 'Lake' };
	const destination = byId((await make(node, 'destination.create', lake)).id);
	const ends = { source, destination };
	const flow = byId((await make(node, 'flow.create', { ...ends, displayName: 'Mine' })).id);
	const properties = [
		{ properties: pairs },
		{ specifyProperties: 'form' },
		{ specifyProperties: 'json', propertiesJson: '{"domain": "acme.example"}' },
	];
	const schedules = [
		{ schedule: 'frequency', frequency: '24h' },
		{ schedule: 'cron', cron: '7 5 * * 5' },
	];
	const sets = setsOf([
		['source.create', ...properties.map((one) => ({ ...spec, displayName: 'New', ...one }))],
		['source.createSetupLink', { source }, { source, expires: 'at', expiresAt: '2027-01-01' }],
		['source.get', { source }],
		['source.getAll', {}],
		['source.update', ...properties.map((one) => ({ source, displayName: 'Renamed', ...one }))],
		['source.verify', { source }],
		['destination.create', ...properties.map((one) => ({ ...lake, displayName: 'New', ...one }))],
		['destination.get', { destination }],
		['destination.getAll', {}],
		['destination.verify', { destination }],
		['flow.cancel', { flow }],
		['flow.create', ...schedules.map((one) => ({ ...ends, displayName: 'New', ...one }))],
		['flow.get', { flow }],
		['flow.getAll', {}],
		['flow.getRuns', { flow }],
		['flow.getStatus', { flow }],
		['flow.run', { flow }],
		['flow.update', ...schedules.map((one) => ({ flow, source: other, destination, ...one }))],
		['workflow.getStatus', { workflow: String(flow.value) }],
	]);
	const restore = keep(sandbox);
	restore();
	return { ...node, sets, sandbox, restore };
}

/** The steps that the flow of Diga's lab has; the third is a router. */
const STEPS = ['step_1', 'step_2', 'step_3'];

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
	for (const step of [code, code, router]) await make(node, 'step.add', { flow, ...step });
	await make(node, 'flow.publish', { flow });
	const execution = sandbox.start(flow.value as string).id;
	const [first, second, third] = STEPS.map(byName);
	const json = { specifyInput: 'json', inputJson: '{"channel": "#sales", "text": "Hello"}' };
	const slack = {
		piece: byName('@activepieces/piece-slack'),
		action: byName('send_channel_message'),
		connection: byId('ext-1'),
		...json,
	};
	const settings = [
		code,
		{ stepType: 'PIECE', ...slack },
		{ stepType: 'LOOP_ON_ITEMS', items: '{{step_1.rows}}' },
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
			{ flow, step: first, position: 'INSIDE_BRANCH', parentStep: third, branchIndex: 1 },
		],
		[
			'step.saveSampleData',
			{ flow, step: first, dataJson: '{"a": 1}' },
			{ flow, step: first, dataType: 'STRING', dataText: 'Hello' },
		],
		['step.test', { flow, step: first }],
		['step.update', { flow, step: first, displayName: 'New', ...code }],
		[
			'template.createFlow',
			{
				template,
				valueFrom: 'none',
				flowName: 'New',
				variables: {
					pair: [
						{ name: 'a', type: 'text', value: 'b' },
						{ name: 'c', type: 'number', numberValue: 5 },
						{ name: 'd', type: 'boolean', booleanValue: true },
					],
				},
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
		],
	]);
	const restore = keep(sandbox);
	restore();
	return { ...node, sets, sandbox, restore };
}

export async function appFlowLab(): Promise<Lab> {
	const sandbox = await startAppFlow();
	const { region, url: endpoint, keys } = sandbox;
	const credentials = { amazonAppFlowApi: { region, endpoint, ...keys.permanent } };
	for (const one of [copy, everyField]) sandbox.addFlow(one);
	sandbox.addFlow(hourly, { flowStatus: 'Active' });
	const flow = byName(everyField.flowName);
	const connector = byName('Salesforce');
	const connection = byName('sf-prod');
	const scheduled = { flow, triggerType: 'Scheduled' };
	const newFlows = examples.map(({ form }) => ({ ...form, flowName: 'new-flow' }));
	const pairs = { pair: [{ name: 'team', value: 'sales' }] };
	const options = {
		glueDataCatalog: {
			catalog: { roleArn: 'arn:aws:iam::123456789012:role/a', databaseName: 'b', tablePrefix: 'c' },
		},
		tags: pairs,
	};
	const sets = setsOf([
		['connection.get', { connection }],
		['connection.getAll', { connector }],
		['connector.get', { connector }],
		['connector.getAll', {}],
		['connector.getFields', { connector, connection, object: byName('Account') }],
		['connector.getObjects', { connector, connection }],
		['flow.cancelRuns', { flow }, { flow, runs: 'ids', executionIds: 'a, b' }],
		[
			'flow.create',
			{ ...newFlows[0], options },
			...newFlows.slice(1),
			{ specifyFlow: 'json', flowJson: JSON.stringify({ ...everyField, flowName: 'new-flow' }) },
		],
		['flow.delete', { flow }],
		['flow.get', { flow }],
		['flow.getAll', {}],
		['flow.getRuns', { flow }],
		[
			'flow.setFilterAndRun',
			...[{ day: '2026-01-05' }, { window: 'after', time: '2026-01-05' }].map((one) => ({
				flow,
				field: 'LastModifiedDate',
				waitForCompletion: false,
				options: { settleDelay: 0 },
				...one,
			})),
		],
		['flow.start', { flow, waitForCompletion: false }],
		['flow.stop', { flow: byName(hourly.flowName) }],
		[
			'flow.update',
			{ flow, description: 'New', triggerType: 'OnDemand' },
			{ ...scheduled, every: 2 },
			{ ...scheduled, schedule: 'expression', scheduleExpression: 'rate(2hours)' },
		],
		['tag.add', { flow, tags: pairs }],
		['tag.getAll', { flow }],
		['tag.remove', { flow, keys: 'team' }],
	]);
	const restore = keep(sandbox);
	restore();
	return { type: 'amazonAppFlow', credentials, sets, sandbox, restore };
}
