// Every operation accepts any response that AWS's model allows, and outputs exactly the response.
import type { IDataObject } from 'n8n-workflow';
import { copy } from '../../sandbox/appflow/flows.ts';
import { answerOf, kinds } from '../../unit/appflow/answers.ts';
import type { Kind } from '../../unit/appflow/answers.ts';
import { operations } from '../../unit/appflow/constraints.ts';
import { isObject } from '../../../nodes/engine/values.ts';
import { appflow, bodies, named, operate } from './case.ts';

const ARN = 'arn:aws:appflow:eu-west-1:123456789012:flow/s3-copy-smoke';
const flow = { flow: named(copy.flowName) };
const all = { returnAll: true };
const salesforce = { connector: named('Salesforce'), connection: named('sf-prod') };
const tags = { pair: [{ name: 'team', value: 'sales' }] };

const form = {
	flowName: 'copy-1',
	sourceConnector: 'S3',
	sourceBucketName: 'acme-in',
	destinationConnector: 'S3',
	destinationBucketName: 'acme-out',
};

/** An operation of the node and its output for a response, or an error message if the response is incomplete. */
interface Case {
	resource: string;
	operation: string;
	parameters: object;
	outputs: (answer: IDataObject) => object[] | string;
}

const itself = (answer: IDataObject) => [answer];
const entries = (member: string) => (answer: IDataObject) => (answer[member] ?? []) as object[];

function objects({ connectorEntityMap: map }: IDataObject): object[] {
	return Object.entries(isObject(map) ? map : {}).flatMap(([group, list]) =>
		(list as object[]).map((one) => ({ ...one, group })),
	);
}

/** A connector in both the map and the list is one connector. If a map entry has no type, its key is the type. */
function capabilities({ connectors: list, connectorConfigurations: map }: IDataObject): object[] {
	const [listed] = (list ?? []) as IDataObject[];
	const [[key, configuration] = []] = Object.entries(isObject(map) ? map : {});
	if (key === undefined) return listed ? [listed] : [];
	const said = { ...(isObject(configuration) ? configuration : {}) };
	said.connectorType ??= key;
	if (listed?.connectorType !== said.connectorType) return [...(listed ? [listed] : []), said];
	return [{ ...listed, ...said }];
}

const cases: Record<string, Case[]> = {
	CancelFlowExecutions: [
		{
			resource: 'flow',
			operation: 'cancelRuns',
			parameters: flow,
			outputs: (answer) => [{ flowName: copy.flowName, ...answer }],
		},
	],
	CreateFlow: [
		{
			resource: 'flow',
			operation: 'create',
			parameters: form,
			outputs: (answer) => [{ flowName: 'copy-1', ...answer }],
		},
	],
	DeleteFlow: [
		{
			resource: 'flow',
			operation: 'delete',
			parameters: flow,
			outputs: () => [{ flowName: copy.flowName, deleted: true }],
		},
	],
	DescribeConnector: [
		{
			resource: 'connector',
			operation: 'get',
			parameters: { connector: named('Salesforce') },
			outputs: ({ connectorConfiguration: one }) =>
				isObject(one) ? [one] : 'returned no connector',
		},
	],
	DescribeConnectorEntity: [
		{
			resource: 'connector',
			operation: 'getFields',
			parameters: { ...salesforce, object: named('Account') },
			outputs: entries('connectorEntityFields'),
		},
	],
	DescribeConnectorProfiles: [
		{
			resource: 'connection',
			operation: 'getAll',
			parameters: all,
			outputs: entries('connectorProfileDetails'),
		},
		{
			resource: 'connection',
			operation: 'get',
			parameters: { connection: named('sf-prod') },
			outputs: ({ connectorProfileDetails: list }) =>
				Array.isArray(list) && list.length > 0
					? 'returned a connection other than "sf-prod"'
					: 'Amazon AppFlow has no connection with the name sf-prod',
		},
	],
	DescribeConnectors: [
		{
			resource: 'connector',
			operation: 'getAll',
			parameters: { ...all, options: { includeCapabilities: true } },
			outputs: capabilities,
		},
	],
	DescribeFlow: [{ resource: 'flow', operation: 'get', parameters: flow, outputs: itself }],
	DescribeFlowExecutionRecords: [
		{
			resource: 'flow',
			operation: 'getRuns',
			parameters: { ...flow, ...all },
			outputs: entries('flowExecutions'),
		},
	],
	ListConnectorEntities: [
		{
			resource: 'connector',
			operation: 'getObjects',
			parameters: { ...salesforce, ...all },
			outputs: objects,
		},
	],
	ListConnectors: [
		{ resource: 'connector', operation: 'getAll', parameters: all, outputs: entries('connectors') },
	],
	ListFlows: [
		{ resource: 'flow', operation: 'getAll', parameters: all, outputs: entries('flows') },
	],
	ListTagsForResource: [
		{
			resource: 'tag',
			operation: 'getAll',
			parameters: { flow: named(ARN) },
			outputs: ({ tags: map }) =>
				Object.entries(isObject(map) ? map : {}).map(([key, value]) => ({ key, value })),
		},
	],
	StartFlow: [{ resource: 'flow', operation: 'start', parameters: flow, outputs: itself }],
	StopFlow: [{ resource: 'flow', operation: 'stop', parameters: flow, outputs: itself }],
	TagResource: [
		{
			resource: 'tag',
			operation: 'add',
			parameters: { flow: named(ARN), tags },
			outputs: () => [{ resourceArn: ARN, tags: { team: 'sales' } }],
		},
	],
	UntagResource: [
		{
			resource: 'tag',
			operation: 'remove',
			parameters: { flow: named(ARN), keys: 'team' },
			outputs: () => [{ resourceArn: ARN, tagKeys: ['team'] }],
		},
	],
	UpdateFlow: [
		{
			resource: 'flow',
			operation: 'update',
			parameters: { ...flow, description: 'Changed' },
			outputs: (answer) => [{ flowArn: ARN, flowName: copy.flowName, ...answer }],
		},
	],
};

it('covers every AWS operation that the node uses', () => {
	expect(Object.keys(cases).sort()).toEqual(Object.keys(operations).sort());
});

const names = Object.keys(kinds) as Kind[];

describe.each(Object.entries(operations))('%s', (name, { path, method, output }) => {
	const address = path.replace('{resourceArn}', encodeURIComponent(ARN));
	const rows = (cases[name] ?? []).flatMap((one) =>
		names.map((kind) => [`${one.resource} > ${one.operation}`, kind, one] as const),
	);

	it.each(rows)('%s accepts a response that is %s', async (_what, kind, one) => {
		const { sent, readable } = answerOf(output, kind);
		appflow.addFlow(copy);
		const rule = { kind: 'answer', status: 200, path: address, method } as const;
		appflow.misbehave({ ...rule, body: JSON.stringify(sent) });
		// the response can contain the token of a next page, which is empty
		appflow.misbehave({ ...rule, after: 1, times: 9, body: '{}' });
		const { json, error } = await operate(one.resource, one.operation, one.parameters);
		const expected = one.outputs(readable as IDataObject);
		if (typeof expected === 'string') {
			expect(error?.message).toContain(expected);
			return;
		}
		expect(error).toBeUndefined();
		expect(json('AppFlow')).toEqual(expected);
	});

	it.each(cases[name] ?? [])(
		'$resource > $operation takes nothing for no resource and no list',
		async (one) => {
			if (method !== 'POST' || !/^(Describe|List)/.test(name)) return;
			appflow.addFlow(copy);
			appflow.misbehave({ kind: 'answer', status: 200, path: address, method, body: '' });
			const { error } = await operate(one.resource, one.operation, one.parameters);
			expect(error?.message).toContain('Amazon AppFlow returned an empty response');
		},
	);
});

describe('a flow as AppFlow describes it, with null for missing values', () => {
	/** The other members of the model as null, including the other connectors. */
	function withNulls(): object {
		const { sourceFlowConfig: source, destinationFlowConfigList: list } = copy;
		const properties = {
			...answerOf('DescribeFlowResponse', 'nullInside').readable,
		} as { sourceFlowConfig: { sourceConnectorProperties: object } };
		return {
			...answerOf('DescribeFlowResponse', 'null').sent,
			...copy,
			triggerConfig: { triggerType: 'OnDemand', triggerProperties: { Scheduled: null } },
			sourceFlowConfig: {
				apiVersion: null,
				connectorProfileName: null,
				incrementalPullConfig: null,
				...source,
				sourceConnectorProperties: {
					...properties.sourceFlowConfig.sourceConnectorProperties,
					...source.sourceConnectorProperties,
				},
			},
			destinationFlowConfigList: list.map((end) => ({
				apiVersion: null,
				connectorProfileName: null,
				...end,
			})),
			tasks: [
				{
					taskType: 'Filter',
					sourceFields: ['id', 'updated'],
					destinationField: null,
					connectorOperator: { Amplitude: null, S3: 'PROJECTION', Salesforce: null },
					taskProperties: {},
				},
			],
			flowArn: ARN,
		};
	}

	const describes = () => {
		appflow.addFlow(copy);
		const body = JSON.stringify(withNulls());
		appflow.misbehave({ kind: 'answer', status: 200, path: '/describe-flow', body });
	};

	it('can be copied with Get and Create', async () => {
		describes();
		const { json } = await operate('flow', 'get', flow);
		// not { ...$json }: n8n 2.20 to 2.36 evaluates it to null
		const flowJson = '={{ Object.assign({}, $json, { flowName: "copy-2" }) }}';
		const more = { items: json('AppFlow') };
		const { error } = await operate('flow', 'create', { specifyFlow: 'json', flowJson }, more);
		expect(error).toBeUndefined();
		expect(JSON.stringify(bodies('/create-flow'))).not.toContain('null');
		expect(appflow.truth.flows[1]).toMatchObject({
			flowName: 'copy-2',
			sourceFlowConfig: copy.sourceFlowConfig,
			tasks: [{ connectorOperator: { S3: 'PROJECTION' } }],
		});
	});

	it('can be updated and get a filter, which does not replace the PROJECTION', async () => {
		describes();
		expect((await operate('flow', 'update', { ...flow, description: 'x' })).error).toBeUndefined();
		describes();
		const { error } = await operate('flow', 'setFilterAndRun', {
			...flow,
			field: 'updated',
			window: 'after',
			time: '2026-01-01T00:00:00Z',
			waitForCompletion: false,
			options: { settleDelay: 0 },
		});
		expect(error).toBeUndefined();
		const [updated, filtered] = bodies('/update-flow');
		expect(JSON.stringify([updated, filtered])).not.toContain('null');
		expect(filtered?.tasks).toMatchObject([
			{ connectorOperator: { S3: 'PROJECTION' }, sourceFields: ['id', 'updated'] },
			{ connectorOperator: { S3: 'GREATER_THAN' } },
		]);
	});
});

describe('an incomplete flow from AppFlow', () => {
	const describes = (answer: object, times = 1) => {
		appflow.addFlow(copy);
		const body = JSON.stringify(answer);
		appflow.misbehave({ kind: 'answer', status: 200, path: '/describe-flow', body, times });
	};
	const options = { ifItAlreadyExists: 'useExisting', activateAfterCreation: true };

	it('is not updated, because an update replaces all of it', async () => {
		const { tasks: _tasks, ...rest } = copy;
		describes(rest);
		const { error } = await operate('flow', 'update', { ...flow, description: 'x' });
		expect(error?.message).toContain('returned the flow without tasks; nothing was changed');
		expect(bodies('/update-flow')).toEqual([]);
	});

	it('gets no filter', async () => {
		const { triggerConfig: _trigger, ...rest } = copy;
		describes({ ...rest, triggerConfig: {} }, 9);
		const parameters = { ...flow, field: 'a', window: 'all', options: { settleDelay: 0 } };
		const { error } = await operate('flow', 'setFilterAndRun', parameters);
		expect(error?.message).toContain('returned an unknown trigger type of the flow');
		expect(bodies('/update-flow')).toEqual([]);
	});

	it('does not count as an existing flow', async () => {
		describes({});
		const { error } = await operate('flow', 'create', { ...form, options });
		expect(error?.message).toContain(
			'Amazon AppFlow returned a response without the flow "copy-1"',
		);
		expect(bodies('/create-flow')).toEqual([]);
	});

	it.each([{}, { triggerConfig: null }, { triggerConfig: { triggerType: 'OnDataArrival' } }])(
		'is not started, which would run it: %j',
		async (part) => {
			describes({ flowName: 'copy-1', flowStatus: 'Active', ...part });
			const { error } = await operate('flow', 'create', {
				...form,
				triggerType: 'Scheduled',
				options,
			});
			expect(error?.message).toContain('returned an unknown trigger type of the flow');
			expect(bodies('/start-flow')).toEqual([]);
		},
	);

	it('is read if the response to its activation has no status', async () => {
		appflow.misbehave({
			kind: 'answer',
			status: 200,
			path: '/start-flow',
			body: '{}',
			worked: true,
		});
		const { json, error } = await operate('flow', 'create', {
			...form,
			triggerType: 'Scheduled',
			options: { activateAfterCreation: true },
		});
		expect(error).toBeUndefined();
		expect(json('AppFlow')).toMatchObject([{ flowName: 'copy-1', flowStatus: 'Active' }]);
	});
});

describe('lists', () => {
	const list = async (
		path: string,
		body: object,
		...[resource, operation, more]: [string, string, object?]
	) => {
		appflow.misbehave({ kind: 'answer', status: 200, path, body: JSON.stringify(body) });
		return await operate(resource, operation, { ...all, ...more });
	};

	it.each([
		['a token that is not text', { flows: [], nextToken: 7 }, 'a nextToken that is not text: "7"'],
		['no list', { flows: {} }, '"flows" that is not a list'],
		['invalid entries', { flows: ['a'] }, '"flows" with entries that are not objects'],
	])('%s is an error, not the end of the list', async (_what, body, message) => {
		const { error } = await list('/list-flows', body, 'flow', 'getAll');
		expect(error?.message).toContain(message);
	});

	it('tags and objects that are not a map are an error, not an empty list', async () => {
		const path = `/tags/${encodeURIComponent(ARN)}`;
		const tagged = await list(path, { tags: ['a'] }, 'tag', 'getAll', { flow: named(ARN) });
		expect(tagged.error?.message).toContain('returned "tags" that is not a map');
		const body = { connectorEntityMap: [] };
		const found = await list(
			'/list-connector-entities',
			body,
			'connector',
			'getObjects',
			salesforce,
		);
		expect(found.error?.message).toContain('returned "connectorEntityMap" that is not a map');
	});

	it('two spellings of a connector type are one connector; custom connectors without a label stay separate', async () => {
		const connectors = [
			{ connectorType: 'Salesforce', connectorName: 'Salesforce', connectorLabel: 'Salesforce' },
			{ connectorType: 'CustomConnector', connectorName: 'One' },
			{ connectorType: 'CustomConnector', connectorName: 'Two' },
			{ connectorName: 'Three' },
		];
		const connectorConfigurations = {
			SALESFORCE: { canUseAsSource: true, connectorName: null },
			GoogleAnalytics: { connectorType: 'Googleanalytics' },
		};
		const options = { includeCapabilities: true };
		const { json } = await list(
			'/describe-connectors',
			{ connectors, connectorConfigurations },
			'connector',
			'getAll',
			{ options },
		);
		const [salesforceListed, ...others] = connectors;
		expect(json('AppFlow')).toEqual([
			{ ...salesforceListed, canUseAsSource: true },
			...others,
			{ connectorType: 'Googleanalytics' },
		]);
		const twice = [{ connectorType: 'Slack' }, { connectorType: 'SLACK' }];
		const short = await list('/list-connectors', { connectors: twice }, 'connector', 'getAll');
		expect(short.json('AppFlow')).toHaveLength(1);
	});
});
