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

/** The steps that the flow of Diga's lab has: two of code, a router, one of a piece, and a loop. */
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
	const execution = sandbox.start(flow.value as string).id;
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

/** Forms of Create for the settings that few connectors have, and for rows of every kind. */
function connectorSets(pairs: object): object[] {
	const toS3 = { destinationConnector: 'S3', destinationBucketName: 'acme-out' };
	const fromSalesforce = {
		sourceConnector: 'Salesforce',
		sourceConnection: byName('sf-prod'),
		sourceObject: byName('Account'),
		...toS3,
	};
	const filter = { field: byName('Name'), type: 'string' };
	const dates = { fromDate: '2026-01-01', toDate: '2026-02-01' };
	return [
		{
			...toS3,
			triggerType: 'Scheduled',
			schedule: 'expression',
			scheduleExpression: 'rate(2hours)',
		},
		{
			...fromSalesforce,
			filters: {
				row: [
					{ ...filter, condition: 'EQUAL_TO', value: 'a' },
					{ ...filter, type: 'other', dataType: 'picklist', condition: 'EQUAL_TO', value: 'a' },
					{ ...filter, condition: 'EQUAL_TO_ANY', values: 'a, b' },
					{ ...filter, type: 'double', condition: 'BETWEEN', from: '1', to: '5' },
					{ ...filter, type: 'datetime', condition: 'BETWEEN', ...dates },
				],
			},
			formulas: {
				row: [
					{ operator: 'CONCAT', fields: 'A, B', format: '${A} ${B}', destination: 'c' },
					{ operator: 'ADDITION', fields: 'A, B', destination: 'd', dataType: 'double' },
				],
			},
		},
		{
			...toS3,
			sourceConnector: 'Veeva',
			sourceConnection: byName('veeva'),
			sourceObject: byName('documents'),
		},
		{
			...toS3,
			sourceConnector: 'SAPOData',
			sourceConnection: byName('sap'),
			sourceObject: byName('sales'),
		},
		{
			destinationConnector: 'SAPOData',
			destinationConnection: byName('sap'),
			destinationObject: byName('sales'),
		},
		{ destinationConnector: 'CustomerProfiles', destinationDomainName: 'acme' },
		{
			destinationConnector: 'Snowflake',
			destinationConnection: byName('snowflake'),
			destinationObject: byName('sales'),
			destinationIntermediateBucketName: 'acme-between',
		},
		{
			sourceConnector: 'CustomConnector',
			sourceConnection: byName('jdbc-orders'),
			sourceApiVersion: 'V1',
			sourceObject: byName('orders'),
			sourceSettings: { customProperties: pairs },
			destinationConnector: 'CustomConnector',
			destinationConnection: byName('jdbc-orders'),
			destinationApiVersion: 'V1',
			destinationObject: byName('orders'),
			destinationSettings: { customProperties: pairs },
		},
	];
}

export async function appFlowLab(): Promise<Lab> {
	const sandbox = await startAppFlow();
	const { region, url: endpoint, keys } = sandbox;
	const credentials = { amazonAppFlowApi: { region, endpoint, ...keys.permanent } };
	for (const one of [copy, everyField]) sandbox.addFlow(one);
	sandbox.addFlow(hourly, { flowStatus: 'Active' });
	const connections = { veeva: 'Veeva', sap: 'SAPOData', snowflake: 'Snowflake' };
	for (const [connectorProfileName, connectorType] of Object.entries(connections)) {
		const [profile] = sandbox.truth.profiles;
		if (profile) sandbox.truth.profiles.push({ ...profile, connectorProfileName, connectorType });
	}
	const flow = byName(everyField.flowName);
	const connector = byName('Salesforce');
	const connection = byName('sf-prod');
	const scheduled = { flow, triggerType: 'Scheduled' };
	const newFlows = examples.map(({ form }) => ({ ...form, flowName: 'new-flow' }));
	const pairs = { pair: [{ name: 'team', value: 'sales' }] };
	const ofConnectors = connectorSets(pairs).map((one) => ({
		flowName: 'new-flow',
		sourceConnector: 'S3',
		sourceBucketName: 'acme-in',
		sourceBucketPrefix: 'a',
		...one,
	}));
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
			...ofConnectors,
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
