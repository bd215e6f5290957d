// This package sends the same method, path, query and body as AWS's client.
import * as sdk from '@aws-sdk/client-appflow';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import {
	AmazonAppFlowApi,
	amazonAppFlowProfile,
} from '../../../nodes/AmazonAppFlow/api/AmazonAppFlowApi.ts';
import { connectors } from '../../../nodes/AmazonAppFlow/flowDefinition/connectors/connectors.ts';
import { HttpClient } from '../../../nodes/engine/http/client.ts';
import { NodeRun } from '../../../nodes/engine/nodeRun.ts';
import { flows } from '../../sandbox/appflow/flows.ts';
import type { FlowConfig } from '../../sandbox/appflow/rules.ts';
import { serve } from '../../sandbox/server.ts';
import type { Arrival, Sandbox } from '../../sandbox/server.ts';
import { editorContext } from '../harness.ts';

const KEY = {
	accessKeyId: 'AKIDEXAMPLE',
	secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

/** Accepts any request and returns a minimal response. */
let server: Sandbox;
let api: AmazonAppFlowApi;
let client: sdk.AppflowClient;

beforeAll(async () => {
	const body = JSON.stringify({ connectorConfiguration: {} });
	server = await serve({
		name: 'Anything',
		handle: async () => await Promise.resolve({ status: 200, body }),
		state: () => ({}),
		reset: () => undefined,
	});
	const region = 'eu-west-1';
	const credentials = { amazonAppFlowApi: { ...KEY, region, endpoint: server.url } };
	const context = await editorContext('amazonAppFlow', { credentials });
	const limits = { timeoutMs: 10_000, keepRetryingMs: 0 };
	api = new AmazonAppFlowApi(new HttpClient(context, amazonAppFlowProfile, limits, new NodeRun()));
	client = new sdk.AppflowClient({
		region,
		endpoint: server.url,
		credentials: KEY,
		maxAttempts: 1,
	});
});

afterAll(async () => {
	client.destroy();
	await server.stop();
});

/** The parts of a request to compare. */
function asked({ method, path, headers, body }: Arrival) {
	const [address, query = ''] = path.split('?');
	const content: unknown = body === '' ? undefined : JSON.parse(body);
	return {
		method,
		path: address,
		query: [...new URLSearchParams(query)].map((pair) => pair.join('=')).sort(),
		body: content,
		type: headers['content-type'],
		signedFor: /Credential=\S+\/(\S+\/appflow\/aws4_request)/.exec(
			String(headers.authorization),
		)?.[1],
	};
}

/** A call of this package and the same call of AWS's client. */
type Pair = [ours: () => Promise<unknown>, theirs: () => Promise<unknown>];

async function expectSame([ours, theirs]: Pair): Promise<void> {
	server.reset();
	await ours();
	await theirs();
	const [mine, reference, ...more] = server.requests.map(asked);
	expect(more).toEqual([]);
	expect(reference?.method).toBeDefined();
	expect(mine).toEqual(reference);
}

/** Times as AWS's client expects them. */
function forClient(flow: FlowConfig): sdk.CreateFlowCommandInput {
	return JSON.parse(JSON.stringify(flow), (key, value: unknown) =>
		typeof value === 'number' && /Time$|ExecutionFrom/.test(key) ? new Date(value * 1000) : value,
	) as sdk.CreateFlowCommandInput;
}

/** Times as n8n users enter them. */
function forUs(flow: FlowConfig): IDataObject {
	return JSON.parse(JSON.stringify(flow), (key, value: unknown) =>
		typeof value === 'number' && /Time$|ExecutionFrom/.test(key)
			? new Date(value * 1000).toISOString()
			: value,
	) as IDataObject;
}

describe('create and update', () => {
	it.each(flows.map((flow) => [flow.flowName, flow]))('%s', async (_name, flow) => {
		const clientToken = 'token-1';
		await expectSame([
			async () => await api.createFlow(forUs(flow), clientToken),
			async () =>
				await client.send(
					new sdk.CreateFlowCommand({
						...forClient(flow),
						clientToken,
					}),
				),
		]);
		await expectSame([
			async () => await api.updateFlow(forUs(flow), clientToken),
			async () =>
				await client.send(
					new sdk.UpdateFlowCommand({
						...forClient(flow),
						clientToken,
					}),
				),
		]);
	});
});

const name = fc.stringMatching(/^[a-zA-Z0-9][\w!@#.-]{1,30}$/);
const profile = fc.stringMatching(/^[\w/!@#+=.-]{1,30}$/);
const token = fc.stringMatching(/^[ -~]{1,40}$/);
const type = fc.constantFrom(
	...connectors.map(({ type }) => type),
) as fc.Arbitrary<sdk.ConnectorType>;
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const arn = name.map((flow) => `arn:aws:appflow:eu-west-1:123456789012:flow/${flow}`);
const tagKey = fc.stringMatching(/^[a-zA-Z][a-zA-Z+=._:/-]{0,20}$/);
const tagValue = fc.stringMatching(/^[ \w+=.:/@-]{0,20}$/);
const wanted = fc.integer({ min: 1, max: 300 });
const page = (most: number, largest = 100) => Math.min(largest, most);
const source = fc.record(
	{
		connectorType: type,
		connectorProfileName: profile,
		apiVersion: fc.stringMatching(/^\S{1,10}$/),
	},
	{ requiredKeys: [] },
);
const text = fc.string({ unit: 'grapheme', maxLength: 30 });

/** Every operation except the two above, with any input. */
const calls: Record<string, fc.Arbitrary<Pair>> = {
	DescribeFlow: name.map((flowName): Pair => [
		async () => await api.describeFlow(flowName),
		async () => await client.send(new sdk.DescribeFlowCommand({ flowName })),
	]),
	ListFlows: wanted.map((most): Pair => [
		async () => await api.listFlows(most),
		async () => await client.send(new sdk.ListFlowsCommand({ maxResults: page(most) })),
	]),
	DeleteFlow: fc.tuple(name, fc.boolean()).map(([flowName, forceDelete]): Pair => [
		async () => {
			await api.deleteFlow(flowName, forceDelete);
		},
		async () => await client.send(new sdk.DeleteFlowCommand({ flowName, forceDelete })),
	]),
	StartFlow: fc
		.tuple(name, token)
		.map(([flowName, clientToken]): Pair => [
			async () => await api.startFlow(flowName, clientToken),
			async () => await client.send(new sdk.StartFlowCommand({ flowName, clientToken })),
		]),
	StopFlow: name.map((flowName): Pair => [
		async () => await api.stopFlow(flowName),
		async () => await client.send(new sdk.StopFlowCommand({ flowName })),
	]),
	DescribeFlowExecutionRecords: fc
		.tuple(name, wanted)
		.map(([flowName, most]): Pair => [
			async () => await api.executionRecords(flowName, most),
			async () =>
				await client.send(
					new sdk.DescribeFlowExecutionRecordsCommand({ flowName, maxResults: page(most) }),
				),
		]),
	CancelFlowExecutions: fc
		.tuple(name, maybe(fc.array(fc.uuid(), { maxLength: 5 })))
		.map(([flowName, executionIds]): Pair => [
			async () => await api.cancelExecutions(flowName, executionIds),
			async () =>
				await client.send(new sdk.CancelFlowExecutionsCommand({ flowName, executionIds })),
		]),
	DescribeConnectorProfiles: fc
		.tuple(
			fc.record(
				{
					connectorProfileNames: fc.array(profile, { maxLength: 3 }),
					connectorType: type,
					connectorLabel: name,
				},
				{ requiredKeys: [] },
			),
			wanted,
		)
		.map(([filter, most]): Pair => [
			async () => await api.connectorProfiles(filter, most),
			async () =>
				await client.send(
					new sdk.DescribeConnectorProfilesCommand({ ...filter, maxResults: page(most) }),
				),
		]),
	DescribeConnector: fc
		.tuple(type, maybe(name))
		.map(([connectorType, connectorLabel]): Pair => [
			async () => await api.describeConnector(connectorType, connectorLabel),
			async () =>
				await client.send(new sdk.DescribeConnectorCommand({ connectorType, connectorLabel })),
		]),
	DescribeConnectors: fc
		.tuple(wanted, maybe(fc.array(type, { maxLength: 3 })))
		.map(([most, connectorTypesAsked]): Pair => [
			async () => await api.describeConnectors(most, connectorTypesAsked),
			async () =>
				await client.send(
					new sdk.DescribeConnectorsCommand({
						connectorTypes: connectorTypesAsked,
						maxResults: page(most),
					}),
				),
		]),
	ListConnectors: wanted.map((most): Pair => [
		async () => await api.listConnectors(most),
		async () => await client.send(new sdk.ListConnectorsCommand({ maxResults: page(most) })),
	]),
	ListConnectorEntities: fc
		.tuple(source, maybe(fc.stringMatching(/^[\w/ -]{1,20}$/)), wanted)
		.map(([from, entitiesPath, most]): Pair => [
			async () => await api.listEntities({ ...from, entitiesPath }, most),
			async () =>
				await client.send(
					new sdk.ListConnectorEntitiesCommand({
						...from,
						entitiesPath,
						maxResults: page(most, 10_000),
					}),
				),
		]),
	DescribeConnectorEntity: fc
		.tuple(source, fc.stringMatching(/^\S{1,40}$/))
		.map(([from, connectorEntityName]): Pair => [
			async () => await api.describeEntity({ ...from, connectorEntityName }),
			async () =>
				await client.send(new sdk.DescribeConnectorEntityCommand({ ...from, connectorEntityName })),
		]),
	TagResource: fc
		.tuple(arn, fc.dictionary(tagKey, tagValue, { maxKeys: 5, noNullPrototype: true }))
		.map(([resourceArn, tags]): Pair => [
			async () => {
				await api.tagResource(resourceArn, tags);
			},
			async () => await client.send(new sdk.TagResourceCommand({ resourceArn, tags })),
		]),
	UntagResource: fc
		.tuple(arn, fc.array(tagKey, { minLength: 1, maxLength: 5 }))
		.map(([resourceArn, tagKeys]): Pair => [
			async () => {
				await api.untagResource(resourceArn, tagKeys);
			},
			async () => await client.send(new sdk.UntagResourceCommand({ resourceArn, tagKeys })),
		]),
	ListTagsForResource: arn.map((resourceArn): Pair => [
		async () => await api.listTags(resourceArn),
		async () => await client.send(new sdk.ListTagsForResourceCommand({ resourceArn })),
	]),
	CreateFlow: fc
		.tuple(
			fc.constantFrom(...flows),
			name,
			text,
			token,
			fc.integer({ min: 0, max: 4_102_444_800_000 }),
		)
		.map(([flow, flowName, description, clientToken, time]): Pair => {
			const triggerConfig = {
				triggerType: 'Scheduled' as const,
				triggerProperties: {
					Scheduled: { scheduleExpression: 'rate(1days)', scheduleEndTime: time / 1000 },
				},
			};
			const made = { ...flow, flowName, description, triggerConfig };
			return [
				async () => await api.createFlow(forUs(made), clientToken),
				async () =>
					await client.send(
						new sdk.CreateFlowCommand({
							...forClient(made),
							clientToken,
						}),
					),
			];
		}),
};

it.each(Object.entries(calls))('%s, 25 times', async (_operation, arbitrary) => {
	for (const pair of fc.sample(arbitrary, 25)) await expectSame(pair);
});
