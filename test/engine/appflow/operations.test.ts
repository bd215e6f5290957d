import { copy, everyField, hourly, someFields } from '../../sandbox/appflow/flows.ts';
import { appflow, bodies, credentials, named, operate, paths, steps } from './case.ts';
import { callMethod, run } from '../harness.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const ARN = 'arn:aws:appflow:eu-west-1:123456789012:flow/';

/** Adds many flows without requests. */
function addFlows(count: number): string[] {
	return Array.from({ length: count }, (_, index) => {
		const flowName = `flow-${String(index).padStart(3, '0')}`;
		appflow.addFlow({ ...copy, flowName });
		return flowName;
	});
}

function addRuns(flowName: string, count: number): string[] {
	return Array.from({ length: count }, (_, index) => {
		const executionId = `run-${index}`;
		appflow.truth.executions.push({
			executionId,
			flowName,
			executionStatus: 'Successful',
			startedAt: 1767323045678 + index,
			recordsProcessed: index,
		});
		return executionId;
	});
}

describe('flow > get', () => {
	it('outputs the flow as received, with ISO 8601 times', async () => {
		appflow.addFlow(hourly, { createdAt: 1767323045678 });
		const { json } = await operate('flow', 'get', { flow: named(hourly.flowName) });
		const [flow] = json('AppFlow');
		expect(flow).toMatchObject({
			flowArn: `${ARN}${hourly.flowName}`,
			flowStatus: 'Draft',
			createdAt: '2026-01-02T03:04:05.678Z',
			tasks: hourly.tasks,
			triggerConfig: {
				triggerProperties: {
					Scheduled: {
						scheduleStartTime: '2100-01-01T00:00:00.000Z',
						firstExecutionFrom: '2026-01-01T00:00:00.000Z',
						scheduleOffset: 300,
					},
				},
			},
		});
	});

	it.each([copy.flowName, ` ${copy.flowName}\n`, `${ARN}${copy.flowName}`])(
		'accepts the name %j',
		async (value) => {
			appflow.addFlow(copy);
			const { json } = await operate('flow', 'get', { flow: named(value) });
			expect(json('AppFlow')).toMatchObject([{ flowName: copy.flowName }]);
		},
	);

	it.each(['={{ "" }}', 'a', 'my flow', '-x', "it's", 'a'.repeat(257)])(
		'rejects the name %j before anything is sent',
		async (value) => {
			const { error } = await operate('flow', 'get', { flow: named(value) });
			expect(error?.message).toMatch(/^Flow (is empty|must be a flow name)/);
			expect(appflow.requests).toHaveLength(0);
		},
	);

	it('names a missing flow, and quotes the message of AWS', async () => {
		const { error } = await operate('flow', 'get', { flow: named('nothing') });
		expect(error).toMatchObject({
			message: 'Amazon AppFlow has no flow with the name nothing [Item 0]',
			httpCode: '404',
			context: { data: { code: 'ResourceNotFoundException', requestId: expect.any(String) } },
		});
		expect(error?.description).toContain('returned "Flow with name nothing does not exist"');
		expect(error?.description).toContain('Each Region has its own flows and connections');
	});
});

describe('flow > getAll', () => {
	it('reads all pages', async () => {
		const names = addFlows(250);
		const { json } = await operate('flow', 'getAll', { returnAll: true });
		expect(json('AppFlow').map(({ flowName }) => flowName)).toEqual(names);
		expect(bodies('/list-flows')).toEqual([
			{ maxResults: 100 },
			{ maxResults: 100, nextToken: 'from-100' },
			{ maxResults: 100, nextToken: 'from-200' },
		]);
	});

	it('requests only as many as needed, and outputs readable times', async () => {
		addFlows(30);
		const { json } = await operate('flow', 'getAll', { returnAll: false, limit: 7 });
		expect(json('AppFlow')).toHaveLength(7);
		expect(json('AppFlow')[0]?.createdAt).toMatch(ISO);
		expect(bodies('/list-flows')).toEqual([{ maxResults: 7 }]);
	});

	it('continues after short and empty pages, and ends when a page token repeats', async () => {
		const names = addFlows(9);
		appflow.dialect({ pageSize: 2, emptyFirstPage: true, endlessPages: true });
		const { json } = await operate('flow', 'getAll', { returnAll: true });
		expect(json('AppFlow').map(({ flowName }) => flowName)).toEqual(names);
		expect(appflow.requests.length).toBeLessThan(9);
	});

	it('ends at an empty token', async () => {
		const flows = [{ flowName: 'only' }];
		appflow.misbehave({
			path: '/list-flows',
			kind: 'answer',
			status: 200,
			body: JSON.stringify({ flows, nextToken: '' }),
		});
		const { json } = await operate('flow', 'getAll', { returnAll: true });
		expect(json('AppFlow')).toEqual(flows);
		expect(appflow.requests).toHaveLength(1);
	});

	it('treats null as an empty list', async () => {
		appflow.dialect({ nullLists: true });
		const { json, error } = await operate('flow', 'getAll', { returnAll: true });
		expect(error).toBeUndefined();
		expect(json('AppFlow')).toEqual([]);
	});
});

describe('flow > delete', () => {
	it('deletes a flow, and rejects an active one unless Force is on', async () => {
		appflow.addFlow(copy);
		appflow.addFlow(hourly, { flowStatus: 'Active' });
		const { json } = await operate('flow', 'delete', { flow: named(copy.flowName) });
		expect(json('AppFlow')).toEqual([{ flowName: copy.flowName, deleted: true }]);
		const { error } = await operate('flow', 'delete', { flow: named(hourly.flowName) });
		expect(error?.message).toContain('is active');
		await operate('flow', 'delete', { flow: named(hourly.flowName), options: { force: true } });
		expect(appflow.truth.flows).toEqual([]);
	});

	it.each([
		{ kind: 'cut', worked: true },
		{ kind: 'answer', status: 502, worked: true, body: '<html>Bad Gateway</html>' },
	] as const)('a retry succeeds if the lost attempt deleted the flow: %j', async (rule) => {
		appflow.addFlow(copy);
		appflow.misbehave(rule);
		const { json, error } = await operate('flow', 'delete', { flow: named(copy.flowName) });
		expect(error).toBeUndefined();
		expect(json('AppFlow')).toEqual([{ flowName: copy.flowName, deleted: true }]);
		expect(paths()).toEqual(['/delete-flow', '/delete-flow']);
	});

	it('fails if the flow never existed', async () => {
		appflow.misbehave({
			kind: 'answer',
			status: 429,
			headers: { 'x-amzn-errortype': 'ThrottlingException' },
		});
		const { error } = await operate('flow', 'delete', { flow: named('nothing') });
		expect(error?.message).toContain('has no flow with the name nothing');
	});
});

describe('flow > stop', () => {
	it('deactivates a flow, and can be repeated', async () => {
		appflow.addFlow(hourly, { flowStatus: 'Active' });
		appflow.misbehave({ kind: 'cut', worked: true });
		const { json } = await operate('flow', 'stop', { flow: named(hourly.flowName) });
		expect(json('AppFlow')).toEqual([
			{ flowArn: `${ARN}${hourly.flowName}`, flowStatus: 'Suspended' },
		]);
	});

	it('explains that an on-demand flow cannot be deactivated', async () => {
		appflow.addFlow(copy);
		const { error } = await operate('flow', 'stop', { flow: named(copy.flowName) });
		expect(error?.message).toContain('is triggered on demand and cannot be stopped');
		expect(error?.description).toContain('use Cancel Runs');
	});
});

describe('flow > getRuns', () => {
	it('reads all pages; counts and times can be used downstream', async () => {
		appflow.addFlow(copy);
		const ids = addRuns(copy.flowName, 230);
		const { json } = await operate('flow', 'getRuns', {
			flow: named(copy.flowName),
			returnAll: true,
		});
		expect(
			json('AppFlow')
				.map(({ executionId }) => executionId)
				.sort(),
		).toEqual(ids.sort());
		expect(json('AppFlow')[0]).toMatchObject({
			executionStatus: 'Successful',
			executionResult: { recordsProcessed: expect.any(Number) },
			startedAt: expect.stringMatching(ISO),
		});
	});
});

describe('flow > cancelRuns', () => {
	const inProgress = (executionId: string) => ({
		executionId,
		flowName: copy.flowName,
		executionStatus: 'InProgress' as const,
		startedAt: Date.now(),
	});

	it('cancels all runs in progress', async () => {
		appflow.addFlow(copy);
		appflow.truth.executions.push(inProgress('a'), inProgress('b'));
		const { json } = await operate('flow', 'cancelRuns', { flow: named(copy.flowName) });
		expect(json('AppFlow')).toEqual([{ flowName: copy.flowName, invalidExecutions: [] }]);
		expect(bodies('/cancel-flow-executions')).toEqual([{ flowName: copy.flowName }]);
		expect(appflow.truth.executions.map(({ executionStatus }) => executionStatus)).toEqual([
			'CancelStarted',
			'CancelStarted',
		]);
	});

	it.each(['a, c,', ['a', 'c']])(
		'cancels the runs with the IDs %j, and reports invalid IDs',
		async (ids) => {
			appflow.addFlow(copy);
			appflow.truth.executions.push(inProgress('a'), inProgress('b'));
			const { json } = await operate(
				'flow',
				'cancelRuns',
				{ flow: named(copy.flowName), runs: 'ids', executionIds: '={{ $json.ids }}' },
				{ items: [{ ids }] },
			);
			expect(json('AppFlow')).toEqual([{ flowName: copy.flowName, invalidExecutions: ['c'] }]);
		},
	);

	it('rejects no IDs, and more IDs than AppFlow accepts', async () => {
		const given = { flow: named(copy.flowName), runs: 'ids' };
		const none = await operate('flow', 'cancelRuns', { ...given, executionIds: ' , ' });
		expect(none.error?.message).toBe('Execution IDs is empty [Item 0]');
		const many = Array.from({ length: 101 }, (_, index) => index).join();
		const { error } = await operate('flow', 'cancelRuns', { ...given, executionIds: many });
		expect(error?.message).toContain('AppFlow accepts at most 100 per request');
		expect(appflow.requests).toHaveLength(0);
	});
});

describe('flow > update', () => {
	const change = async (flow: string, parameters: object) =>
		await operate('flow', 'update', { flow: named(flow), ...parameters });

	it('reads, changes and writes the whole configuration, except what UpdateFlow does not accept', async () => {
		appflow.addFlow({ ...everyField, kmsArn: 'arn:aws:kms:eu-west-1:1:key/a', tags: { a: 'b' } });
		const { json } = await change(everyField.flowName, { description: 'New' });
		expect(json('AppFlow')).toEqual([
			{
				flowArn: `${ARN}${everyField.flowName}`,
				flowName: everyField.flowName,
				flowStatus: 'Active',
			},
		]);
		const { clientToken, ...body } = bodies('/update-flow')[0] ?? {};
		expect(clientToken).toMatch(/^[0-9a-f]{32}$/);
		expect(body).toEqual({ ...everyField, description: 'New' });
	});

	it('sends times in epoch seconds, and moves a past start by whole intervals', async () => {
		const { triggerProperties } = hourly.triggerConfig;
		const begun = Math.floor(Date.now() / 1000) - 10_000;
		const Scheduled = {
			scheduleExpression: 'rate(1hours)',
			...triggerProperties?.Scheduled,
			scheduleStartTime: begun,
		};
		const triggerConfig = { triggerType: 'Scheduled', triggerProperties: { Scheduled } } as const;
		appflow.addFlow({ ...hourly, triggerConfig }, { flowStatus: 'Active' });
		const { error } = await change(hourly.flowName, { description: 'New' });
		expect(error).toBeUndefined();
		expect(bodies('/update-flow')[0]?.triggerConfig).toEqual({
			triggerType: 'Scheduled',
			triggerProperties: { Scheduled: { ...Scheduled, scheduleStartTime: begun + 3 * 3600 } },
		});
	});

	it.each([
		['rate(2 hours)', 'rate(2hours)'],
		['rate(1day)', 'rate(1days)'],
		['cron(0 12 * * ? *)', 'cron(0 12 * * ? *)'],
	])(
		'sends the schedule %s in the format of AppFlow; the flow becomes a draft',
		async (text, sent) => {
			appflow.addFlow(everyField);
			const { json } = await change(everyField.flowName, {
				triggerType: 'Scheduled',
				schedule: 'expression',
				scheduleExpression: text,
				dataPullMode: 'Complete',
			});
			expect(json('AppFlow')).toMatchObject([{ flowStatus: 'Draft' }]);
			expect(bodies('/update-flow')[0]?.triggerConfig).toEqual({
				triggerType: 'Scheduled',
				triggerProperties: { Scheduled: { scheduleExpression: sent, dataPullMode: 'Complete' } },
			});
		},
	);

	it('keeps schedule settings that the form does not have, and removes the schedule of an on-demand flow', async () => {
		appflow.addFlow(hourly);
		const before = hourly.triggerConfig.triggerProperties?.Scheduled ?? {};
		expect(before).toHaveProperty('scheduleOffset');
		await change(hourly.flowName, {
			triggerType: 'Scheduled',
			every: 2,
			unit: 'days',
			scheduleSettings: { flowErrorDeactivationThreshold: 3 },
		});
		expect(bodies('/update-flow')[0]?.triggerConfig).toEqual({
			triggerType: 'Scheduled',
			triggerProperties: {
				Scheduled: {
					...before,
					scheduleExpression: 'rate(2days)',
					flowErrorDeactivationThreshold: 3,
				},
			},
		});
		await change(hourly.flowName, { triggerType: 'OnDemand' });
		expect(bodies('/update-flow')[1]?.triggerConfig).toEqual({ triggerType: 'OnDemand' });
	});

	it('merges changes key by key, replaces lists, and removes values with null', async () => {
		appflow.addFlow({ ...someFields, metadataCatalogConfig: {} });
		const tasks = everyField.tasks;
		const { error } = await change(someFields.flowName, {
			tasksJson: JSON.stringify(tasks),
			changesJson: {
				metadataCatalogConfig: null,
				destinationFlowConfigList: [
					{
						destinationConnectorProperties: {
							S3: { s3OutputFormatConfig: { fileType: 'JSON', prefixConfig: null } },
						},
					},
				],
			},
		});
		expect(error).toBeUndefined();
		const sent = bodies('/update-flow')[0] ?? {};
		expect(sent.tasks).toEqual(tasks);
		expect(sent).not.toHaveProperty('metadataCatalogConfig');
		expect(sent.destinationFlowConfigList).toEqual([
			{
				connectorType: 'S3',
				destinationConnectorProperties: {
					S3: {
						bucketName: 'acme-lake',
						bucketPrefix: 'contacts',
						s3OutputFormatConfig: {
							fileType: 'JSON',
							aggregationConfig: { aggregationType: 'SingleFile' },
						},
					},
				},
			},
		]);
	});

	it('keeps keys such as __proto__ as data', async () => {
		appflow.addFlow(everyField);
		const { error } = await change(everyField.flowName, {
			changesJson: '{"sourceFlowConfig": {"__proto__": {"polluted": true}}}',
		});
		expect(error?.message).toContain('Invalid request');
		expect(bodies('/update-flow')[0]?.sourceFlowConfig).toHaveProperty(['__proto__', 'polluted']);
		expect({}).not.toHaveProperty('polluted');
	});

	it.each<[string, object, RegExp]>([
		[
			'bucketName of the source',
			{ sourceFlowConfig: { sourceConnectorProperties: { S3: { bucketName: 'other' } } } },
			/^The bucket, prefix or object of the source cannot be changed; nothing was sent/,
		],
		[
			'connector of the source',
			{ sourceFlowConfig: { connectorType: 'Slack' } },
			/^The connector of the source/,
		],
		[
			'prefix of the destination',
			{
				destinationFlowConfigList: [
					{ destinationConnectorProperties: { S3: { bucketPrefix: 'other' } } },
				],
			},
			/^The bucket, prefix or object of the destination/,
		],
		['tags', { tags: { a: 'b' } }, /"tags" cannot be updated/],
		['kmsArn', { kmsArn: 'x' }, /"kmsArn" cannot be updated/],
		['anything else', { __proto: 1 }, /"__proto" cannot be updated/],
	])('rejects what cannot be changed: %s', async (_what, changesJson, message) => {
		appflow.addFlow(copy);
		const { error } = await change(copy.flowName, { changesJson });
		expect(error?.message).toMatch(message);
		expect(bodies('/update-flow')).toEqual([]);
	});

	it.each<[string, object, RegExp]>([
		['nothing', {}, /^Nothing to update/],
		['tasks that are no list', { tasksJson: '{}' }, /^Tasks \(JSON\) must be a list/],
		['tasks that are no JSON', { tasksJson: '[' }, /^Tasks \(JSON\) is not valid JSON/],
		[
			'a schedule in words',
			{ triggerType: 'Scheduled', schedule: 'expression', scheduleExpression: 'hourly' },
			/^Schedule Expression must have a format such as rate\(1hours\)/,
		],
		['a description', { description: "Sally's" }, /^Description must contain only letters, digits/],
		[
			'a task of no type',
			{ tasksJson: '[{"sourceFields": []}]' },
			/^tasks\[0\]\.taskType is empty/,
		],
		['no tasks', { changesJson: { tasks: null } }, /^tasks is empty/],
		[
			'a name in another case',
			{ changesJson: { triggerConfig: { TriggerType: 'OnDemand' } } },
			/^triggerConfig.TriggerType must be spelled triggerType/,
		],
		['tags', { changesJson: { tags: {} } }, /^Changes \(JSON\): "tags" cannot be updated/],
	])('rejects %s before anything is sent', async (_what, parameters, message) => {
		const { error } = await change(copy.flowName, parameters);
		expect(error?.message).toMatch(message);
		expect(appflow.requests).toHaveLength(0);
	});

	const map = (operator: object) => ({ taskType: 'Map', sourceFields: ['a'], ...operator });

	it('sends tasks that may select no fields, with a hint if AppFlow accepts them and a description if it rejects them', async () => {
		appflow.addFlow(copy);
		const taken = map({ connectorOperator: { S3: 'NO_OP' } });
		const { error, run: finished } = await change(copy.flowName, { tasksJson: [taken] });
		expect(error).toBeUndefined();
		expect(bodies('/update-flow')[0]?.tasks).toEqual([taken]);
		expect(finished.data.resultData.runData.AppFlow?.[0]?.hints).toEqual([
			{
				message: expect.stringMatching(
					/^Flow "s3-copy-smoke": The tasks must include a Map_all task/,
				),
				type: 'warning',
				location: 'outputPane',
			},
		]);
		const rejected = await change(copy.flowName, { changesJson: { tasks: [map({})] } });
		expect(rejected.error?.message).toContain('You must specify a projection task');
		expect(rejected.error?.description).toMatch(/^The tasks must include a Map_all task/);
	});

	it('sends an unknown schedule format in JSON, so that AppFlow decides', async () => {
		appflow.addFlow(hourly);
		const Scheduled = { scheduleExpression: 'hourly' };
		const changesJson = { triggerConfig: { triggerProperties: { Scheduled } } };
		const { error } = await change(hourly.flowName, { changesJson });
		expect(error?.message).toContain('Invalid schedule expression: hourly');
		expect(error?.description).toMatch(
			/^scheduleExpression must have a format such as rate\(1hours\)/,
		);
	});

	it('describes the format of a time', async () => {
		appflow.addFlow(hourly);
		const { error } = await change(hourly.flowName, {
			changesJson: {
				triggerConfig: { triggerProperties: { Scheduled: { scheduleEndTime: 'soon' } } },
			},
		});
		expect(error?.message).toBe('scheduleEndTime must be a date and time, but is "soon" [Item 0]');
		await change(hourly.flowName, {
			changesJson: {
				triggerConfig: {
					triggerProperties: { Scheduled: { scheduleEndTime: '2101-01-01T00:00:00Z' } },
				},
			},
		});
		expect(bodies('/update-flow')).toMatchObject([
			{ triggerConfig: { triggerProperties: { Scheduled: { scheduleEndTime: 4133980800 } } } },
		]);
	});
});

describe('connections', () => {
	it('lists connections without secrets, by connector and by label', async () => {
		const all = await operate('connection', 'getAll', { returnAll: true });
		expect(all.json('AppFlow')).toHaveLength(5);
		expect(all.json('AppFlow')[0]?.createdAt).toBe('2026-01-01T00:00:00.250Z');
		const some = await operate('connection', 'getAll', {
			connector: named('salesforce'),
			returnAll: true,
		});
		expect(some.json('AppFlow').map(({ connectorProfileName }) => connectorProfileName)).toEqual([
			'sf-prod',
			'sf-old',
		]);
		const custom = await operate('connection', 'getAll', {
			connector: named('JDBCsmall'),
			returnAll: true,
		});
		expect(custom.json('AppFlow')).toMatchObject([{ connectorProfileName: 'jdbc-orders' }]);
		expect(bodies('/describe-connector-profiles').at(-1)).toEqual({
			connectorType: 'CustomConnector',
			connectorLabel: 'JDBCsmall',
			maxResults: 100,
		});
	});

	it('gets a connection, and fails if the response is empty', async () => {
		const { json } = await operate('connection', 'get', { connection: named('zendesk') });
		expect(json('AppFlow')).toMatchObject([{ connectorType: 'Zendesk' }]);
		const { error } = await operate('connection', 'get', { connection: named('nothing') });
		expect(error).toMatchObject({
			message: 'Amazon AppFlow has no connection with the name nothing [Item 0]',
			httpCode: '404',
		});
	});
});

describe('connectors', () => {
	it.each([
		['on one page', {}],
		['on two', { mapFirst: true }],
	])('lists connectors, with and without capabilities: map and list %s', async (_what, dialect) => {
		const short = await operate('connector', 'getAll', { returnAll: true });
		appflow.dialect({ pageSize: 2, ...dialect });
		const full = await operate('connector', 'getAll', {
			returnAll: true,
			options: { includeCapabilities: true },
		});
		const nameOf = ({ connectorName }: Record<string, unknown>) => connectorName;
		expect(full.json('AppFlow').map(nameOf)).toEqual(short.json('AppFlow').map(nameOf));
		expect(full.json('AppFlow')[0]).toMatchObject({
			connectorType: 'Salesforce',
			canUseAsSource: true,
			connectorOwner: 'AWS',
		});
		expect(full.json('AppFlow')[4]).toMatchObject({
			connectorLabel: 'JDBCsmall',
			registeredAt: expect.stringMatching(ISO),
		});
	});

	it.each([
		['S3', { connectorType: 'S3' }],
		['zendesk', { connectorType: 'Zendesk' }],
		['GitHub', { connectorType: 'CustomConnector', connectorLabel: 'GitHub' }],
	])('gets %s', async (value, asked) => {
		const { json } = await operate('connector', 'get', { connector: named(value) });
		expect(json('AppFlow')).toMatchObject([asked]);
		expect(bodies('/describe-connector')).toEqual([asked]);
	});

	it('gets objects from all pages, with their group, and nested objects', async () => {
		appflow.dialect({ pageSize: 100 });
		const many = await operate('connector', 'getObjects', {
			connector: named('GitHub'),
			connection: named('github'),
			returnAll: true,
		});
		expect(many.json('AppFlow')).toHaveLength(250);
		const nested = await operate('connector', 'getObjects', {
			connector: named('JDBCsmall'),
			connection: named('jdbc-orders'),
			returnAll: true,
			options: { within: 'public' },
		});
		expect(nested.json('AppFlow')).toMatchObject([
			{ name: 'public.customers', group: 'public' },
			{ name: 'public.orders' },
		]);
		expect(bodies('/list-connector-entities').at(-1)).toEqual({
			connectorType: 'CustomConnector',
			connectorProfileName: 'jdbc-orders',
			entitiesPath: 'public',
			maxResults: 10000,
		});
	});

	it('gets fields; S3 needs no connection, other connectors do', async () => {
		const { json } = await operate('connector', 'getFields', {
			connector: named('Salesforce'),
			connection: named('sf-prod'),
			object: named('Account'),
		});
		expect(json('AppFlow')[4]).toMatchObject({
			identifier: 'LastModifiedDate',
			supportedFieldTypeDetails: { v1: { fieldType: 'datetime' } },
			sourceProperties: { isTimestampFieldForIncrementalQueries: true },
		});
		const s3 = await operate('connector', 'getFields', {
			connector: named('S3'),
			object: named('acme-outbox'),
		});
		expect(s3.json('AppFlow')).toHaveLength(2);
		const before = appflow.requests.length;
		const { error } = await operate('connector', 'getFields', {
			connector: named('Zendesk'),
			object: named('tickets'),
		});
		expect(error?.message).toBe('Connection is empty, but Zendesk requires one [Item 0]');
		expect(appflow.requests).toHaveLength(before);
	});

	it('explains that a rejected connection (HTTP 401) is not about the AWS key', async () => {
		const { error } = await operate('connector', 'getObjects', {
			connector: named('Salesforce'),
			connection: named('sf-old'),
			returnAll: true,
		});
		expect(error).toMatchObject({
			message: expect.stringContaining('sf-old failed [Item 0]'),
			httpCode: '401',
		});
		expect(error?.description).toContain('This is not about the AWS key');
		expect(paths()).toEqual(['/list-connector-entities']);
	});
});

describe('tags', () => {
	const flowName = 'a!b@c#d';
	const pairs = (tags: object) => ({
		pair: Object.entries(tags).map(([name, value]) => ({ name, value: value as string })),
	});

	it('adds, lists and removes tags, by name and by ARN; the path is encoded twice for the signature', async () => {
		appflow.addFlow({ ...copy, flowName });
		const added = await operate('tag', 'add', {
			flow: named(flowName),
			tags: pairs({ team: 'data', 'cost/centre': 'x y', stage: '' }),
		});
		expect(added.json('AppFlow')).toEqual([
			{ resourceArn: `${ARN}${flowName}`, tags: { team: 'data', 'cost/centre': 'x y', stage: '' } },
		]);
		const listed = await operate('tag', 'getAll', { flow: named(`${ARN}${flowName}`) });
		expect(listed.json('AppFlow')).toEqual([
			{ key: 'team', value: 'data' },
			{ key: 'cost/centre', value: 'x y' },
			{ key: 'stage', value: '' },
		]);
		const removed = await operate('tag', 'remove', {
			flow: named(flowName),
			keys: 'cost/centre, stage, none',
		});
		expect(removed.json('AppFlow')[0]?.tagKeys).toEqual(['cost/centre', 'stage', 'none']);
		expect(appflow.truth.flows[0]?.tags).toEqual({ team: 'data' });
	});

	it.each<[object, RegExp]>([
		[{}, /^Tags is empty/],
		[{ 'a b': '' }, /^Tags: the key "a b" must contain no spaces/],
		[{ 'aws:x': '' }, /^Tags: the key "aws:x" must contain no spaces and not begin with aws:/],
		[{ a: 'ü' }, /^Tags: "a" must contain only letters/],
		[Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, ''])), /^Tags has 51/],
	])('rejects %j', async (tags, message) => {
		const { error } = await operate('tag', 'add', { flow: named(flowName), tags: pairs(tags) });
		expect(error?.message).toMatch(message);
		expect(appflow.requests).toHaveLength(0);
	});

	it.each([
		['a, b c', /^Keys: the key "b c" must contain no spaces/],
		[Array.from({ length: 51 }, (_, index) => `k${index}`), /^Keys has 51 entries/],
		[' ,', /^Keys is empty/],
	])('rejects the keys %j', async (keys, message) => {
		const { error } = await operate('tag', 'remove', { flow: named(flowName), keys });
		expect(error?.message).toMatch(message);
		expect(appflow.requests).toHaveLength(0);
	});
});

describe('errors', () => {
	const get = async () =>
		await operate('flow', 'get', { flow: named('nothing'), options: { keepRetryingFor: 0 } });

	it.each<[string, Parameters<typeof appflow.dialect>[0]]>([
		['the header', { errorType: 'header' }],
		['code in the body', { errorType: 'code' }],
		['__type in the body', { errorType: '__type' }],
		['Message with a capital M', { capitalMessage: true }],
	])('reads the type and message in %s', async (_where, dialect) => {
		appflow.dialect(dialect);
		const { error } = await get();
		expect(error?.message).toBe('Amazon AppFlow has no flow with the name nothing [Item 0]');
		expect(error?.context?.data).toMatchObject({ code: 'ResourceNotFoundException' });
	});

	it.each<[number, string, string, RegExp]>([
		[
			402,
			'ServiceQuotaExceededException',
			'Too many flows',
			/quota is exceeded; this is not about a payment/,
		],
		[
			403,
			'AccessDeniedException',
			'Not authorized to perform: s3:ListAllMyBuckets',
			/permission is often for S3 or KMS/,
		],
		[400, 'ConnectorServerException', 'Bucket is empty', /must contain at least one object/],
		[409, 'ConflictException', 'Name taken', /already exists/],
		[403, 'ExpiredTokenException', 'The token has expired', /session token has expired/],
		[
			400,
			'ValidationException',
			'[You must specify a projection task or a MAP_ALL task]',
			/operator PROJECTION/,
		],
		[
			400,
			'ValidationException',
			'Do not update the object for the flow.',
			/of the source cannot be changed/,
		],
		[
			400,
			'ValidationException',
			'Destination object for the destination connector can not be updated',
			/of the destination cannot be changed/,
		],
		[
			400,
			'ValidationException',
			'The operator NO_OP is not valid for filtering tasks',
			/under the source connector's key/,
		],
		[400, 'ValidationException', 'Something else', /AppFlow API reference/],
		[401, 'ConnectorAuthenticationException', 'Rejected', /not about the AWS key/],
		[400, 'UnsupportedOperationException', 'No', /on-demand flow cannot be deactivated/],
		[404, 'ResourceNotFoundException', 'No such profile', /Region in the credential/],
		[500, 'InternalServerException', 'Oops', /internal error/],
		[503, '', 'Service unavailable', /internal error/],
		[429, 'ThrottlingException', 'Slow down', /Set Parallel Requests in Options to a low number/],
		[
			400,
			'TooManyRequestsException',
			'Slow down',
			/Set Parallel Requests in Options to a low number/,
		],
		[403, 'InvalidSignatureException', 'Bad', /Secret Access Key.*check the Region/],
		[403, 'SignatureDoesNotMatch', 'Bad', /Secret Access Key.*check the Region/],
		[400, 'IncompleteSignatureException', 'Bad', /Secret Access Key/],
		[403, 'UnrecognizedClientException', 'Bad', /does not recognize the Access Key ID, or/],
		[403, 'InvalidClientTokenId', 'Bad', /does not recognize the Access Key ID\./],
		[403, 'MissingAuthenticationTokenException', 'Bad', /Check the Endpoint/],
		[403, 'RequestExpired', 'Bad', /The clock of the machine/],
		[403, 'RequestTimeTooSkewed', 'Bad', /The clock of the machine/],
		[403, 'InvalidSignatureException', 'Signature expired: 1 is now earlier', /The clock of/],
	])('%i %s: explains the error', async (status, type, message, description) => {
		appflow.misbehave({
			kind: 'answer',
			status,
			headers: { 'x-amzn-errortype': `${type}:http://x/` },
			body: JSON.stringify({ message }),
		});
		const { error } = await get();
		expect(error).toMatchObject({ message: `${message} [Item 0]`, httpCode: String(status) });
		expect(error?.description).toMatch(description);
		expect(appflow.requests).toHaveLength(1);
	});

	it('handles HTML instead of JSON', async () => {
		appflow.misbehave({
			kind: 'answer',
			status: 502,
			headers: { 'content-type': 'text/html' },
			body: '<html>Bad Gateway</html>',
		});
		const { error } = await get();
		expect(error?.message).toBe('Amazon AppFlow returned status 502 [Item 0]');
	});

	it.each([429, 400])('waits if AWS throttles with the status %i', async (status) => {
		appflow.addFlow(copy);
		appflow.misbehave({
			kind: 'answer',
			status,
			headers: { 'x-amzn-errortype': 'ThrottlingException' },
			body: '{"message":"Rate exceeded"}',
			times: 2,
		});
		const { error, json } = await operate('flow', 'get', { flow: named(copy.flowName) });
		expect(error).toBeUndefined();
		expect(json('AppFlow')).toHaveLength(1);
		expect(appflow.requests).toHaveLength(3);
	});

	it('explains a wrong clock', async () => {
		appflow.clock(-900_000);
		const { error } = await get();
		expect(error?.message).toMatch(/^Signature not yet current/);
		expect(error?.description).toContain('The clock of the machine that runs n8n is wrong');
	});

	it.each<[Record<string, string>, RegExp]>([
		[{ secretAccessKey: 'other-secret-key' }, /^The request signature we calculated/],
		[{ accessKeyId: 'AKIAOTHER' }, /^The security token included in the request is invalid/],
		[{ region: 'us-east-1' }, /scoped to a valid region/],
		[
			{ region: 'other', otherRegion: 'x.evil.example' },
			/^The Region in the credential must have a format such as/,
		],
		[{ secretAccessKey: '' }, /^The secret access key in the credential is empty/],
		[{ endpoint: 'http://appflow.example' }, /^The endpoint must start with https/],
	])('reports the error in the credential %j', async (part, message) => {
		const { error } = await run(steps('flow', 'get', { flow: named('any') }), credentials(part));
		expect(error?.message).toMatch(message);
	});

	it('signs with temporary credentials, and again for each retry', async () => {
		appflow.addFlow(copy);
		appflow.misbehave({ kind: 'cut', worked: false, times: 2 });
		const { json } = await run(
			steps('flow', 'get', { flow: named(copy.flowName) }),
			credentials(appflow.keys.temporary),
		);
		expect(json('AppFlow')).toHaveLength(1);
		expect(appflow.requests).toHaveLength(3);
	});

	it('passes the error details on if the workflow continues', async () => {
		const { json, output } = await operate(
			'flow',
			'get',
			{ flow: named('={{ $json.flow }}') },
			{ items: [{ flow: 'no-1' }, { flow: 'no-2' }], node: { onError: 'continueRegularOutput' } },
		);
		expect(json('AppFlow')).toMatchObject([
			{ error: 'Amazon AppFlow has no flow with the name no-1 [Item 0]', details: { status: 404 } },
			{ error: 'Amazon AppFlow has no flow with the name no-2 [Item 1]' },
		]);
		expect(output('AppFlow').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
		]);
	});
});

describe('pickers', () => {
	const search = async (
		method: string,
		parameters: Record<string, string> = {},
		args: string[] = [],
	) =>
		await callMethod<{ results: Array<{ name: string; value: string }>; paginationToken?: string }>(
			'amazonAppFlow',
			`listSearch.${method}`,
			{ credentials: credentials(), parameters, args },
		);

	it('list flows by name and connectors, page by page', async () => {
		addFlows(150);
		appflow.addFlow(everyField);
		const { results } = await search('searchFlows', {}, ['salesforce']);
		expect(results).toEqual([
			{ name: 'sf-account-to-s3 · Salesforce to S3', value: 'sf-account-to-s3' },
		]);
		appflow.requests.length = 0;
		const first = await search('searchFlows');
		expect(first.results).toHaveLength(100);
		expect(appflow.requests).toHaveLength(1);
		const second = await search('searchFlows', {}, ['', first.paginationToken ?? '']);
		expect(second.results).toHaveLength(51);
	});

	it('list connections of the connector', async () => {
		expect((await search('searchConnections')).results).toHaveLength(5);
		expect((await search('searchConnections', { connector: 'GitHub' })).results).toEqual([
			{ name: 'github · GitHub', value: 'github' },
		]);
	});

	it('list connectors, custom connectors by their label', async () => {
		expect((await search('searchConnectors')).results).toContainEqual({
			name: 'JDBC (JDBCsmall)',
			value: 'JDBCsmall',
		});
		expect((await search('searchConnectors', {}, ['amazon s3'])).results).toEqual([
			{ name: 'Amazon S3 (S3)', value: 'S3' },
		]);
	});

	it('list folders without their objects if there are many', async () => {
		const schemas = Array.from({ length: 11 }, (_, index) => ({
			name: `schema${index}`,
			hasNestedEntities: true,
		}));
		appflow.misbehave({
			path: '/list-connector-entities',
			kind: 'answer',
			status: 200,
			body: JSON.stringify({ connectorEntityMap: { schemas } }),
		});
		const { results } = await search('searchObjects', {
			connector: 'JDBCsmall',
			connection: 'jdbc-orders',
		});
		expect(results).toHaveLength(11);
		expect(appflow.requests).toHaveLength(1);
	});

	it('list objects of the connection, and nested objects of schemas', async () => {
		const sf = await search('searchObjects', { connector: 'Salesforce', connection: 'sf-prod' }, [
			'change',
		]);
		expect(sf.results).toEqual([
			{ name: 'Account Change Event (AccountChangeEvent)', value: 'AccountChangeEvent' },
		]);
		const jdbc = await search('searchObjects', {
			connector: 'JDBCsmall',
			connection: 'jdbc-orders',
		});
		expect(jdbc.results.map(({ value }) => value)).toEqual(['public.customers', 'public.orders']);
		await expect(search('searchObjects')).rejects.toThrow('Select a connector first');
	});
});
