// CreateFlow bodies that were checked against the API model of AWS's SDK, and the form values for each.
import {
	copy,
	everyField,
	fromDatabase,
	hourly,
	someFields,
	upsert,
} from '../../sandbox/appflow/flows.ts';
import { mapping, picked } from './form.ts';

/** A CreateFlow body without its clientToken, and the form values for it. */
export interface Example {
	title: string;
	form: object;
	body: object;
}

export const examples: Example[] = [
	{
		title: 'Salesforce to S3, on demand, every field',
		form: {
			flowName: 'sf-account-to-s3',
			sourceConnector: 'Salesforce',
			sourceConnection: picked('sf-prod'),
			sourceObject: picked('Account'),
			destinationConnector: 'S3',
			destinationBucketName: 'acme-lake',
			destinationBucketPrefix: 'salesforce',
			destinationFileType: 'JSON',
			destinationSettings: { aggregationType: 'None' },
			fieldSettings: { excludeFields: '' },
			options: { description: 'Accounts to the lake' },
		},
		body: everyField,
	},
	{
		title: 'Salesforce to S3, chosen fields, with a filter, a mask and a validation',
		form: {
			flowName: 'sf-contact-subset',
			sourceConnector: 'Salesforce',
			sourceConnection: picked('sf-prod'),
			sourceObject: picked('Contact'),
			sourceSettings: { dataTransferApi: 'REST_SYNC' },
			destinationConnector: 'S3',
			destinationBucketName: 'acme-lake',
			destinationBucketPrefix: 'contacts',
			destinationFileType: 'CSV',
			destinationSettings: {
				prefixType: 'PATH',
				prefixFormat: 'DAY',
				aggregationType: 'SingleFile',
			},
			fields: 'chosen',
			fieldMapping: mapping({ Id: 'contact_id', Email: 'email' }, { Id: 'id', Email: 'email' }),
			filters: {
				row: [
					{
						field: picked('LastModifiedDate'),
						type: 'datetime',
						condition: 'GREATER_THAN',
						valueDate: '2026-01-01T00:00:00Z',
					},
				],
			},
			masks: { row: [{ field: picked('Email'), operator: 'MASK_FIRST_N', length: 4 }] },
			validations: {
				row: [{ field: picked('Id'), operator: 'VALIDATE_NON_NULL', action: 'DropRecord' }],
			},
		},
		body: someFields,
	},
	{
		title: 'S3 to Salesforce, an upsert by an external ID',
		form: {
			flowName: 's3-to-sf-upsert',
			sourceConnector: 'S3',
			sourceBucketName: 'acme-outbox',
			sourceBucketPrefix: '/accounts',
			sourceFileType: 'CSV',
			destinationConnector: 'Salesforce',
			destinationConnection: picked('sf-prod'),
			destinationObject: picked('Account'),
			destinationWriteOperationType: 'UPSERT',
			destinationIdFieldNames: 'Ext_Id__c',
			destinationSettings: {
				failOnFirstDestinationError: false,
				errorBucketName: 'acme-outbox',
				errorBucketPrefix: '/errors',
			},
			fields: 'chosen',
			fieldMapping: mapping(
				{ ext_id: 'Ext_Id__c', name: 'Name' },
				{ ext_id: 'string', name: 'string' },
			),
		},
		body: upsert,
	},
	{
		title: 'Salesforce to S3, on schedule, incremental',
		form: {
			flowName: 'sf-opportunity-hourly',
			triggerType: 'Scheduled',
			every: 1,
			unit: 'hours',
			dataPullMode: 'Incremental',
			scheduleSettings: {
				scheduleStartTime: '2100-01-01T00:00:00Z',
				firstExecutionFrom: '2026-01-01T01:00:00+01:00',
				scheduleOffset: 300,
				timezone: 'Europe/Berlin',
				flowErrorDeactivationThreshold: 10,
			},
			sourceConnector: 'Salesforce',
			sourceConnection: picked('sf-prod'),
			sourceObject: picked('Opportunity'),
			sourceSettings: {
				enableDynamicFieldUpdate: true,
				includeDeletedRecords: false,
				incrementalField: 'LastModifiedDate',
			},
			destinationConnector: 'S3',
			destinationBucketName: 'acme-lake',
			destinationBucketPrefix: 'opportunity',
			destinationFileType: 'PARQUET',
			destinationSettings: {
				preserveSourceDataTyping: true,
				prefixType: 'PATH_AND_FILENAME',
				prefixFormat: 'HOUR',
				pathPrefixHierarchy: ['SCHEMA_VERSION', 'EXECUTION_ID'],
			},
			fieldSettings: { excludeFields: '' },
		},
		body: hourly,
	},
	{
		title: 'a database through a custom connector to S3',
		form: {
			flowName: 'orders-jdbc-to-s3',
			sourceConnector: 'CustomConnector',
			sourceConnection: picked('jdbc-orders'),
			sourceObject: { __rl: true, mode: 'name', value: 'public.orders' },
			sourceApiVersion: 'V1',
			destinationConnector: 'S3',
			destinationBucketName: 'acme-lake',
			destinationBucketPrefix: 'orders',
			fields: 'json',
			fieldMappingJson: '{"order_id": "order_id", "total": "total"}',
		},
		body: fromDatabase,
	},
	{
		title: 'S3 to S3, without any connection',
		form: {
			flowName: 's3-copy-smoke',
			sourceConnector: 'S3',
			sourceBucketName: 'acme-in',
			sourceBucketPrefix: 'input',
			destinationConnector: 'S3',
			destinationBucketName: 'acme-out',
			destinationBucketPrefix: 'output',
			destinationFileType: 'JSON',
		},
		body: copy,
	},
];
