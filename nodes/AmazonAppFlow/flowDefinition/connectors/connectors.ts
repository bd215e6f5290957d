import { CUSTOM_CONNECTOR } from '../../api/connectors';
import { allExcept, only } from './operators';
import * as destination from './destinationSettings';
import * as common from './settings';
import type { Setting } from './settings';
import * as source from './sourceSettings';

export type Side = 'source' | 'destination';

/**
 * A connector of AppFlow. Applications without a type of their own use CustomConnector; the connection determines
 * the application.
 * https://docs.aws.amazon.com/appflow/1.0/APIReference/API_SourceFlowConfig.html
 */
export interface Connector {
	/** The connectorType in requests. */
	type: string;
	/** The display name. */
	name: string;
	/** The key in connector properties and operators. Default: the type. */
	key?: string;
	/** The settings as a source. Undefined if it cannot be a source. */
	source?: Setting[];
	/** The task operators as a source. */
	operators?: string[];
	/** The settings as a destination. Undefined if it cannot be a destination. */
	destination?: Setting[];
	/** Objects that the destination properties must contain, even if they are empty. */
	requiredObjects?: string[];
	/** True if it uses the permissions of the AWS account instead of a connection. */
	needsNoConnection?: boolean;
}

const { entity, prefix } = common;
const { errorHandling, outputFiles, writing } = destination;

const staged: Setting[] = [entity, destination.stagingBucket, prefix, ...errorHandling];

/** Sorted by name, as in the dropdown list. */
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

/** The connectors that can be the source or destination. */
export function connectorsOf(side: Side): Connector[] {
	return connectors.filter((connector) => connector[side] !== undefined);
}

/** The key of a connector in connector properties and operators. */
export function keyOf({ key, type }: Connector): string {
	return key ?? type;
}

/** The settings of a source or destination outside its connector properties. */
export function commonSettings(side: Side, { type, needsNoConnection }: Connector): Setting[] {
	return [
		...(needsNoConnection === true ? [] : [common.connection]),
		type === CUSTOM_CONNECTOR ? common.customApiVersion : common.apiVersion,
		...(side === 'source' ? [source.incrementalField] : []),
	];
}

/** The side in labels. */
export function titleOf(side: Side): string {
	return side === 'source' ? 'Source' : 'Destination';
}

/** The label of a setting in error messages, as in the form. */
export function labelOf(side: Side, { field }: Setting): string {
	const title = titleOf(side);
	return field.inSettings === true
		? `${title} Settings: ${field.label}`
		: `${title} ${field.label}`;
}
