import type {
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';
import { examples } from '../../unit/appflow/examples.ts';
import { appflow, bodies, credentials, operate, steps } from './case.ts';
import { callMethod, run } from '../harness.ts';
import type { Result, Step } from '../harness.ts';

async function create(
	parameters: object,
	{ items = [{}], ...node }: Partial<Step> & { items?: object[] } = {},
): Promise<Result> {
	return await operate('flow', 'create', parameters, { items, node });
}

const creates = () => bodies('/create-flow');

/** S3 to S3 needs no connection. */
const copy = {
	flowName: 'copy-1',
	sourceConnector: 'S3',
	sourceBucketName: 'acme-in',
	sourceBucketPrefix: 'input',
	destinationConnector: 'S3',
	destinationBucketName: 'acme-out',
};

const hourly = { ...copy, triggerType: 'Scheduled' };

/** A value selected in a picker, as the editor stores it. */
const picked = (value: string) => ({ __rl: true, mode: 'list', value });

describe('flow > create', () => {
	it.each(examples)('sends a valid body: $title', async ({ form, body }) => {
		const { json, error } = await create(form);
		expect(error).toBeUndefined();
		const [arrived, ...others] = creates();
		expect(others).toEqual([]);
		expect(arrived).toEqual({ ...body, clientToken: expect.stringMatching(/^[0-9a-f]{32}$/) });
		expect(appflow.truth.flows).toHaveLength(1);
		const { flowName } = body as { flowName: string };
		expect(json('AppFlow')).toEqual([
			{
				flowName,
				flowArn: `arn:aws:appflow:${appflow.region}:123456789012:flow/${flowName}`,
				flowStatus: flowName === 'sf-opportunity-hourly' ? 'Draft' : 'Active',
			},
		]);
	});

	it.each([
		['text', '={{ JSON.stringify($json) }}'],
		['an object', '={{ $json }}'],
	])('accepts the whole body as JSON: %s', async (_kind, flowJson) => {
		const given = examples.map(({ body }) => body);
		const { error } = await create({ specifyFlow: 'json', flowJson }, { items: given });
		expect(error).toBeUndefined();
		for (const body of given) {
			expect(creates()).toContainEqual({ ...body, clientToken: expect.any(String) });
		}
		expect(appflow.truth.flows).toHaveLength(given.length);
	});

	it('requires only a name and two buckets', async () => {
		const { flowName, sourceBucketName, destinationBucketName } = copy;
		const { error } = await create({ flowName, sourceBucketName, destinationBucketName });
		expect(error).toBeUndefined();
		expect(appflow.truth.flows).toMatchObject([
			{ flowName, triggerConfig: { triggerType: 'OnDemand' }, tasks: [{ taskType: 'Map_all' }] },
		]);
	});

	it('copies a flow from the output of Get', async () => {
		await create(copy);
		const { json } = await operate('flow', 'get', { flow: copy.flowName });
		// not { ...$json }: n8n 2.20 to 2.36 evaluates it to null
		const flowJson = '={{ Object.assign({}, $json, { flowName: "copy-2" }) }}';
		const { error } = await create({ specifyFlow: 'json', flowJson }, { items: json('AppFlow') });
		expect(error).toBeUndefined();
		const [, { clientToken: _token, ...second } = {}] = creates();
		const [{ clientToken: _other, ...first } = {}] = creates();
		expect(second).toEqual({ ...first, flowName: 'copy-2' });
	});

	it('creates one flow per item, from the fields of the item, with paired items', async () => {
		const names = ['flow-a', 'flow-b', 'flow-c'];
		const result = await create(
			{ ...copy, flowName: '={{ $json.name }}', triggerType: '={{ $json.trigger }}' },
			{
				items: names.map((name, index) => ({
					name,
					trigger: index === 1 ? 'Scheduled' : 'OnDemand',
				})),
			},
		);
		expect(result.json('AppFlow').map(({ flowName }) => flowName)).toEqual(names);
		expect(result.output('AppFlow').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(result.json('AppFlow').map(({ flowStatus }) => flowStatus)).toEqual([
			'Active',
			'Draft',
			'Active',
		]);
	});

	it('reads a connector from an expression, and the fields of this connector', async () => {
		const { error } = await create({
			...copy,
			sourceConnector: '={{ "Salesforce" }}',
			sourceConnection: picked('sf-prod'),
			sourceObject: picked('Account'),
			sourceSettings: { includeDeletedRecords: true },
		});
		expect(error).toBeUndefined();
		expect(creates()[0]?.sourceFlowConfig).toEqual({
			connectorType: 'Salesforce',
			connectorProfileName: 'sf-prod',
			sourceConnectorProperties: { Salesforce: { object: 'Account', includeDeletedRecords: true } },
		});
	});

	it('reads rows whose connector and values differ per item', async () => {
		const row = { field: '={{ $json.field }}', type: '={{ $json.type }}' };
		const { error } = await create(
			{
				...copy,
				flowName: '={{ $json.name }}',
				sourceConnector: '={{ $json.connector }}',
				sourceConnection: '={{ $json.connection }}',
				sourceObject: 'Account',
				filters: {
					row: [
						{
							...row,
							condition: '={{ $json.condition }}',
							value: '={{ $json.value }}',
							valueDate: '={{ $json.value }}',
						},
					],
				},
				masks: { row: [{ field: '={{ $json.field }}', operator: '={{ $json.mask }}' }] },
			},
			{
				items: [
					{
						name: 'from-sf',
						connector: 'Salesforce',
						connection: 'sf-prod',
						field: 'Name',
						type: 'string',
						condition: 'CONTAINS',
						value: 'x',
						mask: 'MASK_ALL',
					},
					{
						name: 'from-zd',
						connector: 'Zendesk',
						connection: 'zendesk',
						field: 'created_at',
						type: 'datetime',
						condition: 'GREATER_THAN',
						value: '2026-01-01T00:00:00Z',
						mask: 'TRUNCATE',
					},
				],
			},
		);
		expect(error).toBeUndefined();
		expect(creates().map(({ tasks }) => tasks)).toEqual([
			[
				expect.anything(),
				{
					taskType: 'Filter',
					sourceFields: ['Name'],
					connectorOperator: { Salesforce: 'CONTAINS' },
					taskProperties: { DATA_TYPE: 'string', VALUE: 'x' },
				},
				{
					taskType: 'Mask',
					sourceFields: ['Name'],
					connectorOperator: { Salesforce: 'MASK_ALL' },
					taskProperties: { MASK_LENGTH: '5', MASK_VALUE: '*' },
				},
			],
			[
				expect.anything(),
				{
					taskType: 'Filter',
					sourceFields: ['created_at'],
					connectorOperator: { Zendesk: 'GREATER_THAN' },
					taskProperties: { DATA_TYPE: 'datetime', VALUE: '1767225600000' },
				},
				{
					taskType: 'Truncate',
					sourceFields: ['created_at'],
					connectorOperator: { Zendesk: 'NO_OP' },
					taskProperties: { TRUNCATE_LENGTH: '5' },
				},
			],
		]);
	});

	it('sends no ID fields with an insert, even if an expression keeps the field visible', async () => {
		const { error } = await create({
			...copy,
			destinationConnector: 'Salesforce',
			destinationConnection: picked('sf-prod'),
			destinationObject: picked('Account'),
			destinationWriteOperationType: '={{ "INSERT" }}',
			destinationIdFieldNames: 'Id',
		});
		expect(error).toBeUndefined();
		expect(creates()[0]?.destinationFlowConfigList).toEqual([
			{
				connectorType: 'Salesforce',
				connectorProfileName: 'sf-prod',
				destinationConnectorProperties: {
					Salesforce: { object: 'Account', writeOperationType: 'INSERT' },
				},
			},
		]);
	});

	it('sends options, and merges Additional Body Fields last', async () => {
		const { error } = await create({
			...copy,
			options: {
				description: 'A copy',
				kmsArn: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd',
				tags: { pair: [{ name: 'team', value: 'sales' }] },
				glueDataCatalog: {
					catalog: {
						roleArn: 'arn:aws:iam::123456789012:role/glue',
						databaseName: 'lake',
						tablePrefix: 'af_',
					},
				},
				additionalBodyFields: '{"tags": {"env": "test"}, "description": "Another"}',
			},
		});
		expect(error).toBeUndefined();
		expect(creates()[0]).toMatchObject({
			description: 'Another',
			kmsArn: 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd',
			tags: { team: 'sales', env: 'test' },
			metadataCatalogConfig: {
				glueDataCatalog: {
					roleArn: 'arn:aws:iam::123456789012:role/glue',
					databaseName: 'lake',
					tablePrefix: 'af_',
				},
			},
		});
	});

	it('reads filter values from expressions, with dates as epoch ms', async () => {
		const { error } = await create(
			{
				...copy,
				filters: {
					row: [
						{
							field: picked('name'),
							type: 'datetime',
							condition: 'BETWEEN',
							fromDate: '={{ $json.since }}',
							toDate: '={{ DateTime.fromISO("2026-02-01T00:00:00Z") }}',
						},
					],
				},
			},
			{ items: [{ since: '2026-01-01T00:00:00Z' }] },
		);
		expect(error).toBeUndefined();
		expect(creates()[0]?.tasks).toMatchObject([
			{ taskType: 'Map_all' },
			{
				connectorOperator: { S3: 'BETWEEN' },
				taskProperties: {
					DATA_TYPE: 'datetime',
					LOWER_BOUND: '1767225600000',
					UPPER_BOUND: '1769904000000',
				},
			},
		]);
	});
});

describe('flow > create: rejected before anything is sent', () => {
	it.each([
		[{ flowName: 'my flow' }, 'Flow Name must begin with a letter or digit'],
		[{ sourceBucketName: '' }, 'Source Bucket is empty'],
		[{ sourceConnector: 'Slack', sourceObject: 'x' }, 'Source Connection is empty'],
		[{ fields: 'chosen' }, 'Field Mapping is empty'],
		[{ specifyFlow: 'json', flowJson: '{"flowName": "x1"}' }, 'triggerConfig is empty'],
		[{ options: { ifItAlreadyExists: 'createAnother' } }, 'If It Already Exists must be one of'],
	])('%j', async (parameters, message) => {
		const { error } = await create({ ...copy, ...parameters });
		expect(error?.message).toContain(message);
		expect(error?.message).toContain('[Item 0]');
		expect(appflow.requests).toEqual([]);
	});
});

describe('flow > create: names are unique', () => {
	it('stops with an error if the name exists', async () => {
		await create(copy);
		const { error } = await create(copy);
		expect(error?.message).toBe('A flow with the name copy-1 already exists [Item 0]');
		expect(error?.description).toContain('set If It Already Exists to Use the Existing One');
		expect(appflow.truth.flows).toHaveLength(1);
	});

	it('uses the existing flow and outputs it', async () => {
		await create(copy);
		const options = { ifItAlreadyExists: 'useExisting' };
		const { json, error } = await create({ ...copy, options });
		expect(error).toBeUndefined();
		expect(creates()).toHaveLength(1);
		expect(json('AppFlow')).toMatchObject([
			{
				flowName: 'copy-1',
				flowStatus: 'Active',
				sourceFlowConfig: { connectorType: 'S3' },
				createdAt: expect.stringMatching(/Z$/),
			},
		]);
	});

	it('creates nothing if it is unknown whether the flow exists', async () => {
		appflow.misbehave({
			path: '/describe-flow',
			kind: 'answer',
			status: 403,
			body: '{"message": "Not authorized"}',
		});
		const { error } = await create({ ...copy, options: { ifItAlreadyExists: 'useExisting' } });
		expect(error?.message).toBe('Not authorized [Item 0]');
		expect(creates()).toEqual([]);
	});

	it('items with the same name share one flow', async () => {
		const options = { ifItAlreadyExists: 'useExisting', parallelRequests: 10 };
		const { json, error } = await create({ ...copy, options }, { items: [{}, {}, {}, {}] });
		expect(error).toBeUndefined();
		expect(creates()).toHaveLength(1);
		expect(json('AppFlow').map(({ flowName }) => flowName)).toEqual(Array(4).fill('copy-1'));
	});

	it('uses a flow that was created after the check', async () => {
		appflow.misbehave({
			path: '/create-flow',
			kind: 'answer',
			status: 409,
			body: '{"message": "Taken"}',
			worked: true,
		});
		const { json, error } = await create({
			...copy,
			options: { ifItAlreadyExists: 'useExisting' },
		});
		expect(error).toBeUndefined();
		expect(json('AppFlow')).toMatchObject([{ flowName: 'copy-1', tasks: expect.any(Array) }]);
	});
});

describe('flow > create: no duplicates', () => {
	it.each([
		['the response is lost', { kind: 'cut', worked: true }],
		['the request is lost', { kind: 'cut', worked: false }],
		['AppFlow fails after the work', { kind: 'answer', status: 500, worked: true }],
		['AppFlow throttles', { kind: 'answer', status: 429, headers: { 'retry-after': '0' } }],
		[
			'AppFlow throttles with a code',
			{
				kind: 'answer',
				status: 400,
				headers: { 'x-amzn-errortype': 'ProvisionedThroughputExceededException' },
			},
		],
		[
			'AppFlow times out after the work',
			{
				kind: 'answer',
				status: 400,
				worked: true,
				headers: { 'x-amzn-errortype': 'RequestTimeoutException' },
			},
		],
	] as const)('is retried with the same client token if %s', async (_what, injected) => {
		appflow.misbehave({ path: '/create-flow', ...injected });
		const { json, error } = await create(copy);
		expect(error).toBeUndefined();
		const tokens = creates().map(({ clientToken }) => clientToken);
		expect(tokens).toHaveLength(2);
		expect(new Set(tokens).size).toBe(1);
		expect(appflow.truth.flows).toHaveLength(1);
		expect(json('AppFlow')).toMatchObject([{ flowName: 'copy-1', flowStatus: 'Active' }]);
	});

	it("creates one flow with n8n's Retry On Fail", async () => {
		appflow.misbehave({ path: '/create-flow', kind: 'cut', worked: true });
		const { json, error } = await create(
			{ ...copy, options: { keepRetryingFor: 0 } },
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		);
		expect(error).toBeUndefined();
		expect(creates()).toHaveLength(2);
		expect(appflow.truth.flows).toHaveLength(1);
		expect(json('AppFlow')).toMatchObject([{ flowName: 'copy-1' }]);
	});

	it('uses a different client token for each item', async () => {
		await create(
			{ ...copy, flowName: '={{ $json.name }}' },
			{ items: [{ name: 'a1' }, { name: 'a2' }] },
		);
		expect(new Set(creates().map(({ clientToken }) => clientToken)).size).toBe(2);
	});

	it('does not claim that a flow may exist if it cannot', async () => {
		const parameters = { ...copy, options: { keepRetryingFor: 0 } };
		const nowhere = { ...credentials().amazonAppFlowApi, endpoint: 'http://127.0.0.1:1' };
		const { error } = await run(steps('flow', 'create', parameters), {
			amazonAppFlowApi: nowhere,
		});
		expect(error?.message).toMatch(/could not be reached \(ECONNREFUSED\)/);
		expect(error?.description).not.toContain('may have been created');
	});

	it.each(['stop', 'useExisting'])(
		"n8n's Retry On Fail uses the flow that an earlier attempt created, even if the body differs: %s",
		async (ifItAlreadyExists) => {
			appflow.misbehave({ path: '/create-flow', kind: 'answer', status: 400, after: 1 });
			const { json, error } = await create(
				{
					...copy,
					flowName: '={{ $json.name }}',
					options: {
						ifItAlreadyExists,
						parallelRequests: 1,
						description: '=Made {{ $now.toMillis() }}',
					},
				},
				{
					items: [{ name: 'flow-a' }, { name: 'flow-b' }],
					retryOnFail: true,
					maxTries: 2,
					waitBetweenTries: 0,
				},
			);
			expect(error).toBeUndefined();
			expect(json('AppFlow').map(({ flowName }) => flowName)).toEqual(['flow-a', 'flow-b']);
			expect(creates().map(({ flowName }) => flowName)).toEqual(['flow-a', 'flow-b', 'flow-b']);
		},
	);

	it('sends the client token of the user', async () => {
		const options = { additionalBodyFields: '{"clientToken": "mine"}' };
		const { error } = await create({ ...copy, options });
		expect(error).toBeUndefined();
		expect(creates()[0]?.clientToken).toBe('mine');
	});

	it('reports that a flow may exist if there was no response, or finds it', async () => {
		const lost = { path: '/create-flow', kind: 'cut', worked: true, times: 9 } as const;
		appflow.misbehave(lost);
		const stopped = await create({ ...copy, options: { keepRetryingFor: 0 } });
		expect(stopped.error?.description).toContain('"copy-1" may have been created anyway');

		appflow.misbehave({ ...lost, times: 1 });
		const options = { keepRetryingFor: 0, ifItAlreadyExists: 'useExisting' };
		const found = await create({ ...copy, flowName: 'copy-2', options });
		expect(found.error).toBeUndefined();
		expect(found.json('AppFlow')).toMatchObject([{ flowName: 'copy-2', flowStatus: 'Active' }]);
		expect(appflow.truth.flows).toHaveLength(2);
	});

	it('lists the created flows if the node stops', async () => {
		const { error } = await create(
			{ ...copy, flowName: '={{ $json.name }}', options: { parallelRequests: 1 } },
			{ items: [{ name: 'flow-a' }, { name: 'no good' }] },
		);
		expect(error?.message).toContain('[Item 1]');
		expect(error?.description).toContain('Created before the node stopped: flow flow-a [Item 0]');
	});
});

describe('flow > create: activation', () => {
	const options = { activateAfterCreation: true };

	it.each(['Scheduled', 'Event'])('activates a flow with the trigger %s', async (triggerType) => {
		const { json, error } = await create({ ...copy, triggerType, options });
		expect(error).toBeUndefined();
		expect(bodies('/start-flow')).toEqual([
			{ flowName: 'copy-1', clientToken: expect.any(String) },
		]);
		expect(json('AppFlow')).toMatchObject([{ flowName: 'copy-1', flowStatus: 'Active' }]);
		expect(appflow.truth.flows[0]?.flowStatus).toBe('Active');
	});

	it('does not run an on-demand flow, and activates a draft only if the option is on, otherwise with a hint', async () => {
		const ready = await create({ ...copy, options });
		const draft = await create({ ...hourly, flowName: 'hourly-1' });
		const hints = [ready, draft].map(
			({ run: { data } }) => data.resultData.runData.AppFlow?.[0]?.hints ?? [],
		);
		expect(hints).toEqual([
			[],
			[
				expect.objectContaining({
					message:
						'Flow "hourly-1" has the status Draft and does not run until it is activated. Turn on Activate After Creation in Options, or use Flow > Start. [Item 0]',
					type: 'warning',
				}),
			],
		]);
		expect(bodies('/start-flow')).toEqual([]);
		expect(appflow.truth.executions).toEqual([]);
	});

	it('activates a flow once, even if the response is lost', async () => {
		appflow.misbehave({ path: '/start-flow', kind: 'cut', worked: true });
		const { json, error } = await create({ ...hourly, options });
		expect(error).toBeUndefined();
		expect(json('AppFlow')).toMatchObject([{ flowStatus: 'Active' }]);
	});

	it('activates an existing draft, but not an active flow', async () => {
		const again = { ...hourly, options: { ...options, ifItAlreadyExists: 'useExisting' } };
		await create(hourly);
		expect((await create(again)).json('AppFlow')).toMatchObject([{ flowStatus: 'Active' }]);
		expect((await create(again)).error).toBeUndefined();
		expect(bodies('/start-flow')).toHaveLength(1);
	});

	it('does not run an existing on-demand flow', async () => {
		await create(copy);
		const { error } = await create({
			...hourly,
			options: { ...options, ifItAlreadyExists: 'useExisting' },
		});
		expect(error).toBeUndefined();
		expect(appflow.truth.executions).toEqual([]);
	});

	it('reports that the flow exists if it could not be activated', async () => {
		appflow.misbehave({
			path: '/start-flow',
			kind: 'answer',
			status: 402,
			body: '{"message": "Too many"}',
			headers: { 'x-amzn-errortype': 'ServiceQuotaExceededException' },
		});
		const { error } = await create({ ...hourly, options });
		expect(error?.message).toBe('Too many [Item 0]');
		expect(error?.description).toContain('The flow "copy-1" exists, but could not be activated.');
		expect(error?.description).toContain('Created before the node stopped: flow copy-1 [Item 0]');
	});
});

describe('flow > create: the pickers', () => {
	const ask = async <Answer>(method: string, parameters: object, args: string[] = []) =>
		await callMethod<Answer>('amazonAppFlow', method, {
			credentials: credentials(),
			parameters: parameters as INodeParameters,
			args,
		});

	const list = async (method: string, parameters: object, ...args: string[]) =>
		await ask<INodeListSearchResult>(`listSearch.${method}`, parameters, args);

	const jdbc = {
		sourceConnector: 'CustomConnector',
		sourceConnection: picked('jdbc-orders'),
		sourceApiVersion: 'V1',
	};

	it('list connections of the connector, with labels of custom connectors', async () => {
		const { results } = await list('searchSourceConnections', {
			sourceConnector: 'CustomConnector',
		});
		expect(results).toEqual([
			{ name: 'github · GitHub', value: 'github' },
			{ name: 'jdbc-orders · JDBCsmall', value: 'jdbc-orders' },
		]);
		const zendesk = await list('searchDestinationConnections', { destinationConnector: 'Zendesk' });
		expect(zendesk.results).toEqual([{ name: 'zendesk', value: 'zendesk' }]);
	});

	it('list objects of a connection, including nested ones', async () => {
		const { results } = await list('searchSourceObjects', jdbc);
		expect(results).toEqual([
			{ name: 'customers (public.customers)', value: 'public.customers' },
			{ name: 'orders (public.orders)', value: 'public.orders' },
		]);
		const destination = {
			destinationConnector: 'Salesforce',
			destinationConnection: picked('sf-prod'),
		};
		const found = await list('searchDestinationObjects', destination, 'lead');
		expect(found.results).toEqual([{ name: 'Lead', value: 'Lead' }]);
	});

	it('list source fields', async () => {
		const { results } = await list('searchSourceFields', {
			...jdbc,
			sourceObject: picked('public.orders'),
		});
		expect(results).toEqual([
			{ name: 'order id (order_id) · Integer', value: 'order_id' },
			{ name: 'total · Double', value: 'total' },
		]);
		expect((await list('searchSourceFields', jdbc)).results).toEqual([]);
	});

	it('list the types and conditions of filters by the selected field', async () => {
		const listOf = async (field: string, more: object = {}) => {
			const names: string[] = [];
			for (const [method, parameter] of [
				['loadOptions.getFilterTypes', 'type'],
				['loadOptions.getFilterConditions', 'condition'],
			] as const) {
				const options = await callMethod<INodePropertyOptions[]>('amazonAppFlow', method, {
					credentials: credentials(),
					parameters: { filters: { row: [{}, { field: picked(field) }] }, ...more },
					path: `parameters.filters.row[1].${parameter}`,
				});
				names.push(options.map(({ name }) => name).join(', '));
			}
			return names;
		};
		const contact = {
			sourceConnector: 'Salesforce',
			sourceConnection: picked('sf-prod'),
			sourceObject: picked('Contact'),
		};
		const tickets = {
			sourceConnector: 'Zendesk',
			sourceConnection: picked('zendesk'),
			sourceObject: picked('tickets'),
		};
		const every =
			'Between, Contains, Equal To, Equal to One Of, Greater Than, Greater Than or Equal To, Less Than, Less Than or Equal To, Not Equal To';
		const all = 'Between, Equal To, Equal to One Of, Greater Than, Less Than, Not Equal To';
		expect(await listOf('LastModifiedDate', contact)).toEqual(['Date and Time', all]);
		expect(await listOf('Email', contact)).toEqual([
			'Boolean, Date and Time, Number, Other (email), Text',
			all,
		]);
		expect(await listOf('updated_at', tickets)).toEqual(['Date and Time', 'Greater Than']);
		await expect(listOf('subject', tickets)).rejects.toThrow(
			'Zendesk cannot filter by the field "subject"',
		);
		const everyType = 'Boolean, Date and Time, Number, Other, Text';
		expect(await listOf('', { sourceConnector: 'Zendesk' })).toEqual([everyType, 'Greater Than']);
		expect(await listOf('x', { ...tickets, sourceObject: picked('gone') })).toEqual([
			everyType,
			'Greater Than',
		]);
		expect(await listOf('x')).toEqual([everyType, every]);
	});

	it('list source fields to map, which are sent with their types', async () => {
		const contact = {
			sourceConnector: 'Salesforce',
			sourceConnection: picked('sf-prod'),
			sourceObject: picked('Contact'),
		};
		const { fields } = await ask<ResourceMapperFields>(
			'resourceMapping.sourceFieldMapping',
			contact,
		);
		expect(fields.map(({ id }) => id)).toEqual([
			'Id',
			'Name',
			'Email',
			'Ext_Id__c',
			'LastModifiedDate',
		]);
		expect(fields.every(({ removed }) => removed)).toBe(true);
		const schema = fields.map((field) => ({
			...field,
			removed: !['Id', 'Email'].includes(field.id),
		}));
		const fieldMapping = {
			mappingMode: 'defineBelow',
			value: { Id: 'contact_id', Email: '={{ "e" + "mail" }}', Name: 'Name' },
			schema,
		};
		const { error } = await create({ ...copy, ...contact, fields: 'chosen', fieldMapping });
		expect(error).toBeUndefined();
		expect(creates()[0]?.tasks).toEqual([
			{
				taskType: 'Filter',
				sourceFields: ['Id', 'Email'],
				connectorOperator: { Salesforce: 'PROJECTION' },
				taskProperties: {},
			},
			{
				taskType: 'Map',
				sourceFields: ['Id'],
				destinationField: 'contact_id',
				connectorOperator: { Salesforce: 'NO_OP' },
				taskProperties: { SOURCE_DATA_TYPE: 'id', DESTINATION_DATA_TYPE: 'id' },
			},
			{
				taskType: 'Map',
				sourceFields: ['Email'],
				destinationField: 'email',
				connectorOperator: { Salesforce: 'NO_OP' },
				taskProperties: { SOURCE_DATA_TYPE: 'email', DESTINATION_DATA_TYPE: 'email' },
			},
		]);
	});

	it('reject an empty name from an expression; an empty field keeps its name', async () => {
		const schema = ['Id', 'Email'].map((id) => ({ id, displayName: id, removed: false }));
		const mapped = (Email: string | null) => ({
			...copy,
			fields: 'chosen',
			fieldMapping: { mappingMode: 'defineBelow', value: { Id: null, Email }, schema },
		});
		const { error } = await create(mapped('={{ $json.nothing }}'));
		expect(error?.message).toContain(
			'Field Mapping: the expression for "Email" returns no destination name',
		);
		expect(appflow.requests).toEqual([]);
		expect((await create(mapped(null))).error).toBeUndefined();
		expect(creates()[0]?.tasks).toMatchObject([
			{ sourceFields: ['Id', 'Email'] },
			{ destinationField: 'Id' },
			{ destinationField: 'Email' },
		]);
	});

	it('omit fields that cannot be read', async () => {
		const field = (identifier: string, sourceProperties?: object) => ({
			identifier,
			...(sourceProperties && { sourceProperties }),
		});
		const connectorEntityFields = [
			field('read', { isRetrievable: true }),
			field('written', { isRetrievable: false }),
			field('unspecified'),
			field('unspecified too', {}),
		];
		appflow.misbehave({
			path: '/describe-connector-entity',
			kind: 'answer',
			status: 200,
			body: JSON.stringify({ connectorEntityFields }),
		});
		const { results } = await list('searchSourceFields', {
			...jdbc,
			sourceObject: picked('public.orders'),
		});
		expect(results.map(({ value }) => value)).toEqual(['read', 'unspecified', 'unspecified too']);
	});

	it('list the fields of a file in S3, by bucket and prefix', async () => {
		const { fields } = await ask<ResourceMapperFields>('resourceMapping.sourceFieldMapping', {
			sourceConnector: 'S3',
			// from the previous connector
			sourceConnection: picked('sf-prod'),
			sourceBucketName: 's3://acme-in/',
			sourceBucketPrefix: '/input',
		});
		expect(fields.map(({ id }) => id)).toEqual(['ext_id', 'name']);
		expect(bodies('/describe-connector-entity')).toEqual([
			{ connectorType: 'S3', connectorEntityName: 'acme-in/input' },
		]);
	});

	it.each([
		[{}, 'Select a connector first'],
		[{ sourceConnector: '={{ $json.x }}' }, 'Select a connector first'],
	])('%j: report what is missing', async (parameters, message) => {
		await expect(list('searchSourceConnections', parameters)).rejects.toThrow(message);
	});

	it('report that objects need a connection, and that S3 needs none', async () => {
		for (const [method, side] of [
			['searchSourceObjects', 'source'],
			['searchDestinationObjects', 'destination'],
		] as const) {
			await expect(list(method, { [`${side}Connector`]: 'Salesforce' })).rejects.toThrow(
				/^Select a (Source|Destination) Connection first/,
			);
			expect(appflow.requests).toEqual([]);
		}
		await list('searchSourceObjects', { sourceConnector: 'S3' });
		expect(appflow.requests).toHaveLength(1);
	});

	it('report why there is no form', async () => {
		for (const parameters of [jdbc, { sourceConnector: 'S3', sourceBucketPrefix: 'input' }]) {
			const form = await ask<ResourceMapperFields>(
				'resourceMapping.sourceFieldMapping',
				parameters,
			);
			expect(form.fields).toEqual([]);
			expect(form.emptyFieldsNotice).toContain('Fill in the source first');
		}
		expect(appflow.requests).toEqual([]);
	});
});
