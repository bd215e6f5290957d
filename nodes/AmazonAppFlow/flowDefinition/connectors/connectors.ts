import { CUSTOM_CONNECTOR } from '../../api/connectors';
import { allExcept, only } from './operators';
import * as destination from './destinationSettings';
import * as common from './settings';
import type { Setting } from './settings';
import * as source from './sourceSettings';

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
	requiredObjects?: string[];
	/** It is reached without a connection, by the rights of the AWS account. */
	needsNoConnection?: boolean;
}

const { entity, prefix } = common;
const { errorHandling, outputFiles, writing } = destination;

const staged: Setting[] = [entity, destination.stagingBucket, prefix, ...errorHandling];

/** By name, in the order of the drop-down. */
export const connectors: Connector[] = [
	{
		type: 'CustomerProfiles',
		name: 'Amazon Connect Customer Profiles',
		destination: destination.customerProfiles,
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
		source: [common.bucket, prefix, source.inputFileType],
		operators: allExcept('CONTAINS'),
		destination: [common.bucket, prefix, ...outputFiles, destination.parquetTypes],
		needsNoConnection: true,
	},
	{ type: 'Amplitude', name: 'Amplitude', source: [entity], operators: ['BETWEEN'] },
	{
		type: CUSTOM_CONNECTOR,
		name: 'Custom Connector',
		source: [common.customEntity, common.customProperties, ...source.customApi],
		operators: allExcept(),
		destination: [common.customEntity, ...writing, ...errorHandling, common.customProperties],
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
		source: [entity, ...source.salesforceSource, common.salesforceApi],
		operators: allExcept(),
		destination: [entity, ...writing, ...errorHandling, common.salesforceApi],
	},
	{ type: 'Pardot', name: 'Salesforce Pardot', source: [entity], operators: only('EQUAL_TO') },
	{
		type: 'SAPOData',
		name: 'SAP OData',
		source: [source.sapSource, ...source.sapReading],
		operators: allExcept(),
		destination: [
			destination.sapDestination,
			...writing,
			...errorHandling,
			...destination.successHandling,
		],
	},
	{
		type: 'Servicenow',
		name: 'ServiceNow',
		key: 'ServiceNow',
		source: [entity],
		operators: allExcept(),
	},
	{ type: 'Singular', name: 'Singular', source: [entity], operators: only('EQUAL_TO') },
	{
		type: 'Slack',
		name: 'Slack',
		source: [entity],
		operators: allExcept('CONTAINS', 'NOT_EQUAL_TO'),
	},
	{ type: 'Snowflake', name: 'Snowflake', destination: staged },
	{ type: 'Trendmicro', name: 'Trend Micro', source: [entity], operators: only('EQUAL_TO') },
	{
		type: 'Upsolver',
		name: 'Upsolver',
		destination: [destination.upsolverBucket, prefix, ...outputFiles],
		requiredObjects: ['s3OutputFormatConfig', 's3OutputFormatConfig.prefixConfig'],
		needsNoConnection: true,
	},
	{
		type: 'Veeva',
		name: 'Veeva',
		source: [entity, ...source.veevaSource],
		operators: allExcept(),
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
		...(needsNoConnection === true ? [] : [common.connection]),
		type === CUSTOM_CONNECTOR ? common.customApiVersion : common.apiVersion,
		...(side === 'source' ? [source.incrementalField] : []),
	];
}

/** How refusals name a setting: as the form does. */
export function labelOf(side: Side, { field }: Setting): string {
	const end = side === 'source' ? 'Source' : 'Destination';
	return field.inSettings === true ? `${end} Settings: ${field.label}` : `${end} ${field.label}`;
}
