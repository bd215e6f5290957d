// The sandbox behaves like AppFlow: AWS's client can use it.
import {
	AppflowClient,
	CreateFlowCommand,
	DescribeConnectorEntityCommand,
	DescribeFlowCommand,
	DescribeFlowExecutionRecordsCommand,
	ListConnectorEntitiesCommand,
	ListFlowsCommand,
	ListTagsForResourceCommand,
	StartFlowCommand,
	StopFlowCommand,
	TagResourceCommand,
	UntagResourceCommand,
} from '@aws-sdk/client-appflow';
import type { CreateFlowCommandInput } from '@aws-sdk/client-appflow';
import type { AwsKey } from '../../../nodes/AmazonAppFlow/auth/signature.ts';
import { startAppFlow } from '../../sandbox/appflow/appflow.ts';
import type { AppFlowSandbox } from '../../sandbox/appflow/appflow.ts';
import { copy, flows, hourly } from '../../sandbox/appflow/flows.ts';
import { flowProblem } from '../../sandbox/appflow/rules.ts';
import type { FlowConfig } from '../../sandbox/appflow/rules.ts';

let appflow: AppFlowSandbox;

beforeAll(async () => {
	appflow = await startAppFlow();
});

afterEach(() => {
	appflow.reset();
});

afterAll(async () => {
	await appflow.stop();
});

function client(credentials: AwsKey = appflow.keys.permanent): AppflowClient {
	const { region, url: endpoint } = appflow;
	return new AppflowClient({ region, endpoint, credentials, maxAttempts: 1 });
}

/** Times as the client expects them. */
function inputOf(flow: FlowConfig): CreateFlowCommandInput {
	return JSON.parse(JSON.stringify(flow), (key, value: unknown) =>
		typeof value === 'number' && /StartTime|ExecutionFrom/.test(key)
			? new Date(value * 1000)
			: value,
	) as CreateFlowCommandInput;
}

it.each(flows.map((flow) => [flow.flowName, flow]))(
	'stores %s and returns it unchanged',
	async (flowName, flow) => {
		const made = await client().send(new CreateFlowCommand(inputOf(flow)));
		expect(made).toMatchObject({
			flowArn: `arn:aws:appflow:eu-west-1:123456789012:flow/${flowName}`,
			flowStatus: flow === hourly ? 'Draft' : 'Active',
		});
		const known = await client().send(new DescribeFlowCommand({ flowName }));
		expect(known).toMatchObject({ flowName, tasks: flow.tasks });
		expect(known.createdAt).toBeInstanceOf(Date);
		const { flows: listed } = await client().send(new ListFlowsCommand({}));
		expect(listed?.map((one) => one.flowName)).toEqual([flowName]);
	},
);

it('starts, lists runs, and stops', async () => {
	appflow.addFlow(copy);
	appflow.addFlow(hourly);
	const { flowName } = copy;
	const started = await client().send(new StartFlowCommand({ flowName }));
	const { flowExecutions } = await client().send(
		new DescribeFlowExecutionRecordsCommand({ flowName }),
	);
	expect(flowExecutions).toMatchObject([
		{ executionId: started.executionId, executionStatus: 'InProgress' },
	]);
	const scheduled = { flowName: hourly.flowName };
	expect(await client().send(new StartFlowCommand(scheduled))).not.toHaveProperty('executionId');
	expect((await client().send(new StopFlowCommand(scheduled))).flowStatus).toBe('Suspended');
});

it('has tags at an encoded path', async () => {
	appflow.addFlow({ ...copy, flowName: 'a!b@c#d.e' });
	const resourceArn = 'arn:aws:appflow:eu-west-1:123456789012:flow/a!b@c#d.e';
	await client().send(
		new TagResourceCommand({ resourceArn, tags: { a: '1', 'b/c': '', d: 'x y' } }),
	);
	await client().send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'b/c'] }));
	const { tags } = await client().send(new ListTagsForResourceCommand({ resourceArn }));
	expect(tags).toEqual({ d: 'x y' });
});

it('has objects and fields', async () => {
	const jdbc = { connectorProfileName: 'jdbc-orders', connectorType: 'CustomConnector' } as const;
	const top = await client().send(new ListConnectorEntitiesCommand(jdbc));
	expect(top.connectorEntityMap).toMatchObject({ Schemas: [{ name: 'public' }] });
	const { connectorEntityFields } = await client().send(
		new DescribeConnectorEntityCommand({ ...jdbc, connectorEntityName: 'public.orders' }),
	);
	expect(connectorEntityFields?.map(({ identifier }) => identifier)).toEqual(['order_id', 'total']);
});

describe('rejects like AppFlow', () => {
	const rejection = async (flow: FlowConfig) =>
		await client()
			.send(new CreateFlowCommand(inputOf(flow)))
			.then(
				() => 'taken',
				(error: unknown) => String(error),
			);
	const [map, filter] = [
		{
			taskType: 'Map',
			sourceFields: ['a'],
			destinationField: 'a',
		},
		{ taskType: 'Filter', sourceFields: ['a'], connectorOperator: { S3: 'NO_OP' } },
	];
	const s3 = copy.sourceFlowConfig;

	it.each<[string, Partial<FlowConfig>, RegExp]>([
		[
			'only maps, without an operator',
			{ tasks: [map] },
			/^ValidationException: .*projection task or a MAP_ALL task/,
		],
		['a filter without operator', { tasks: [filter] }, /NO_OP is not valid for filtering tasks/],
		['a name with a blank', { flowName: 'my flow' }, /^ValidationException/],
		['a name of one letter', { flowName: 'a' }, /^ValidationException/],
		['an apostrophe', { description: "Bob's" }, /^ValidationException/],
		[
			'a connection that is not there',
			{
				sourceFlowConfig: {
					connectorType: 'Zendesk',
					connectorProfileName: 'no',
					sourceConnectorProperties: { Zendesk: { object: 'tickets' } },
				},
				tasks: [
					{
						...copy.tasks[0],
						taskType: 'Map_all',
						sourceFields: [],
						connectorOperator: { Zendesk: 'NO_OP' },
					},
				],
			},
			/^ResourceNotFoundException/,
		],
		[
			'an empty prefix',
			{
				sourceFlowConfig: {
					...s3,
					sourceConnectorProperties: { S3: { bucketName: 'acme-in', bucketPrefix: 'empty' } },
				},
			},
			/^ConnectorServerException/,
		],
	])('%s', async (_what, part, message) => {
		expect(await rejection({ ...copy, ...part })).toMatch(message);
		expect(appflow.truth.flows).toHaveLength(0);
	});

	it.each(['rate(1 days)', 'rate(1day)', 'every day'])('the schedule %s', (scheduleExpression) => {
		const triggerConfig = {
			triggerType: 'Scheduled',
			triggerProperties: { Scheduled: { scheduleExpression } },
		} as const;
		expect(flowProblem({ ...hourly, triggerConfig }, Date.now())).toMatch(/Invalid schedule/);
	});

	it('a name that exists, and a client token used for a different request', async () => {
		const clientToken = 'one';
		await client().send(new CreateFlowCommand({ ...inputOf(copy), clientToken }));
		await client().send(new CreateFlowCommand({ ...inputOf(copy), clientToken }));
		expect(appflow.truth.flows).toHaveLength(1);
		expect(await rejection(copy)).toMatch(/^ConflictException: .* already exists/);
		expect(await rejection({ ...copy, flowName: 'other', clientToken })).toMatch(
			/^ConflictException/,
		);
	});

	it.each<[string, object, RegExp]>([
		['another secret', { secretAccessKey: 'wrong' }, /^InvalidSignatureException/],
		['an unknown key', { accessKeyId: 'AKIAUNKNOWN' }, /^UnrecognizedClientException/],
		['a wrong session token', { sessionToken: 'wrong' }, /^UnrecognizedClientException/],
	])('%s', async (_what, part, message) => {
		const wrong = client({ ...appflow.keys.permanent, ...part });
		const error = await wrong.send(new ListFlowsCommand({})).catch((thrown: unknown) => thrown);
		expect(String(error)).toMatch(message);
	});

	it('a wrong clock', async () => {
		appflow.clock(600_000);
		await expect(client().send(new ListFlowsCommand({}))).rejects.toThrow(/Signature expired/);
	});
});

it('identifies temporary credentials by their session token', async () => {
	const { flows: listed } = await client(appflow.keys.temporary).send(new ListFlowsCommand({}));
	expect(listed).toEqual([]);
});
