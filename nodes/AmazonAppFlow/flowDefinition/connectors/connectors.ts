import { CUSTOM } from '../../api/answers';
import { allBut, only } from './operators';
import * as to from './destinationSettings';
import * as set from './settings';
import type { Setting } from './settings';
import * as from from './sourceSettings';

export type Side = 'source' | 'destination';

/**
 * What AppFlow can connect to, as its API has it. Newer applications are all CustomConnector;
 * which of them it is follows from the connection.
 * https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SourceFlowConfig.html and the pages that it leads to
 */
export interface Connector {
	/** The connectorType of the request. */
	type: string;
	/** As users know it. */
	name: string;
	/** How the request spells it in the properties and the operators, where that is not the type. */
	key?: string;
	/** What can be set when it is the source. */
	source?: Setting[];
	/** The operators of its tasks when it is the source. */
	operators?: string[];
	/** What can be set when it is the destination. */
	destination?: Setting[];
	/** Objects that the destination's properties must have, be they empty. */
	parts?: string[];
	/** It is reached without a connection, by the rights of the AWS account. */
	needsNoConnection?: boolean;
}

const { entity, prefix } = set;
const { errorHandling, outputFiles, writing } = to;

const staged: Setting[] = [entity, to.stagingBucket, prefix, ...errorHandling];

/** By name, in the order of the drop-down. */
export const connectors: Connector[] = [
	{
		type: 'CustomerProfiles',
		name: 'Amazon Connect Customer Profiles',
		destination: to.customerProfiles,
		needsNoConnection: true,
	},
	{
		type: 'EventBridge',
		name: 'Amazon EventBridge',
		destination: [entity, ...errorHandling],
		needsNoConnection: true,
	},
	{ type: 'Honeycode', name: 'Amazon Honeycode', destination: [entity, ...errorHandling] },
	{
		type: 'LookoutMetrics',
		name: 'Amazon Lookout for Metrics',
		destination: [],
		needsNoConnection: true,
	},
	{ type: 'Redshift', name: 'Amazon Redshift', destination: staged },
	{
		type: 'S3',
		name: 'Amazon S3',
		source: [set.bucket, prefix, from.inputFileType],
		operators: allBut('CONTAINS'),
		destination: [set.bucket, prefix, ...outputFiles, to.parquetTypes],
		needsNoConnection: true,
	},
	{ type: 'Amplitude', name: 'Amplitude', source: [entity], operators: ['BETWEEN'] },
	{
		type: CUSTOM,
		name: 'Custom Connector',
		source: [set.customEntity, set.customProperties, ...from.customApi],
		operators: allBut(),
		destination: [set.customEntity, ...writing, ...errorHandling, set.customProperties],
	},
	{ type: 'Datadog', name: 'Datadog', source: [entity], operators: only('BETWEEN', 'EQUAL_TO') },
	{
		type: 'Dynatrace',
		name: 'Dynatrace',
		source: [entity],
		operators: only('BETWEEN', 'EQUAL_TO'),
	},
	{
		type: 'Googleanalytics',
		name: 'Google Analytics',
		key: 'GoogleAnalytics',
		source: [entity],
		operators: ['PROJECTION', 'BETWEEN'],
	},
	{
		type: 'Infornexus',
		name: 'Infor Nexus',
		key: 'InforNexus',
		source: [entity],
		operators: only('BETWEEN', 'EQUAL_TO'),
	},
	{
		type: 'Marketo',
		name: 'Marketo',
		source: [entity],
		operators: only('LESS_THAN', 'GREATER_THAN', 'BETWEEN'),
		destination: [entity, ...errorHandling],
	},
	{
		type: 'Salesforce',
		name: 'Salesforce',
		source: [entity, ...from.salesforceSource, set.salesforceApi],
		operators: allBut(),
		destination: [entity, ...writing, ...errorHandling, set.salesforceApi],
	},
	{ type: 'Pardot', name: 'Salesforce Pardot', source: [entity], operators: only('EQUAL_TO') },
	{
		type: 'SAPOData',
		name: 'SAP OData',
		source: [from.sapSource, ...from.sapReading],
		operators: allBut(),
		destination: [to.sapDestination, ...writing, ...errorHandling, ...to.successHandling],
	},
	{
		type: 'Servicenow',
		name: 'ServiceNow',
		key: 'ServiceNow',
		source: [entity],
		operators: allBut(),
	},
	{ type: 'Singular', name: 'Singular', source: [entity], operators: only('EQUAL_TO') },
	{
		type: 'Slack',
		name: 'Slack',
		source: [entity],
		operators: allBut('CONTAINS', 'NOT_EQUAL_TO'),
	},
	{ type: 'Snowflake', name: 'Snowflake', destination: staged },
	{ type: 'Trendmicro', name: 'Trend Micro', source: [entity], operators: only('EQUAL_TO') },
	{
		type: 'Upsolver',
		name: 'Upsolver',
		destination: [to.upsolverBucket, prefix, ...outputFiles],
		parts: ['s3OutputFormatConfig', 's3OutputFormatConfig.prefixConfig'],
		needsNoConnection: true,
	},
	{
		type: 'Veeva',
		name: 'Veeva',
		source: [entity, ...from.veevaSource],
		operators: allBut(),
	},
	{
		type: 'Zendesk',
		name: 'Zendesk',
		source: [entity],
		operators: only('GREATER_THAN'),
		destination: [entity, ...writing, ...errorHandling],
	},
];

/** The connectors that can be this end of a flow. */
export function connectorsOf(side: Side): Connector[] {
	return connectors.filter((connector) => connector[side] !== undefined);
}

/** How requests spell a connector in the keys of properties and operators. */
export function keyOf({ key, type }: Connector): string {
	return key ?? type;
}

/** What can be set on either end beside the properties of the connector. */
export function commonSettings(side: Side, { type, needsNoConnection }: Connector): Setting[] {
	return [
		...(needsNoConnection === true ? [] : [set.connection]),
		type === CUSTOM ? set.customApiVersion : set.apiVersion,
		...(side === 'source' ? [from.incrementalField] : []),
	];
}

/** How refusals name a setting: as the form does. */
export function labelOf(side: Side, { field }: Setting): string {
	const end = side === 'source' ? 'Source' : 'Destination';
	return field.more === true ? `${end} Settings: ${field.label}` : `${end} ${field.label}`;
}
