import fc from 'fast-check';
import { connectors } from '../../../nodes/AmazonAppFlow/flowDefinition/connectors/connectors.ts';
import { bodyOf, checked, fields, mapping, warningsOf, picked, readForm } from './form.ts';
import { examples } from './examples.ts';
import { bodyFor } from './row.ts';

const s3 = {
	flowName: 'flow-1',
	sourceConnector: 'S3',
	sourceBucketName: 'acme-in',
	destinationConnector: 'S3',
	destinationBucketName: 'acme-out',
};

const salesforce = {
	...s3,
	sourceConnector: 'Salesforce',
	sourceConnection: picked('sf-prod'),
	sourceObject: picked('Contact'),
};

const expectError = (form: object, message: string | RegExp) => {
	expect(() => bodyOf(form)).toThrow(message);
};

const tasksOf = (form: object) => bodyOf(form).tasks;

/** JSON that AWS's model allows is sent unchanged, with a warning about what AppFlow may reject. */
const expectWarning = (body: unknown, message: string) => {
	expect(checked(body)).toEqual(body);
	expect(warningsOf(body).join('\n')).toContain(message);
};

describe('Create flow: valid bodies', () => {
	it.each(examples)('are read from the form: $title', ({ form, body }) => {
		expect(bodyOf(form)).toEqual(body);
	});

	it.each(examples)('are accepted as JSON, unchanged and without warnings: $title', ({ body }) => {
		expect(checked(body)).toEqual(body);
		expect(warningsOf(body)).toEqual([]);
	});
});

/** connectorType, source key, destination key, operator key, whether it has a connection. */
const spellings: Array<[string, string, string, string, boolean]> = [
	['Salesforce', 'Salesforce', 'Salesforce', 'Salesforce', true],
	['Singular', 'Singular', '', 'Singular', true],
	['Slack', 'Slack', '', 'Slack', true],
	['Redshift', '', 'Redshift', '', true],
	['S3', 'S3', 'S3', 'S3', false],
	['Marketo', 'Marketo', 'Marketo', 'Marketo', true],
	['Googleanalytics', 'GoogleAnalytics', '', 'GoogleAnalytics', true],
	['Zendesk', 'Zendesk', 'Zendesk', 'Zendesk', true],
	['Servicenow', 'ServiceNow', '', 'ServiceNow', true],
	['Datadog', 'Datadog', '', 'Datadog', true],
	['Trendmicro', 'Trendmicro', '', 'Trendmicro', true],
	['Snowflake', '', 'Snowflake', '', true],
	['Dynatrace', 'Dynatrace', '', 'Dynatrace', true],
	['Infornexus', 'InforNexus', '', 'InforNexus', true],
	['Amplitude', 'Amplitude', '', 'Amplitude', true],
	['Veeva', 'Veeva', '', 'Veeva', true],
	['EventBridge', '', 'EventBridge', '', false],
	['LookoutMetrics', '', 'LookoutMetrics', '', false],
	['Upsolver', '', 'Upsolver', '', false],
	['Honeycode', '', 'Honeycode', '', true],
	['CustomerProfiles', '', 'CustomerProfiles', '', false],
	['SAPOData', 'SAPOData', 'SAPOData', 'SAPOData', true],
	['CustomConnector', 'CustomConnector', 'CustomConnector', 'CustomConnector', true],
	['Pardot', 'Pardot', '', 'Pardot', true],
];

const isSource = ([, source]: (typeof spellings)[number]) => source !== '';
const isDestination = ([, , destination]: (typeof spellings)[number]) => destination !== '';

describe('Create flow: connectors', () => {
	it('are all connectors of AppFlow', () => {
		expect(connectors.map(({ type }) => type).sort()).toEqual(
			spellings.map(([type]) => type).sort(),
		);
	});

	it.each(spellings.filter(isSource))(
		'%s is a source under the key %s',
		(type, key, _destination, operatorKey, hasConnection) => {
			const body = bodyOf({
				...s3,
				sourceConnector: type,
				sourceApiVersion: 'V1',
				sourceConnection: picked('my/profile'),
				sourceObject: picked('Item'),
			});
			expect(body.sourceFlowConfig).toMatchObject({
				connectorType: type,
				sourceConnectorProperties: { [key]: expect.anything() },
			});
			expect('connectorProfileName' in Object(body.sourceFlowConfig)).toBe(hasConnection);
			const [task] = body.tasks as Array<{ connectorOperator?: object }>;
			if (task?.connectorOperator)
				expect(Object.keys(task.connectorOperator)).toEqual([operatorKey]);
			else expect(['Amplitude', 'Googleanalytics']).toContain(type);
			if (hasConnection) {
				expectError(
					{ ...s3, sourceConnector: type, sourceObject: 'Item' },
					'Source Connection is empty',
				);
			}
		},
	);

	it.each(spellings.filter(isDestination))(
		'%s is a destination under its key',
		(type, _source, key, _operator, hasConnection) => {
			const form = {
				...s3,
				destinationConnector: type,
				destinationApiVersion: 'V1',
				destinationObject: picked('Item'),
				destinationBucketName: 'upsolver-appflow-acme',
				destinationIntermediateBucketName: 'acme-staging',
				destinationDomainName: 'acme',
			};
			const body = bodyOf({ ...form, destinationConnection: picked('my/profile') });
			const [config] = body.destinationFlowConfigList as object[];
			expect(config).toMatchObject({
				connectorType: type,
				destinationConnectorProperties: { [key]: expect.anything() },
			});
			expect('connectorProfileName' in Object(config)).toBe(hasConnection);
			if (hasConnection) expectError(form, 'Destination Connection is empty');
		},
	);

	it.each(spellings)('%s under another key causes a warning', (type, source, destination) => {
		if (source !== '') {
			const body = bodyFor(`sourceFlowConfig.sourceConnectorProperties.${source}.x`);
			expect(checked(body)).toEqual(body);
			const wrong = { Salesforce: { object: 'Item' } };
			const other = { S3: { bucketName: 'bucket' } };
			body.sourceFlowConfig = {
				connectorType: type,
				connectorProfileName: 'a',
				sourceConnectorProperties: source === 'Salesforce' ? other : wrong,
			};
			expectWarning(body, `must have only the key ${source}`);
		}
		if (destination !== '') {
			const body = bodyFor('');
			body.destinationFlowConfigList = [
				{
					connectorType: type,
					connectorProfileName: 'a',
					destinationConnectorProperties:
						destination === 'S3' ? { Marketo: { object: 'a' } } : { S3: { bucketName: 'abc' } },
				},
			];
			expectWarning(body, `must have only the key ${destination}`);
		}
	});

	it.each([
		[
			{ S3: { bucketName: 'abc' }, Salesforce: { object: 'a' } },
			'only the key S3, but has S3, Salesforce',
		],
		[{}, 'only the key S3, but has none'],
	])('more or less than one key causes a warning: %j', (sourceConnectorProperties, message) => {
		expectWarning(
			{ ...bodyFor(''), sourceFlowConfig: { connectorType: 'S3', sourceConnectorProperties } },
			message,
		);
	});

	it("a key in a different case is rejected, as by AWS's clients", () => {
		const sourceConnectorProperties = { s3: { bucketName: 'abc' } };
		const sourceFlowConfig = { connectorType: 'S3', sourceConnectorProperties };
		expect(() => checked({ ...bodyFor(''), sourceFlowConfig })).toThrow('must be spelled S3');
	});

	it('more or less than one destination causes a warning', () => {
		const body = bodyFor('');
		const [one] = body.destinationFlowConfigList as object[];
		expectWarning({ ...body, destinationFlowConfigList: [one, one] }, 'must have exactly 1 entry');
		expectWarning({ ...body, destinationFlowConfigList: [] }, 'must have exactly 1 entry');
	});

	it.each([
		[
			'a connector that is no source',
			{ sourceFlowConfig: { connectorType: 'Redshift', sourceConnectorProperties: {} } },
			'"Redshift" cannot be the source of a flow',
		],
		[
			'a connection that is missing',
			{
				sourceFlowConfig: {
					connectorType: 'Slack',
					sourceConnectorProperties: { Slack: { object: 'a' } },
				},
			},
			'connectorProfileName of the source is empty',
		],
		[
			'a custom connector without its version',
			{
				sourceFlowConfig: {
					connectorType: 'CustomConnector',
					connectorProfileName: 'a',
					sourceConnectorProperties: { CustomConnector: { entityName: 'a' } },
				},
			},
			'apiVersion of the source is empty',
		],
		[
			'a bucket with a slash',
			{
				sourceFlowConfig: {
					connectorType: 'S3',
					sourceConnectorProperties: { S3: { bucketName: 'acme/in' } },
				},
			},
			'bucketName must be only the bucket name, but is "acme/in"',
		],
		[
			'a schedule that is left over',
			{
				triggerConfig: {
					triggerType: 'OnDemand',
					triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)' } },
				},
			},
			'triggerProperties.Scheduled requires the triggerType Scheduled',
		],
	])('%s causes a warning', (_what, part, message) => {
		expectWarning({ ...bodyFor(''), ...part }, message);
	});

	it.each(['DELETE', 'UPDATE', 'UPSERT'])('%s without ID fields causes a warning', (mode) => {
		const body = bodyFor('destinationFlowConfigList[].destinationConnectorProperties.Zendesk.x');
		const Zendesk = { object: 'tickets', writeOperationType: mode };
		const [end] = body.destinationFlowConfigList as object[];
		const list = [{ ...end, destinationConnectorProperties: { Zendesk } }];
		expectWarning(
			{ ...body, destinationFlowConfigList: list },
			'idFieldNames is empty. Zendesk requires it',
		);
	});

	it('the form does not require a version for a custom connector, but warns that most need one', () => {
		const form = {
			...s3,
			sourceConnector: 'CustomConnector',
			sourceConnection: 'a',
			sourceObject: 'b',
		};
		expect(readForm(form).warnings).toEqual([
			'Source API Version is empty. Most custom connectors require it, e.g. V1.',
		]);
		expect(readForm({ ...form, sourceApiVersion: 'V1' }).warnings).toEqual([]);
	});

	it('problems in added JSON cause warnings, and missing form values are rejected unless the JSON adds them', () => {
		const add = (more: object) => ({
			...s3,
			options: { additionalBodyFields: JSON.stringify(more) },
		});
		const task = { taskType: 'Mask', sourceFields: ['a'], connectorOperator: { S3: 'NO_OP' } };
		expect(readForm(add({ tasks: [task] })).warnings).toEqual([
			'tasks[1].connectorOperator of a Mask task must be one of MASK_ALL, MASK_FIRST_N, MASK_LAST_N, but is NO_OP.',
		]);
		const slack = { sourceConnector: 'Slack', sourceObject: 'a' };
		expectError({ ...add({ description: 'x' }), ...slack }, 'Source Connection is empty');
		const sourceFlowConfig = { connectorProfileName: 'my-slack' };
		expect(readForm({ ...add({ sourceFlowConfig }), ...slack }).warnings).toEqual([]);
	});

	it('Upsolver gets its required objects, even if empty', () => {
		const form = {
			...s3,
			destinationConnector: 'Upsolver',
			destinationBucketName: 'upsolver-appflow-a',
		};
		expect(bodyOf(form).destinationFlowConfigList).toEqual([
			{
				connectorType: 'Upsolver',
				destinationConnectorProperties: {
					Upsolver: {
						bucketName: 'upsolver-appflow-a',
						s3OutputFormatConfig: { fileType: 'CSV', prefixConfig: {} },
					},
				},
			},
		]);
		expectError(
			{ ...form, destinationBucketName: 'acme' },
			'Destination Bucket must have 16 to 63',
		);
	});

	it('the form can set every value of a connector', () => {
		const form = {
			...salesforce,
			sourceConnector: 'CustomConnector',
			sourceApiVersion: 'V1',
			sourceSettings: {
				customProperties: { pair: [{ name: 'region', value: ' eu ' }] },
				dataTransferApiName: 'rest',
				dataTransferApiType: 'ASYNC',
				// a field of another connector
				maxPageSize: 5,
			},
			destinationConnector: 'SAPOData',
			destinationConnection: picked('sap'),
			destinationObject: '/sap/opu/odata/orders',
			destinationWriteOperationType: 'UPDATE',
			destinationIdFieldNames: 'OrderID, Item\n',
			destinationSettings: {
				apiVersion: 'v2',
				successBucketName: 'acme-ok',
				successBucketPrefix: '//ok/',
				failOnFirstDestinationError: true,
			},
		};
		const body = bodyOf(form);
		expect(body.sourceFlowConfig).toEqual({
			connectorType: 'CustomConnector',
			connectorProfileName: 'sf-prod',
			apiVersion: 'V1',
			sourceConnectorProperties: {
				CustomConnector: {
					entityName: 'Contact',
					customProperties: { region: 'eu' },
					dataTransferApi: { Name: 'rest', Type: 'ASYNC' },
				},
			},
		});
		expect(body.destinationFlowConfigList).toEqual([
			{
				connectorType: 'SAPOData',
				connectorProfileName: 'sap',
				apiVersion: 'v2',
				destinationConnectorProperties: {
					SAPOData: {
						objectPath: '/sap/opu/odata/orders',
						writeOperationType: 'UPDATE',
						idFieldNames: ['OrderID', 'Item'],
						errorHandlingConfig: { failOnFirstDestinationError: true },
						successResponseHandlingConfig: { bucketName: 'acme-ok', bucketPrefix: 'ok/' },
					},
				},
			},
		]);
	});
});

describe('Create flow: errors name the field by its label', () => {
	it.each([
		[{ flowName: '' }, 'Flow Name is empty'],
		[{ flowName: 'a' }, 'Flow Name must begin with a letter or digit'],
		[{ flowName: 'my flow' }, 'Flow Name must begin with a letter or digit'],
		[{ sourceBucketName: '' }, 'Source Bucket is empty'],
		[{ sourceBucketName: 'ab' }, 'Source Bucket must have 3 to 63 characters, but has 2'],
		[
			{ destinationBucketName: 'a b c' },
			'Destination Bucket must be only the bucket name, without spaces, / or :, but is "a b c"',
		],
		[{ sourceBucketName: 's3://acme/in' }, 'Source Bucket must be only the bucket name'],
		[{ sourceConnector: 'Redshift' }, 'Source Connector must be one of'],
		[{ destinationFileType: 'XML' }, 'Destination File Type must be one of CSV, JSON, PARQUET'],
		[{ destinationSettings: { targetFileSize: 'big' } }, 'Target File Size (MB) must be 1 or more'],
		[
			{ destinationSettings: { apiVersion: 'v 1' } },
			'Destination API Version must contain no spaces',
		],
		[
			{ destinationSettings: { pathPrefixHierarchy: ['NAME'] } },
			'Destination Settings: Additional Folders must be one of',
		],
		[{ options: { description: "Sally's" } }, 'Description must contain only letters, digits'],
		[
			{ options: { kmsArn: 'alias/appflow-of-acme' } },
			'KMS Key ARN must have a format such as arn:aws:kms',
		],
		[{ options: { tags: { pair: [{ name: 'aws:a', value: '' }] } } }, 'Tags: the key "aws:a"'],
		[
			{ options: { tags: { pair: [{ name: 'a', value: 'b!' }] } } },
			'Tags: "a" must contain only letters',
		],
		[
			{ options: { glueDataCatalog: { catalog: { roleArn: 'arn:aws:iam::1:role/x' } } } },
			'Glue Data Catalog: Database and Glue Data Catalog: Table Prefix are empty',
		],
		[{ options: { additionalBodyFields: '[]' } }, 'Additional Body Fields must be a JSON object'],
		[{ triggerType: 'Scheduled', every: 0 }, 'Every must be a whole number from 1'],
		[{ triggerType: 'Scheduled', every: 1.5 }, 'Every must be a whole number'],
		[
			{ triggerType: 'Scheduled', schedule: 'expression', scheduleExpression: 'hourly' },
			'Schedule Expression must have a format such as rate(1hours)',
		],
		[
			{
				triggerType: 'Scheduled',
				scheduleSettings: { scheduleStartTime: '2027-01-02', scheduleEndTime: '2027-01-02' },
			},
			'Schedule Settings: End must be later than Start',
		],
		[
			{ triggerType: 'Scheduled', scheduleSettings: { scheduleStartTime: 'soon' } },
			'Start must be a date and time',
		],
		[
			{ triggerType: 'Scheduled', scheduleSettings: { scheduleOffset: 36001 } },
			'Offset (Seconds) must be',
		],
		[{ fields: 'chosen' }, 'Field Mapping is empty'],
		[{ fields: 'json' }, 'Field Mapping (JSON) is empty'],
		[
			{ fields: 'json', fieldMappingJson: '{"a": 5}' },
			'Field Mapping (JSON): "a" must have a destination name',
		],
		[
			{ fields: 'json', fieldMappingJson: '{"a": "x", "b": "x"}' },
			'Field Mapping (JSON): two fields have the destination name "x"',
		],
	])('%j', (more, message) => {
		expectError({ ...s3, ...more }, message);
	});

	it.each(['DELETE', 'UPDATE', 'UPSERT'])('%s needs ID fields that are mapped', (mode) => {
		const form = {
			...s3,
			destinationConnector: 'Zendesk',
			destinationConnection: 'zd',
			destinationObject: 'tickets',
			destinationWriteOperationType: mode,
		};
		expectError(form, 'Destination ID Fields is empty');
		const chosen = { ...form, destinationIdFieldNames: 'id', fields: 'json' };
		expectError({ ...chosen, fieldMappingJson: '{"a": "b"}' }, 'no field is mapped to "id"');
		expect(bodyOf({ ...chosen, fieldMappingJson: '{"a": "id"}' })).toBeDefined();
		expect(bodyOf({ ...form, destinationIdFieldNames: 'id' })).toBeDefined();
	});

	it.each(['s3://acme-in', 's3://acme-in/', 'arn:aws:s3:::acme-in', ' acme-in '])(
		'the bucket %j is acme-in',
		(sourceBucketName) => {
			expect(bodyOf({ ...s3, sourceBucketName }).sourceFlowConfig).toMatchObject({
				sourceConnectorProperties: { S3: { bucketName: 'acme-in' } },
			});
		},
	);

	it('a prefix that is only a slash counts as empty, and so does a list without names', () => {
		const form = {
			...s3,
			sourceBucketPrefix: ' / ',
			destinationSettings: { pathPrefixHierarchy: [] },
		};
		expect(JSON.stringify(bodyOf(form))).not.toMatch(/bucketPrefix|pathPrefixHierarchy/);
	});

	it('an insert sends no ID fields, even if the hidden field has a value', () => {
		const form = {
			...s3,
			destinationConnector: 'Zendesk',
			destinationConnection: 'zd',
			destinationObject: 'tickets',
			destinationIdFieldNames: 'id',
		};
		expect(JSON.stringify(bodyOf(form))).not.toContain('idFieldNames');
	});
});

describe('Create flow: the trigger', () => {
	const scheduleOf = (more: object) =>
		bodyOf({ ...s3, triggerType: 'Scheduled', ...more }).triggerConfig;

	it.each([
		[{ every: 5, unit: 'minutes' }, 'rate(5minutes)'],
		[{ every: 1, unit: 'days' }, 'rate(1days)'],
		[{}, 'rate(1hours)'],
		[{ schedule: 'expression', scheduleExpression: 'rate(1 day)' }, 'rate(1days)'],
		[{ schedule: 'expression', scheduleExpression: ' rate( 05 Minutes ) ' }, 'rate(5minutes)'],
		[{ schedule: 'expression', scheduleExpression: 'cron(0 12 * * ? *)' }, 'cron(0 12 * * ? *)'],
	])('%j is %s', (more, expression) => {
		expect(scheduleOf(more)).toEqual({
			triggerType: 'Scheduled',
			triggerProperties: {
				Scheduled: { scheduleExpression: expression, dataPullMode: 'Incremental' },
			},
		});
	});

	it('start and end are not swapped and are sent in epoch seconds', () => {
		const scheduleSettings = {
			scheduleStartTime: '2027-01-01T00:00:00',
			scheduleEndTime: '2027-02-01T00:00:00',
		};
		const { body } = readForm(
			{ ...s3, triggerType: 'Scheduled', scheduleSettings },
			'Europe/Berlin',
		);
		expect(body.triggerConfig).toMatchObject({
			triggerProperties: {
				Scheduled: {
					scheduleStartTime: Date.UTC(2026, 11, 31, 23) / 1000,
					scheduleEndTime: Date.UTC(2027, 0, 31, 23) / 1000,
				},
			},
		});
	});

	it('no schedule is sent for an on-demand or event flow', () => {
		const hidden = { every: 5, scheduleSettings: { timezone: 'UTC' } };
		expect(bodyOf({ ...s3, ...hidden }).triggerConfig).toEqual({ triggerType: 'OnDemand' });
		expect(readForm({ ...s3, triggerType: 'Event' })).toMatchObject({
			body: { triggerConfig: { triggerType: 'Event' } },
			needsActivation: true,
		});
	});
});

const ARITH = 'ADDITION MULTIPLICATION DIVISION SUBTRACTION';
const MASKS = 'MASK_ALL MASK_FIRST_N MASK_LAST_N';
const CHECKS = 'VALIDATE_NON_NULL VALIDATE_NON_ZERO VALIDATE_NON_NEGATIVE VALIDATE_NUMERIC';
const REST = `${ARITH} ${MASKS} ${CHECKS} NO_OP`;
const SIX =
	'LESS_THAN GREATER_THAN BETWEEN LESS_THAN_OR_EQUAL_TO GREATER_THAN_OR_EQUAL_TO EQUAL_TO';

/** From AWS's API model. */
const operators: Array<[string, string]> = [
	['Amplitude', 'BETWEEN'],
	['Datadog', `PROJECTION BETWEEN EQUAL_TO ${REST}`],
	['Dynatrace', `PROJECTION BETWEEN EQUAL_TO ${REST}`],
	['GoogleAnalytics', 'PROJECTION BETWEEN'],
	['InforNexus', `PROJECTION BETWEEN EQUAL_TO ${REST}`],
	['Marketo', `PROJECTION LESS_THAN GREATER_THAN BETWEEN ${REST}`],
	['S3', `PROJECTION ${SIX} NOT_EQUAL_TO ${REST}`],
	['Salesforce', `PROJECTION ${SIX} CONTAINS NOT_EQUAL_TO ${REST}`],
	['ServiceNow', `PROJECTION ${SIX} CONTAINS NOT_EQUAL_TO ${REST}`],
	['Singular', `PROJECTION EQUAL_TO ${REST}`],
	['Slack', `PROJECTION ${SIX} ${REST}`],
	['Trendmicro', `PROJECTION EQUAL_TO ${REST}`],
	['Veeva', `PROJECTION ${SIX} CONTAINS NOT_EQUAL_TO ${REST}`],
	['Zendesk', `PROJECTION GREATER_THAN ${REST}`],
	['SAPOData', `PROJECTION ${SIX} CONTAINS NOT_EQUAL_TO ${REST}`],
	['CustomConnector', `PROJECTION ${SIX} CONTAINS NOT_EQUAL_TO ${REST}`],
	['Pardot', `PROJECTION EQUAL_TO ${REST}`],
];

function taskWith(key: string, operator: string): object {
	const taskType = operator.startsWith('VALIDATE')
		? 'Validate'
		: operator.startsWith('MASK')
			? 'Mask'
			: ARITH.includes(operator)
				? 'Arithmetic'
				: operator === 'NO_OP'
					? 'Map'
					: 'Filter';
	return { taskType, sourceFields: ['a', 'b'], connectorOperator: { [key]: operator } };
}

describe('Create flow: operators', () => {
	it.each(operators)('%s has exactly those of AWS', (key, allowed) => {
		const all = `PROJECTION ${SIX} CONTAINS NOT_EQUAL_TO ${REST}`.split(' ');
		const body = bodyFor(`sourceFlowConfig.sourceConnectorProperties.${key}.x`);
		const mapAll = { taskType: 'Map_all', sourceFields: [] };
		for (const operator of all) {
			const flow = { ...body, tasks: [mapAll, taskWith(key, operator)] };
			if (allowed.split(' ').includes(operator)) expect(checked(flow)).toEqual(flow);
			else expect(() => checked(flow)).toThrow(`tasks[1].connectorOperator.${key} must be one of`);
		}
	});

	it.each([
		['Filter', 'NO_OP', 'of a Filter task must be one of PROJECTION'],
		['Filter', undefined, 'of a Filter task must be one of PROJECTION'],
		['Mask', 'PROJECTION', 'of a Mask task must be one of MASK_ALL'],
		['Map', 'MASK_ALL', 'of a Map task must be one of NO_OP'],
		['Validate', 'NO_OP', 'of a Validate task must be one of VALIDATE'],
		['Arithmetic', 'NO_OP', 'of a Arithmetic task must be one of ADDITION'],
	])('a %s task with %s causes a warning', (taskType, operator, message) => {
		const task = {
			taskType,
			sourceFields: ['a', 'b'],
			...(operator !== undefined && { connectorOperator: { S3: operator } }),
		};
		const tasks = [{ taskType: 'Map_all', sourceFields: [] }, task];
		expectWarning({ ...bodyFor(''), tasks }, message);
	});

	it('a task of unknown type is rejected', () => {
		const tasks = [{ taskType: 'Sort', sourceFields: [] }];
		expect(() => checked({ ...bodyFor(''), tasks })).toThrow('tasks[0].taskType must be one of');
	});

	it('a key of neither connector causes a warning, and so do two keys', () => {
		const tasks = (connectorOperator: object) => [
			{ taskType: 'Map_all', sourceFields: [], connectorOperator },
		];
		expectWarning({ ...bodyFor(''), tasks: tasks({ Zendesk: 'NO_OP' }) }, 'must have the key S3');
		const both = tasks({ Zendesk: 'NO_OP', S3: 'NO_OP' });
		expectWarning({ ...bodyFor(''), tasks: both }, 'exactly one key, but has Zendesk, S3');
	});

	it.each([
		['Map', 'NO_OP', 1],
		['Mask', 'MASK_ALL', 1],
		['Truncate', 'NO_OP', 1],
		['Validate', 'VALIDATE_NUMERIC', 1],
		['Arithmetic', 'ADDITION', 2],
		['Merge', 'NO_OP', 2],
	])('a %s task with %s needs at least %i fields', (taskType, operator, least) => {
		const flow = (count: number) => ({
			...bodyFor(''),
			tasks: [
				{ taskType: 'Map_all', sourceFields: [] },
				{ taskType, sourceFields: Array(count).fill('a'), connectorOperator: { S3: operator } },
			],
		});
		expectWarning(flow(least - 1), `must name at least ${least}`);
		expect(warningsOf(flow(least))).toEqual([]);
	});

	it('the key of a destination without operators causes a warning', () => {
		const Redshift = { object: 'a', intermediateBucketName: 'abc' };
		const body = {
			...bodyFor(''),
			destinationFlowConfigList: [
				{
					connectorType: 'Redshift',
					connectorProfileName: 'a',
					destinationConnectorProperties: { Redshift },
				},
			],
			tasks: [{ taskType: 'Map_all', sourceFields: [], connectorOperator: { Redshift: 'NO_OP' } }],
		};
		expectWarning(body, 'must have the key S3, but has Redshift');
	});

	it.each([
		['Map_all', undefined, true],
		['Filter', 'PROJECTION', true],
		['Filter', 'EQUAL_TO', false],
		['Map', 'NO_OP', false],
	])(
		'only %s tasks with %s are sufficient, without a warning: %s',
		(taskType, operator, isEnough) => {
			const connectorOperator = operator === undefined ? undefined : { S3: operator };
			const tasks = [
				{ taskType, sourceFields: ['a'], ...(connectorOperator && { connectorOperator }) },
			];
			const flow = { ...bodyFor(''), tasks };
			if (isEnough) expect(warningsOf(flow)).toEqual([]);
			else expectWarning(flow, 'must include a Map_all task, or a Filter task');
		},
	);
});

it('names everything that is missing', () => {
	expectError(
		{ sourceConnector: 'Salesforce', destinationConnector: 'S3' },
		'Flow Name, Source Object and Destination Bucket are empty',
	);
	expectError({ ...salesforce, flowName: '' }, 'Flow Name is empty');
});

describe('Create flow: fields, filters, masks, validations, formulas', () => {
	const filter = (row: object) => tasksOf({ ...salesforce, filters: { row: [row] } });

	it.each([
		[{ field: 'Age', type: 'double', condition: 'EQUAL_TO', value: 5 }, { VALUE: '5' }, 'EQUAL_TO'],
		[
			{ field: 'Age', type: 'string', condition: 'EQUAL_TO_ANY', values: 'open, won' },
			{ VALUES: 'open,won' },
			'EQUAL_TO',
		],
		[
			{ field: 'Age', type: 'double', condition: 'BETWEEN', from: '1', to: '9' },
			{ LOWER_BOUND: '1', UPPER_BOUND: '9' },
			'BETWEEN',
		],
		[
			{
				field: 'Age',
				type: 'datetime',
				condition: 'BETWEEN',
				fromDate: '2026-01-01T00:00:00Z',
				toDate: '2026-02-01T00:00:00Z',
			},
			{ LOWER_BOUND: '1767225600000', UPPER_BOUND: '1769904000000' },
			'BETWEEN',
		],
		[
			{
				field: 'Age',
				type: 'datetime',
				condition: 'EQUAL_TO_ANY',
				values: '2026-01-01, 2026-02-01',
			},
			{ VALUES: '1767225600000,1769904000000' },
			'EQUAL_TO',
		],
		[
			{ field: 'Age', type: 'other', dataType: 'picklist', condition: 'CONTAINS', value: 'x' },
			{ VALUE: 'x', DATA_TYPE: 'picklist' },
			'CONTAINS',
		],
		[
			{ field: 'Age', type: 'boolean', condition: 'NOT_EQUAL_TO', value: false },
			{ VALUE: 'false' },
			'NOT_EQUAL_TO',
		],
	])('the filter %j', (row, properties, operator) => {
		expect(filter(row)).toEqual([
			expect.objectContaining({ taskType: 'Map_all' }),
			{
				taskType: 'Filter',
				sourceFields: ['Age'],
				connectorOperator: { Salesforce: operator },
				taskProperties: { DATA_TYPE: row.type, ...properties },
			},
		]);
	});

	it.each([
		[{ field: '', type: 'string', value: 'a' }, 'Filter 1: Field is empty'],
		[{ field: 'Age', type: 'string' }, 'Filter 1 "Age": Value is empty'],
		[{ field: 'Age', type: 'datetime', valueDate: 'soon' }, 'Filter 1 "Age": Value must be a date'],
		[
			{ field: 'Age', type: 'string', condition: 'BETWEEN', from: '1' },
			'Filter 1 "Age": Below is empty',
		],
		[
			{ field: 'Age', type: 'string', condition: 'EQUAL_TO_ANY' },
			'Filter 1 "Age": Values is empty',
		],
		[{ field: 'Age', type: 'other', value: '1' }, 'Filter 1 "Age": Data Type is empty'],
		[
			{ field: 'Age', type: 'string', condition: 'NEAR', value: '1' },
			'Filter 1 "Age": Condition: Salesforce does not support NEAR',
		],
	])('the filter %j is rejected', (row, message) => {
		expect(() => filter({ condition: 'EQUAL_TO', ...row })).toThrow(message);
	});

	// n8n does not store values that equal the default, which depends on the source
	it.each([
		['Salesforce', { value: '5' }, { VALUE: '5' }, 'EQUAL_TO'],
		[
			'Salesforce',
			{ type: 'datetime', valueDate: '2026-01-01' },
			{ VALUE: '1767225600000' },
			'EQUAL_TO',
		],
		['Zendesk', { value: '5' }, { VALUE: '5' }, 'GREATER_THAN'],
		['Marketo', { from: '1', to: '9' }, { LOWER_BOUND: '1', UPPER_BOUND: '9' }, 'BETWEEN'],
		['Amplitude', { from: '1', to: '9' }, { LOWER_BOUND: '1', UPPER_BOUND: '9' }, 'BETWEEN'],
	])(
		'a stored filter of %s without a condition keeps its meaning: %j',
		(source, row, values, name) => {
			const stored = { row: [{ field: picked('Age'), ...row }] };
			const tasks = tasksOf({ ...salesforce, sourceConnector: source, filters: stored });
			expect(tasks).toContainEqual({
				taskType: 'Filter',
				sourceFields: ['Age'],
				connectorOperator: { [source]: name },
				taskProperties: {
					DATA_TYPE: 'string',
					...('type' in row && { DATA_TYPE: row.type }),
					...values,
				},
			});
		},
	);

	it('a condition that the source does not support is rejected with the name of the row', () => {
		const row = { field: 'created_at', type: 'string', condition: 'CONTAINS', value: 'a' };
		expectError(
			{ ...salesforce, sourceConnector: 'Zendesk', filters: { row: [row] } },
			'Filter 1 "created_at": Condition: Zendesk does not support CONTAINS. It supports PROJECTION, GREATER_THAN',
		);
	});

	it('masks, truncates and validates', () => {
		const tasks = tasksOf({
			...salesforce,
			masks: {
				row: [
					{ field: 'A', operator: 'MASK_ALL', length: 5, character: '#' },
					{ field: 'B', operator: 'TRUNCATE', length: '7' },
				],
			},
			validations: { row: [{ field: 'C', operator: 'VALIDATE_NUMERIC', action: 'DropDataset' }] },
		});
		expect(tasks).toEqual([
			expect.objectContaining({ taskType: 'Map_all' }),
			{
				taskType: 'Mask',
				sourceFields: ['A'],
				connectorOperator: { Salesforce: 'MASK_ALL' },
				taskProperties: { MASK_LENGTH: '5', MASK_VALUE: '#' },
			},
			{
				taskType: 'Truncate',
				sourceFields: ['B'],
				connectorOperator: { Salesforce: 'NO_OP' },
				taskProperties: { TRUNCATE_LENGTH: '7' },
			},
			{
				taskType: 'Validate',
				sourceFields: ['C'],
				connectorOperator: { Salesforce: 'VALIDATE_NUMERIC' },
				taskProperties: { VALIDATION_ACTION: 'DropDataset' },
			},
		]);
	});

	it.each([
		[
			{ masks: { row: [{ field: 'A', character: '**' }] } },
			'Mask 1 "A": Mask With must be one character',
		],
		[
			{ masks: { row: [{ field: 'A', length: 0 }] } },
			'Mask 1 "A": Length must be a whole number above 0',
		],
		[{ masks: { row: [{ field: 'A', length: true }] } }, 'Mask 1 "A": Length must be a whole'],
		[
			{ masks: { row: [{ field: 'A', operator: 'HIDE' }] } },
			'Mask 1 "A": Action: Salesforce does not support HIDE',
		],
		[
			{ validations: { row: [{ field: 'A', action: 'Skip' }] } },
			'Validation 1 "A": On Failure must be',
		],
		[
			{ formulas: { row: [{ fields: 'A', destination: 'x' }] } },
			'Formula 1 "x": Fields must name two or more',
		],
		[
			{ formulas: { row: [{ operator: 'ADDITION', fields: 'A,B,C', destination: 'x' }] } },
			'Formula 1 "x": Fields must name two fields',
		],
		[{ formulas: { row: [{ fields: 'A, B' }] } }, 'Formula 1: Destination Field is empty'],
	])('%j is rejected', (more, message) => {
		expectError({ ...salesforce, ...more }, message);
	});

	it('a formula is a task that computes a field and a task that maps it, with a unique field name', () => {
		const tasks = tasksOf({
			...salesforce,
			fields: 'json',
			fieldMappingJson: { Id: { name: 'id', sourceType: 'id' } },
			formulas: {
				row: [
					{ operator: 'CONCAT', fields: 'First, Last', destination: 'name' },
					{ operator: 'SUBTRACTION', fields: 'First, Last', destination: 'rest' },
				],
			},
		});
		const map = (from: string, destinationField: string, taskProperties: object) => ({
			taskType: 'Map',
			sourceFields: [from],
			destinationField,
			connectorOperator: { Salesforce: 'NO_OP' },
			taskProperties,
		});
		expect(tasks).toEqual([
			{
				taskType: 'Filter',
				sourceFields: ['Id', 'First', 'Last'],
				connectorOperator: { Salesforce: 'PROJECTION' },
				taskProperties: {},
			},
			map('Id', 'id', { SOURCE_DATA_TYPE: 'id' }),
			{
				taskType: 'Merge',
				sourceFields: ['First', 'Last'],
				destinationField: 'First,Last',
				connectorOperator: { Salesforce: 'NO_OP' },
				taskProperties: { CONCAT_FORMAT: '${First} ${Last}' },
			},
			map('First,Last', 'name', { SOURCE_DATA_TYPE: 'string', DESTINATION_DATA_TYPE: 'string' }),
			{
				taskType: 'Arithmetic',
				sourceFields: ['First', 'Last'],
				destinationField: 'First,Last_',
				connectorOperator: { Salesforce: 'SUBTRACTION' },
				taskProperties: { MATH_OPERATION_FIELDS_ORDER: 'First,Last' },
			},
			map('First,Last_', 'rest', { SOURCE_DATA_TYPE: 'string', DESTINATION_DATA_TYPE: 'double' }),
		]);
	});

	it('formulas are sufficient without mapped fields', () => {
		const row = { operator: 'ADDITION', fields: ['A', 'B'], destination: 'sum' };
		expect(tasksOf({ ...salesforce, fields: 'json', formulas: { row: [row] } })).toMatchObject([
			{ sourceFields: ['A', 'B'], connectorOperator: { Salesforce: 'PROJECTION' } },
			{ taskType: 'Arithmetic' },
			{ taskType: 'Map', destinationField: 'sum' },
		]);
	});

	it('selected fields: an added field without a name keeps its own; a removed field is not sent', () => {
		const chosen = mapping({ Id: null, Email: 'mail', Phone: 'phone' });
		const schema = chosen.schema.map((field) => ({ ...field, removed: field.id === 'Phone' }));
		const tasks = tasksOf({ ...salesforce, fields: 'chosen', fieldMapping: { ...chosen, schema } });
		expect(tasks).toMatchObject([
			{ sourceFields: ['Id', 'Email'] },
			{ sourceFields: ['Id'], destinationField: 'Id' },
			{ sourceFields: ['Email'], destinationField: 'mail' },
		]);
		expect(tasks).toHaveLength(3);
	});

	it('a toggle that is neither true nor false is rejected', () => {
		const fieldSettings = { includeNewFields: 'perhaps' };
		expectError({ ...salesforce, fieldSettings }, 'Include New Fields must be true or false');
	});

	it('all fields except some', () => {
		const fieldSettings = { excludeFields: 'Id, "x"', includeNewFields: false };
		expect(tasksOf({ ...salesforce, fieldSettings })).toEqual([
			{
				taskType: 'Map_all',
				sourceFields: [],
				connectorOperator: { Salesforce: 'NO_OP' },
				taskProperties: {
					EXCLUDE_SOURCE_FIELDS_LIST: '["Id","\\"x\\""]',
					INCLUDE_NEW_FIELDS: 'false',
				},
			},
		]);
	});

	it('a source that does not support selecting fields transfers all, without an operator', () => {
		const amplitude = { ...salesforce, sourceConnector: 'Amplitude' };
		expect(tasksOf(amplitude)).toEqual([
			{ taskType: 'Map_all', sourceFields: [], taskProperties: {} },
		]);
		expectError(
			{ ...amplitude, fields: 'json', fieldMappingJson: { a: 'a' } },
			'Fields must be All Fields, because Amplitude',
		);
	});
});

describe('Create flow: JSON and Additional Body Fields', () => {
	it.each([
		['{', 'Flow (JSON) is not valid JSON'],
		['{}', 'Flow (JSON) is empty'],
		['[]', 'Flow (JSON) must be a JSON object'],
		['{"FlowName": "a"}', 'FlowName must be spelled flowName'],
		['{"flowName": "ab"}', 'triggerConfig is empty'],
	])('the JSON %s is rejected', (flowJson, message) => {
		expectError({ specifyFlow: 'json', flowJson }, message);
	});

	it('accepts times as text and removes a leading slash of a prefix', () => {
		const body = bodyFor('Scheduled');
		body.triggerConfig = {
			triggerType: 'Scheduled',
			triggerProperties: {
				Scheduled: {
					scheduleExpression: 'rate(1hours)',
					scheduleStartTime: '2027-01-01T00:00:00Z',
				},
			},
		};
		body.sourceFlowConfig = {
			connectorType: 'S3',
			sourceConnectorProperties: { S3: { bucketName: 'abc', bucketPrefix: '///in/x' } },
		};
		expect(checked(body)).toMatchObject({
			triggerConfig: { triggerProperties: { Scheduled: { scheduleStartTime: 1798761600 } } },
			sourceFlowConfig: { sourceConnectorProperties: { S3: { bucketPrefix: 'in/x' } } },
		});
	});

	const onSchedule = (scheduleExpression: string) => ({
		...bodyFor(''),
		triggerConfig: {
			triggerType: 'Scheduled',
			triggerProperties: { Scheduled: { scheduleExpression } },
		},
	});

	it.each(['rate(0hours)', 'rate(hours)', 'rate(2fortnights)', 'every day', ''])(
		'the schedule "%s" causes a warning',
		(scheduleExpression) => {
			expectWarning(onSchedule(scheduleExpression), 'scheduleExpression ');
		},
	);

	it.each(['CRON(0 12 * * ? *)', 'Cron(0 12 * * ? *)', 'AT(2027-01-01T00:00:00)'])(
		'the schedule %s is unchanged, also in the form',
		(scheduleExpression) => {
			expect(warningsOf(onSchedule(scheduleExpression))).toEqual([]);
			const form = { ...s3, triggerType: 'Scheduled', schedule: 'expression', scheduleExpression };
			expect(JSON.stringify(bodyOf(form))).toContain(JSON.stringify(scheduleExpression));
		},
	);

	it('null counts as missing everywhere', () => {
		const body = bodyFor('sourceFlowConfig.sourceConnectorProperties.Salesforce.x');
		const source = body.sourceFlowConfig as { sourceConnectorProperties: object };
		const nulls = {
			...body,
			description: null,
			kmsArn: null,
			tags: { team: 'sales', old: null },
			metadataCatalogConfig: { glueDataCatalog: null },
			triggerConfig: { triggerType: 'OnDemand', triggerProperties: null },
			sourceFlowConfig: {
				...source,
				apiVersion: null,
				incrementalPullConfig: null,
				sourceConnectorProperties: { S3: null, Slack: null, ...source.sourceConnectorProperties },
			},
			tasks: [
				{
					taskType: 'Map_all',
					sourceFields: [],
					destinationField: null,
					connectorOperator: { Amplitude: null, Salesforce: 'NO_OP', S3: null },
					taskProperties: { VALUE: null },
				},
			],
		};
		expect(warningsOf(nulls)).toEqual([]);
		expect(checked(nulls)).toEqual({
			...body,
			tags: { team: 'sales' },
			metadataCatalogConfig: {},
			tasks: [
				{
					taskType: 'Map_all',
					sourceFields: [],
					connectorOperator: { Salesforce: 'NO_OP' },
					taskProperties: {},
				},
			],
		});
		expect(() => checked({ ...body, tasks: null })).toThrow('tasks is empty');
		expect(() => checked({ ...body, tasks: [null] })).toThrow('tasks[0] must be an object');
	});

	it.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-eusc'])(
		'accepts ARNs of the partition %s',
		(partition) => {
			const kmsArn = `arn:${partition}:kms:cn-north-1:123456789012:key/1234abcd`;
			const roleArn = `arn:${partition}:iam::123456789012:role/glue`;
			const glueDataCatalog = { roleArn, databaseName: 'lake', tablePrefix: 'af_' };
			const body = { ...bodyFor(''), kmsArn, metadataCatalogConfig: { glueDataCatalog } };
			expect(checked(body)).toEqual(body);
			const options = { kmsArn, glueDataCatalog: { catalog: glueDataCatalog } };
			expect(bodyOf({ ...s3, options })).toMatchObject({ kmsArn });
		},
	);

	it('a start in the past moves forward within the same schedule, with a warning', () => {
		const body = bodyFor('Scheduled');
		const start = Date.now() - 90 * 60_000;
		const at = (time: unknown) => ({
			...body,
			triggerConfig: {
				triggerType: 'Scheduled',
				triggerProperties: {
					Scheduled: { scheduleExpression: 'rate(1hours)', scheduleStartTime: time },
				},
			},
		});
		const next = (start + 2 * 3_600_000) / 1000;
		expect(checked(at(new Date(start).toISOString()))).toEqual(at(next));
		expect(warningsOf(at(start / 1000))).toEqual([
			expect.stringContaining('The next time of the schedule was sent instead'),
		]);
		const form = {
			...s3,
			triggerType: 'Scheduled',
			scheduleSettings: { scheduleStartTime: new Date(start).toISOString() },
		};
		expect(bodyOf(form).triggerConfig).toMatchObject({
			triggerProperties: { Scheduled: { scheduleStartTime: next } },
		});
		expect(readForm(form).warnings).toHaveLength(1);
	});

	it.each([
		['rate(1 day)', 'rate(1days)'],
		[' Rate(05 hours) ', 'rate(5hours)'],
		['at(2027-01-01T00:00:00)', 'at(2027-01-01T00:00:00)'],
	])('the schedule "%s" becomes "%s", as in the form', (given, sent) => {
		const schedule = { scheduleExpression: given };
		const body = bodyFor('Scheduled');
		body.triggerConfig = {
			triggerType: 'Scheduled',
			triggerProperties: { Scheduled: schedule },
		};
		const expected = { triggerProperties: { Scheduled: { scheduleExpression: sent } } };
		expect(checked(body).triggerConfig).toMatchObject(expected);
		const form = { ...s3, triggerType: 'Scheduled', schedule: 'expression', ...schedule };
		expect(bodyOf(form).triggerConfig).toMatchObject(expected);
	});

	it('does not change prefixes in tags and custom properties', () => {
		const body = {
			...bodyFor('sourceFlowConfig.sourceConnectorProperties.CustomConnector.x'),
			tags: { bucketPrefix: '/a' },
			sourceFlowConfig: {
				connectorType: 'CustomConnector',
				connectorProfileName: 'a',
				apiVersion: 'V1',
				sourceConnectorProperties: {
					CustomConnector: { entityName: 'a', customProperties: { bucketPrefix: '/b' } },
				},
			},
		};
		expect(checked(body)).toEqual(body);
	});

	it('accepts the output of Get, to copy a flow', () => {
		const body = bodyFor('');
		const answered = {
			flowArn: 'arn:aws:appflow:eu-west-1:123456789012:flow/flow-1',
			flowStatus: 'Active',
			flowStatusMessage: '',
			createdAt: '2026-01-01T00:00:00.000Z',
			createdBy: 'arn:aws:iam::123456789012:user/n8n',
			lastUpdatedAt: '2026-01-01T00:00:00.000Z',
			lastUpdatedBy: 'arn:aws:iam::123456789012:user/n8n',
			lastRunExecutionDetails: { mostRecentExecutionStatus: 'Successful' },
			lastRunMetadataCatalogDetails: [],
			schemaVersion: 3,
		};
		expect(checked({ ...answered, ...body, somethingNew: 1 })).toEqual({
			...body,
			somethingNew: 1,
		});
	});

	it('the fields of added tasks are read, except those that a task computes', () => {
		const operator = (name: string) => ({ connectorOperator: { Salesforce: name } });
		const tasks = [
			{ taskType: 'Map', sourceFields: ['City'], destinationField: 'city', ...operator('NO_OP') },
			{ taskType: 'Merge', sourceFields: ['A', 'B'], destinationField: 'a+b' },
			{ taskType: 'Map', sourceFields: ['a+b'], destinationField: 'ab' },
		];
		const form = { ...salesforce, fields: 'json', fieldMappingJson: '{"Id": "id"}' };
		expect(tasksOf({ ...form, options: { additionalBodyFields: { tasks } } })).toMatchObject([
			{ sourceFields: ['Id', 'City', 'A', 'B'], ...operator('PROJECTION') },
			{ sourceFields: ['Id'] },
			...tasks,
		]);
	});

	it('a schedule without its trigger type causes a warning, and so does the type without a schedule', () => {
		const body = bodyFor('Scheduled');
		const { triggerProperties } = body.triggerConfig as { triggerProperties: object };
		const onDemand = { triggerType: 'OnDemand', triggerProperties };
		expectWarning({ ...body, triggerConfig: onDemand }, 'requires the triggerType Scheduled');
		expectWarning({ ...body, triggerConfig: { triggerType: 'Scheduled' } }, 'is missing');
	});

	it('additional fields can change every part: objects are merged, tasks added, other values replaced', () => {
		const more = {
			description: 'More',
			destinationFlowConfigList: [
				{
					destinationConnectorProperties: {
						S3: { s3OutputFormatConfig: { aggregationConfig: { targetFileSize: 64 } } },
					},
				},
			],
			tasks: [{ taskType: 'Partition', sourceFields: ['a'] }],
			somethingNew: { deep: [1] },
		};
		const options = { additionalBodyFields: JSON.stringify(more), description: 'Less' };
		expect(bodyOf({ ...s3, options })).toMatchObject({
			description: 'More',
			destinationFlowConfigList: [
				{
					connectorType: 'S3',
					destinationConnectorProperties: {
						S3: {
							bucketName: 'acme-out',
							s3OutputFormatConfig: { fileType: 'CSV', aggregationConfig: { targetFileSize: 64 } },
						},
					},
				},
			],
			tasks: [{ taskType: 'Map_all' }, { taskType: 'Partition', sourceFields: ['a'] }],
			somethingNew: { deep: [1] },
		});
		expectError(
			{ ...s3, options: { additionalBodyFields: '{"sourceFlowConfig": {"apiVersion": 5}}' } },
			'Source API Version must be text',
		);
	});

	it('null removes a value that a field has set', () => {
		const additionalBodyFields = JSON.stringify({
			description: null,
			triggerConfig: { triggerProperties: { Scheduled: { dataPullMode: null } } },
		});
		const options = { description: 'Less', additionalBodyFields };
		const body = bodyOf({ ...s3, triggerType: 'Scheduled', options });
		expect(body).not.toHaveProperty('description');
		expect(body.triggerConfig).toMatchObject({
			triggerProperties: { Scheduled: { scheduleExpression: 'rate(1hours)' } },
		});
		expect(JSON.stringify(body)).not.toContain('dataPullMode');
	});

	it('merging nothing changes nothing, and merged values are in the result, with any names', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()), (more) => {
				const known = Object.keys(bodyOf(s3)).map((name) => name.toLowerCase());
				const names = [
					...known,
					'kmsarn',
					'tags',
					'metadatacatalogconfig',
					'clienttoken',
					'description',
				];
				const free = Object.entries(more).filter(
					([name, value]) => value !== null && !names.includes(name.toLowerCase()),
				);
				const extra = Object.fromEntries(free);
				const body = bodyOf({ ...s3, options: { additionalBodyFields: JSON.stringify(extra) } });
				const isAbsent = (holder: unknown, value: unknown) =>
					value === null && !Array.isArray(holder);
				const given = JSON.parse(
					JSON.stringify(extra),
					function (this: unknown, _key, value: unknown) {
						return isAbsent(this, value) ? undefined : value;
					},
				) as object;
				const expected = { ...given, ...bodyOf(s3) };
				expect(body).toEqual(expected);
			}),
		);
	});

	it('any JSON results in a checked body or an error', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.constantFrom(...examples), (value, { body }) => {
				const names = Object.keys(body);
				for (const name of names) {
					try {
						checked({ ...body, [name]: value });
					} catch (error) {
						expect((error as Error).name).toBe('OperationError');
					}
				}
			}),
			{ numRuns: 200 },
		);
	});

	it('any field values result in a body or an error', () => {
		const names = fields.map(({ name }) => name).filter((name) => name !== 'specifyFlow');
		fc.assert(
			fc.property(
				fc.constantFrom(...names),
				fc.jsonValue(),
				fc.constantFrom(...examples),
				(name, value, { form }) => {
					// n8n reads collections before the node does
					const field = fields.find((one) => one.name === name);
					fc.pre(!['collection', 'fixedCollection'].includes(field?.type ?? ''));
					try {
						bodyOf({ ...form, [name]: value });
					} catch (error) {
						expect((error as Error).name).toBe('OperationError');
					}
				},
			),
			{ numRuns: 1000 },
		);
	});

	it('any field names result in one Map task each, and all are projected', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.stringMatching(/^\S[^\n]{0,20}\S$/), { minLength: 1, maxLength: 20 }),
				(names) => {
					const given = Object.fromEntries(names.map((name, index) => [name, `to_${index}`]));
					const tasks = tasksOf({
						...salesforce,
						fields: 'json',
						fieldMappingJson: JSON.stringify(given),
					});
					const sent = Object.keys(given);
					expect(tasks).toEqual([
						expect.objectContaining({ sourceFields: sent }),
						...sent.map((name): unknown =>
							expect.objectContaining({ sourceFields: [name], destinationField: given[name] }),
						),
					]);
				},
			),
		);
	});
});
