import { startAppFlow } from '../../sandbox/appflow/appflow.ts';
import { copy, everyField, hourly } from '../../sandbox/appflow/flows.ts';
import { examples } from '../../unit/appflow/examples.ts';
import { byName, keep, setsOf } from '../lab.ts';
import type { Lab } from '../lab.ts';

/** Forms of Create for rare settings and for all kinds of rows. */
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
	const executionId = 'run-1';
	sandbox.truth.executions.push({
		executionId,
		flowName: everyField.flowName,
		executionStatus: 'Successful',
		startedAt: Date.now(),
	});
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
		['flow.getRun', { flow, executionId }],
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
