import {
	ExecuteContext,
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PackageDirectoryLoader,
	PollContext,
	RoutingNode,
	UnrecognizedNodeTypeError,
	WorkflowExecute,
} from 'n8n-core';
import {
	createEmptyRunExecutionData,
	ICredentialsHelper,
	NodeConnectionTypes,
	Workflow,
} from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	IRun,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { describe } from '../../nodes/engine/node/describe.ts';
import { execute } from '../../nodes/engine/node/execute.ts';
import { OperationError } from '../../nodes/engine/errors.ts';
import type { Service } from '../../nodes/engine/operation.ts';
import { path } from '../../nodes/engine/http/path.ts';
import type { HttpClient } from '../../nodes/engine/http/client.ts';
import { startWorkflow } from './older.ts';

/** The first node of a workflow, which outputs the items of its parameter `items`. */
const items: INodeType = {
	description: {
		displayName: 'Items',
		name: 'items',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: [] }],
	},
	async execute(this: IExecuteFunctions) {
		const list = this.getNodeParameter('items', 0) as IDataObject[];
		return await Promise.resolve([list.map((json) => ({ json }))]);
	},
};

const tripleService: Service<undefined> = {
	profile: {
		service: 'Triple',
		credential: '',
		secrets: [],
		readError: () => ({}),
		adviceFor: () => undefined,
	},
	createApi: () => undefined,
	resources: [
		{
			name: 'Example',
			value: 'example',
			operations: [
				{
					name: 'Triple',
					value: 'triple',
					action: 'Triple',
					description: '',
					fields: [
						{ displayName: 'Fails', name: 'fails', type: 'boolean', default: '={{ $json.fails }}' },
					],
					execute: async ({ parameters }) => {
						await Promise.resolve();
						if (parameters.raw('fails') === true) throw new OperationError('It fails');
						return [{ part: 1 }, { part: 2 }, { part: 3 }];
					},
				},
			],
		},
	],
};

function tripleProperties() {
	return describe(tripleService.resources);
}

/** Outputs its parameter `value` for each input item, to test expressions downstream. */
const look: INodeType = {
	description: {
		displayName: 'Look',
		name: 'look',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Value', name: 'value', type: 'string', default: '' }],
	},
	async execute(this: IExecuteFunctions) {
		const seen = this.getInputData().map((_, item) => ({
			json: { value: this.getNodeParameter('value', item) as IDataObject },
			pairedItem: { item },
		}));
		return await Promise.resolve([seen]);
	},
};

export const PACKAGE = 'n8n-nodes-dataflows.';

/** The fields in the output schema of an operation. */
function schemaFields(type: string, resource: string, operation: string): string[] {
	const source = loader.known.nodes[type.slice(PACKAGE.length)]?.sourcePath ?? '';
	const file = join(
		import.meta.dirname,
		'../..',
		dirname(source),
		`__schema__/v1.0.0/${resource}/${operation}.json`,
	);
	const { properties } = JSON.parse(readFileSync(file, 'utf8')) as { properties: object };
	return Object.keys(properties);
}

/** In every run of every test: the output schema has all fields of a successful item. Items that tests invent have `odd`. */
function outputsFitSchemas(nodes: INode[], { data }: IRun): void {
	for (const { name, type, parameters } of nodes) {
		if (!type.startsWith(PACKAGE)) continue;
		const { resource, operation } = parameters;
		if (typeof resource !== 'string' || typeof operation !== 'string') continue;
		const fields = schemaFields(type, resource, operation);
		for (const { json } of data.resultData.runData[name]?.[0]?.data?.main?.[0] ?? []) {
			const unknown = Object.keys(json).filter((key) => !fields.includes(key));
			if (!('error' in json) && !('odd' in json) && unknown.length > 0) {
				throw new Error(`The schema of ${name} lacks ${unknown.join(', ')}`);
			}
		}
	}
}

/** Outputs three items for each input item, through the package's engine. An item with `fails` fails. */
const triple: INodeType = {
	description: { ...look.description, name: 'triple', properties: tripleProperties() },
	async execute(this: IExecuteFunctions) {
		return await execute(this, tripleService);
	},
};

/** Reads the sources of Portable through the engine's client, at the times of the item, in ms after its start. */
const asksService: Service<HttpClient> = {
	profile: {
		service: 'Portable',
		credential: 'portableApi',
		secrets: ['token'],
		readError: () => ({}),
		adviceFor: () => undefined,
	},
	createApi: (client) => client,
	resources: [
		{
			name: 'Example',
			value: 'example',
			operations: [
				{
					name: 'Ask',
					value: 'ask',
					action: 'Ask',
					description: '',
					isLongRunning: true,
					fields: [{ displayName: 'At', name: 'at', type: 'json', default: '={{ $json.at }}' }],
					execute: async ({ api, parameters }) => {
						const began = Date.now();
						for (const at of [parameters.raw('at')].flat()) {
							await sleep(Math.max(0, began + Number(at) - Date.now()));
							await api.send({ method: 'GET', path: path`/v2/sources`, effect: 'read' });
						}
						return { answered: true };
					},
				},
			],
		},
	],
};

const asks: INodeType = {
	description: {
		...look.description,
		name: 'asks',
		credentials: [{ name: 'portableApi', required: true }],
		properties: describe(asksService.resources),
	},
	async execute(this: IExecuteFunctions) {
		return await execute(this, asksService);
	},
};

const helpers: Record<string, INodeType> = { items, look, triple, asks };

/** The built package, loaded by n8n's loader. */
const loader = new PackageDirectoryLoader(join(import.meta.dirname, '../..'));
export const loading = loader.loadAll();

export const nodeTypes: INodeTypes = {
	getByName: (type) => nodeTypes.getByNameAndVersion(type),
	getByNameAndVersion: (type) => {
		const [owner, name = ''] = type.split('.');
		const found = owner === 'test' ? helpers[name] : loader.getNode(name).type;
		if (!found || 'nodeVersions' in found) throw new UnrecognizedNodeTypeError(owner ?? '', name);
		return found;
	},
	getKnownTypes: () => ({}),
};

/** The credentials of a test, by type. The classes of the package authenticate. */
class CredentialsHelper extends ICredentialsHelper {
	private readonly credentials: Record<string, ICredentialDataDecryptedObject>;

	constructor(credentials: Record<string, ICredentialDataDecryptedObject>) {
		super();
		this.credentials = credentials;
	}

	getParentTypes = () => [];

	isCredentialUsableByNode = () => true;

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		type: string,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const { authenticate } = loader.getCredential(type).type;
		if (typeof authenticate !== 'function') throw new Error(`${type} does not authenticate`);
		return await authenticate(credentials, request);
	};

	preAuthentication = () => Promise.resolve(undefined);

	runPreAuthentication = () => Promise.resolve(undefined);

	getDecrypted = async (
		_additionalData: IWorkflowExecuteAdditionalData,
		_details: unknown,
		type: string,
	) => {
		const found = this.credentials[type];
		if (!found) throw new Error(`No credential of type ${type}`);
		return await Promise.resolve({ ...found });
	};

	getCredentials = () => Promise.reject(new Error('not used by a node'));

	updateCredentials = async () => {};

	updateCredentialsOauthTokenData = async () => {};

	getCredentialsProperties = () => [];
}

/** A node of a test's workflow. It is connected to the previous node, unless `after` names others. */
export interface Step extends Partial<INode> {
	name: string;
	type: string;
	/** Names of the nodes that it is connected to; `Node#1` is the second output of Node. */
	after?: string[];
}

function connectionsOf(steps: Step[]): IWorkflowBase['connections'] {
	const connections: IWorkflowBase['connections'] = {};
	steps.forEach(({ name, after }, index) => {
		const previous = steps[index - 1];
		for (const from of after ?? (previous ? [previous.name] : [])) {
			const [node = '', output = '0'] = from.split('#');
			const { main } = (connections[node] ??= { main: [] });
			for (let missing = main?.length ?? 0; missing <= Number(output); missing++) main?.push([]);
			main?.[Number(output)]?.push({ node: name, type: NodeConnectionTypes.Main, index: 0 });
		}
	});
	return connections;
}

export interface Result {
	run: IRun;
	/** Log messages of all levels, as text. */
	logs: string[];
	/** The items of an output of a node. */
	output: (node: string, output?: number) => INodeExecutionData[];
	/** The `json` of these items. */
	json: (node: string, output?: number) => IDataObject[];
	/** The error that stopped the workflow. */
	error:
		| {
				message: string;
				description?: string;
				httpCode?: string;
				context?: IDataObject;
				name?: string;
		  }
		| undefined;
}

/** Records log messages of all levels while a workflow runs. */
function watchLogs() {
	const logger = Container.get(Logger);
	const lines: unknown[] = [];
	const levels = ['debug', 'info', 'warn', 'error'] as const;
	const spies = levels.map((level) =>
		jest.spyOn(logger, level).mockImplementation((...args) => {
			lines.push(args);
		}),
	);
	return {
		lines,
		stop: () => {
			for (const spy of spies) spy.mockRestore();
		},
	};
}

/** The fields of credentials that contain secrets. */
const SECRET_FIELDS = ['token', 'apiKey', 'secretAccessKey', 'sessionToken'];

function secretsOf(credential: ICredentialDataDecryptedObject): string[] {
	return SECRET_FIELDS.map((name) => credential[name]).filter(
		(value): value is string => typeof value === 'string' && value.trim() !== '',
	);
}

/** P7, in every run of every test: no secret in outputs, errors with all their members, hints or logs. */
function shownNowhere(
	credentials: Record<string, ICredentialDataDecryptedObject>,
	where: unknown,
): void {
	const text = inspect(where, {
		depth: Infinity,
		maxStringLength: Infinity,
		maxArrayLength: Infinity,
		showHidden: true,
	});
	for (const secret of Object.values(credentials).flatMap(secretsOf)) {
		if (text.includes(secret)) {
			throw new Error(
				`A secret is shown: ${text.slice(Math.max(0, text.indexOf(secret) - 300)).slice(0, 600)}`,
			);
		}
	}
}

/** The last execution ID. n8n gives each execution a unique one. */
let executions = 0;

/** The data that n8n's engine receives in addition to a workflow. */
export function dataFor(
	credentials: Record<string, ICredentialDataDecryptedObject>,
	more: object,
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: new CredentialsHelper(credentials),
		currentNodeExecutionIndex: 0,
		executionId: String(++executions),
		variables: {},
		restApiUrl: '',
		instanceBaseUrl: '',
		webhookBaseUrl: '',
		webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
		formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
		setExecutionStatus: () => {},
		...more,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** The description of a built node, as n8n loads it. */
export async function describeNode(type: string): Promise<INodeTypeDescription> {
	await loading;
	return nodeTypes.getByNameAndVersion(`${PACKAGE}${type}`).description;
}

interface Editor {
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** The parameters of the node, resolved as in the editor. */
	parameters?: INodeParameters;
	/** The path of the field that loads its options, e.g. `parameters.steps.step[0].action`. */
	path?: string;
}

/** The context that n8n gives a node while the editor loads a list or a form. Requests are real, with the credentials of the package. */
export async function editorContext(
	type: string,
	{ credentials, parameters = {}, path = 'parameters.any' }: Editor,
): Promise<LoadOptionsContext> {
	await loading;
	const node: INode = {
		id: '0',
		name: 'Node',
		type: `${PACKAGE}${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: Object.fromEntries(
			Object.keys(credentials).map((name) => [name, { id: name, name }]),
		),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = dataFor(credentials, { currentNodeParameters: parameters });
	return new LoadOptionsContext(workflow, node, additionalData, path);
}

/**
 * Calls a method of a built node as the editor does when it loads a list or a form.
 * @param method e.g. `listSearch.searchSources`
 */
export async function callMethod<Answer>(
	type: string,
	method: string,
	{ args = [], ...editor }: Editor & { args?: Array<string | undefined> },
): Promise<Answer> {
	const context = await editorContext(type, editor);
	const [group, name] = method.split('.') as [
		'listSearch' | 'loadOptions' | 'resourceMapping',
		string,
	];
	const nodeType = nodeTypes.getByNameAndVersion(`${PACKAGE}${type}`);
	const called: unknown = nodeType.methods?.[group]?.[name];
	if (typeof called !== 'function') throw new Error(`${type} has no method ${method}`);
	const logged = watchLogs();
	try {
		const answer = (await called.call(context, ...args)) as Answer;
		shownNowhere(editor.credentials, [answer, logged.lines]);
		return answer;
	} finally {
		logged.stop();
	}
}

/** A trigger in an active workflow. */
export interface Poller {
	/** @returns the `json` of the items that start the workflow; empty if it does not start */
	poll: (parameters?: INodeParameters) => Promise<IDataObject[]>;
	/** A test run in the editor. */
	test: (parameters?: INodeParameters) => Promise<IDataObject[]>;
	/** Restarts n8n with its stored data, or with the given data. */
	restart: (from?: IDataObject) => void;
	/** The data that n8n has stored for the node. */
	stored: () => IDataObject;
}

/**
 * How n8n keeps the data of a trigger between two polls:
 * - `live`: the workflow stays in memory. The data is stored on activation, and when a poll starts the workflow.
 * - `started`: n8n's scheduler (N8N_SCHEDULER_POLL_TRIGGERS_ENABLED) loads the workflow for each poll. The data is stored
 *   at the same times, so changes of a poll that does not start the workflow are lost.
 * - `cursor`: with N8N_POLLER_DURABLE_CURSORS_ENABLED in addition, the data of the node is stored after each poll,
 *   but not on activation. The data of the whole workflow is stored as in `started`.
 */
export type Keeps = 'live' | 'started' | 'cursor';

let activated = 0;

/**
 * A polling trigger whose workflow is active.
 * @param lacks a member of the context that an earlier n8n does not have
 * @param keeps `live` by default
 */
export function activate(
	type: string,
	credentials: Record<string, ICredentialDataDecryptedObject>,
	parameters: INodeParameters = {},
	{ lacks = '', keeps = 'live' }: { lacks?: string; keeps?: Keeps } = {},
): Poller {
	let stored = '{}';
	let live: IDataObject = {};
	let cursor = '{}';
	let isActivated = false;
	// a new ID after each restart, because the package keeps data per workflow in memory
	let id = `test-${++activated}`;
	const call = async (mode: 'trigger' | 'manual', changed: INodeParameters) => {
		await loading;
		const node: INode = {
			id: 'trigger',
			name: 'Trigger',
			type: `${PACKAGE}${type}`,
			typeVersion: 1,
			position: [0, 0],
			parameters: { ...parameters, ...changed },
			credentials: Object.fromEntries(
				Object.keys(credentials).map((name) => [name, { id: name, name }]),
			),
		};
		if (keeps !== 'live') live = JSON.parse(stored) as IDataObject;
		const workflow = new Workflow({
			id,
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
			staticData: live,
		});
		const context = new PollContext(workflow, node, dataFor(credentials, {}), mode, 'activate');
		const staged = JSON.parse(cursor) as IDataObject;
		if (keeps === 'cursor') {
			const shared = context.getWorkflowStaticData.bind(context);
			context.getWorkflowStaticData = (of) => (of === 'node' ? staged : shared(of));
		}
		Reflect.deleteProperty(context, lacks);
		const logged = watchLogs();
		try {
			const polled = await nodeTypes.getByNameAndVersion(node.type).poll?.call(context);
			shownNowhere(credentials, [polled, logged.lines]);
			// a copy, because n8n before 2.0 wraps static data in observers, and wraps it again for each poll
			if (mode === 'trigger') live = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
			if (mode === 'trigger' && (polled || !isActivated)) stored = JSON.stringify(live);
			if (mode === 'trigger' && (polled || isActivated)) cursor = JSON.stringify(staged);
			isActivated ||= mode === 'trigger';
			return (polled?.[0] ?? []).map(({ json }) => json);
		} catch (error) {
			shownNowhere(credentials, [error, logged.lines]);
			throw error;
		} finally {
			logged.stop();
		}
	};
	return {
		poll: async (changed = {}) => await call('trigger', changed),
		test: async (changed = {}) => await call('manual', changed),
		restart: (from) => {
			id = `test-${++activated}`;
			live = from ?? (JSON.parse(stored) as IDataObject);
		},
		stored: () => JSON.parse(stored) as IDataObject,
	};
}

/**
 * Sends the test request of a credential, as n8n does.
 * @throws the error that n8n converts to a message
 */
export async function testCredential(
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<void> {
	await loading;
	const { test } = loader.getCredential(type).type;
	const credentials = { [type]: { id: type, name: type } };
	const node: INode = {
		id: '0',
		name: 'Node',
		type: 'test.look',
		typeVersion: 1,
		position: [0, 0],
		parameters: { value: '' },
		credentials,
	};
	const nodeType: INodeType = {
		description: {
			...look.description,
			credentials: [{ name: type, required: true }],
			properties: [
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					routing: { request: test?.request },
				},
			],
		},
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const context = new ExecuteContext(
		workflow,
		node,
		dataFor({ [type]: data }, { currentNodeParameters: {} }),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	await new RoutingNode(context, nodeType, { id: type, name: type, type, data }).runNode();
}

/**
 * Runs a workflow in n8n's engine, with real expressions, item linking and requests.
 * @param credentials by type; each node of the package has all of them
 * @param lingerMs how long logs are recorded after the end, 0 by default
 * @param executionId unique for each run by default
 * @param asDocumented whether successful items must fit the output schemas; off for responses beyond the contract of a service
 * @param watch whether outputs, errors, hints and logs are searched for secrets; off for very many items, where it takes too long
 */
export async function run(
	steps: Step[],
	credentials: Record<string, ICredentialDataDecryptedObject>,
	{
		cancelAfterMs,
		lingerMs = 0,
		watch = true,
		asDocumented = true,
		executionId,
	}: {
		cancelAfterMs?: number;
		lingerMs?: number;
		watch?: boolean;
		asDocumented?: boolean;
		executionId?: string;
	} = {},
): Promise<Result> {
	await loading;
	const nodes = steps.map(({ after: _after, ...step }, index): INode => ({
		id: String(index),
		typeVersion: 1,
		position: [index * 200, 0],
		parameters: {},
		credentials: Object.fromEntries(
			Object.keys(credentials).map((type) => [type, { id: type, name: type }]),
		),
		...step,
		type: step.type.includes('.') ? step.type : `${PACKAGE}${step.type}`,
	}));
	const workflowData: IWorkflowBase = {
		id: 'test',
		name: 'Test',
		active: false,
		isArchived: false,
		activeVersionId: null,
		nodes,
		connections: connectionsOf(steps),
		settings: { executionOrder: 'v1' },
		createdAt: new Date(),
		updatedAt: new Date(),
	};
	const workflow = new Workflow({ ...workflowData, nodeTypes });
	const additionalData = dataFor(credentials, {
		hooks: new ExecutionLifecycleHooks('manual', '1', workflowData),
		...(executionId !== undefined && { executionId }),
	});

	const executing = startWorkflow(
		new WorkflowExecute(additionalData, 'manual'),
		workflow,
		workflow.getNode(steps[0]?.name ?? '') ?? undefined,
	);
	if (cancelAfterMs !== undefined) {
		setTimeout(() => {
			executing.cancel();
		}, cancelAfterMs);
	}
	const logged = watchLogs();
	const finished = await executing.finally(async () => {
		if (lingerMs > 0) await new Promise((resolve) => setTimeout(resolve, lingerMs));
		logged.stop();
	});
	if (asDocumented) outputsFitSchemas(nodes, finished);
	if (watch) shownNowhere(credentials, [finished, logged.lines]);
	const { runData, error } = finished.data.resultData;
	const output: Result['output'] = (node, index = 0) =>
		runData[node]?.[0]?.data?.main?.[index] ?? [];
	return {
		run: finished,
		logs: logged.lines.map((line) => inspect(line, { maxStringLength: Infinity })),
		output,
		json: (node, index) => output(node, index).map(({ json }) => json),
		error: error as Result['error'],
	};
}
