// Bodies of CreateFlow that were checked against the API model of AWS's own SDK, and the form that leads to each.
import { mapping, picked } from './appflowForm.ts';

/** A body of CreateFlow without its clientToken, and what a user enters for it. */
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
		body: {
			flowName: 'sf-account-to-s3',
			description: 'Accounts to the lake',
			triggerConfig: { triggerType: 'OnDemand' },
			sourceFlowConfig: {
				connectorType: 'Salesforce',
				connectorProfileName: 'sf-prod',
				sourceConnectorProperties: { Salesforce: { object: 'Account' } },
			},
			destinationFlowConfigList: [
				{
					connectorType: 'S3',
					destinationConnectorProperties: {
						S3: {
							bucketName: 'acme-lake',
							bucketPrefix: 'salesforce',
							s3OutputFormatConfig: {
								fileType: 'JSON',
								aggregationConfig: { aggregationType: 'None' },
							},
						},
					},
				},
			],
			tasks: [
				{
					taskType: 'Map_all',
					sourceFields: [],
					connectorOperator: { Salesforce: 'NO_OP' },
					taskProperties: { EXCLUDE_SOURCE_FIELDS_LIST: '[]' },
				},
			],
		},
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
		body: {
			flowName: 'sf-contact-subset',
			triggerConfig: { triggerType: 'OnDemand' },
			sourceFlowConfig: {
				connectorType: 'Salesforce',
				connectorProfileName: 'sf-prod',
				sourceConnectorProperties: {
					Salesforce: { object: 'Contact', dataTransferApi: 'REST_SYNC' },
				},
			},
			destinationFlowConfigList: [
				{
					connectorType: 'S3',
					destinationConnectorProperties: {
						S3: {
							bucketName: 'acme-lake',
							bucketPrefix: 'contacts',
							s3OutputFormatConfig: {
								fileType: 'CSV',
								prefixConfig: { prefixType: 'PATH', prefixFormat: 'DAY' },
								aggregationConfig: { aggregationType: 'SingleFile' },
							},
						},
					},
				},
			],
			tasks: [
				{
					taskType: 'Filter',
					sourceFields: ['Id', 'Email', 'LastModifiedDate'],
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
				{
					taskType: 'Filter',
					sourceFields: ['LastModifiedDate'],
					connectorOperator: { Salesforce: 'GREATER_THAN' },
					taskProperties: { DATA_TYPE: 'datetime', VALUE: '1767225600000' },
				},
				{
					taskType: 'Mask',
					sourceFields: ['Email'],
					connectorOperator: { Salesforce: 'MASK_FIRST_N' },
					taskProperties: { MASK_LENGTH: '4', MASK_VALUE: '*' },
				},
				{
					taskType: 'Validate',
					sourceFields: ['Id'],
					connectorOperator: { Salesforce: 'VALIDATE_NON_NULL' },
					taskProperties: { VALIDATION_ACTION: 'DropRecord' },
				},
			],
		},
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
		body: {
			flowName: 's3-to-sf-upsert',
			triggerConfig: { triggerType: 'OnDemand' },
			sourceFlowConfig: {
				connectorType: 'S3',
				sourceConnectorProperties: {
					S3: {
						bucketName: 'acme-outbox',
						bucketPrefix: 'accounts',
						s3InputFormatConfig: { s3InputFileType: 'CSV' },
					},
				},
			},
			destinationFlowConfigList: [
				{
					connectorType: 'Salesforce',
					connectorProfileName: 'sf-prod',
					destinationConnectorProperties: {
						Salesforce: {
							object: 'Account',
							writeOperationType: 'UPSERT',
							idFieldNames: ['Ext_Id__c'],
							errorHandlingConfig: {
								failOnFirstDestinationError: false,
								bucketName: 'acme-outbox',
								bucketPrefix: 'errors',
							},
						},
					},
				},
			],
			tasks: [
				{
					taskType: 'Filter',
					sourceFields: ['ext_id', 'name'],
					connectorOperator: { S3: 'PROJECTION' },
					taskProperties: {},
				},
				{
					taskType: 'Map',
					sourceFields: ['ext_id'],
					destinationField: 'Ext_Id__c',
					connectorOperator: { S3: 'NO_OP' },
					taskProperties: { SOURCE_DATA_TYPE: 'string', DESTINATION_DATA_TYPE: 'string' },
				},
				{
					taskType: 'Map',
					sourceFields: ['name'],
					destinationField: 'Name',
					connectorOperator: { S3: 'NO_OP' },
					taskProperties: { SOURCE_DATA_TYPE: 'string', DESTINATION_DATA_TYPE: 'string' },
				},
			],
		},
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
				scheduleStartTime: '2027-01-01T00:00:00Z',
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
		body: {
			flowName: 'sf-opportunity-hourly',
			triggerConfig: {
				triggerType: 'Scheduled',
				triggerProperties: {
					Scheduled: {
						scheduleExpression: 'rate(1hours)',
						dataPullMode: 'Incremental',
						scheduleStartTime: 1798761600,
						firstExecutionFrom: 1767225600,
						scheduleOffset: 300,
						timezone: 'Europe/Berlin',
						flowErrorDeactivationThreshold: 10,
					},
				},
			},
			sourceFlowConfig: {
				connectorType: 'Salesforce',
				connectorProfileName: 'sf-prod',
				sourceConnectorProperties: {
					Salesforce: {
						object: 'Opportunity',
						enableDynamicFieldUpdate: true,
						includeDeletedRecords: false,
					},
				},
				incrementalPullConfig: { datetimeTypeFieldName: 'LastModifiedDate' },
			},
			destinationFlowConfigList: [
				{
					connectorType: 'S3',
					destinationConnectorProperties: {
						S3: {
							bucketName: 'acme-lake',
							bucketPrefix: 'opportunity',
							s3OutputFormatConfig: {
								fileType: 'PARQUET',
								preserveSourceDataTyping: true,
								prefixConfig: {
									prefixType: 'PATH_AND_FILENAME',
									prefixFormat: 'HOUR',
									pathPrefixHierarchy: ['SCHEMA_VERSION', 'EXECUTION_ID'],
								},
							},
						},
					},
				},
			],
			tasks: [
				{
					taskType: 'Map_all',
					sourceFields: [],
					connectorOperator: { Salesforce: 'NO_OP' },
					taskProperties: { EXCLUDE_SOURCE_FIELDS_LIST: '[]' },
				},
			],
		},
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
		body: {
			flowName: 'orders-jdbc-to-s3',
			triggerConfig: { triggerType: 'OnDemand' },
			sourceFlowConfig: {
				connectorType: 'CustomConnector',
				apiVersion: 'V1',
				connectorProfileName: 'jdbc-orders',
				sourceConnectorProperties: {
					CustomConnector: { entityName: 'public.orders', customProperties: {} },
				},
			},
			destinationFlowConfigList: [
				{
					connectorType: 'S3',
					destinationConnectorProperties: {
						S3: {
							bucketName: 'acme-lake',
							bucketPrefix: 'orders',
							s3OutputFormatConfig: { fileType: 'CSV' },
						},
					},
				},
			],
			tasks: [
				{
					taskType: 'Filter',
					sourceFields: ['order_id', 'total'],
					connectorOperator: { CustomConnector: 'PROJECTION' },
					taskProperties: {},
				},
				{
					taskType: 'Map',
					sourceFields: ['order_id'],
					destinationField: 'order_id',
					connectorOperator: { CustomConnector: 'NO_OP' },
					taskProperties: {},
				},
				{
					taskType: 'Map',
					sourceFields: ['total'],
					destinationField: 'total',
					connectorOperator: { CustomConnector: 'NO_OP' },
					taskProperties: {},
				},
			],
		},
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
		body: {
			flowName: 's3-copy-smoke',
			triggerConfig: { triggerType: 'OnDemand' },
			sourceFlowConfig: {
				connectorType: 'S3',
				sourceConnectorProperties: {
					S3: {
						bucketName: 'acme-in',
						bucketPrefix: 'input',
						s3InputFormatConfig: { s3InputFileType: 'CSV' },
					},
				},
			},
			destinationFlowConfigList: [
				{
					connectorType: 'S3',
					destinationConnectorProperties: {
						S3: {
							bucketName: 'acme-out',
							bucketPrefix: 'output',
							s3OutputFormatConfig: { fileType: 'JSON' },
						},
					},
				},
			],
			tasks: [
				{
					taskType: 'Map_all',
					sourceFields: [],
					connectorOperator: { S3: 'NO_OP' },
					taskProperties: {},
				},
			],
		},
	},
];
