import type { FlowConfig } from './rules.ts';

// Flows like those in AWS's examples and in tools for AppFlow, one per use case.

/** Salesforce to S3, on demand, every field (Map_all). */
export const everyField: FlowConfig = {
	flowName: 'sf-account-to-s3',
	description: 'Accounts to the lake',
	triggerConfig: {
		triggerType: 'OnDemand',
	},
	sourceFlowConfig: {
		connectorType: 'Salesforce',
		connectorProfileName: 'sf-prod',
		sourceConnectorProperties: {
			Salesforce: {
				object: 'Account',
			},
		},
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
						aggregationConfig: {
							aggregationType: 'None',
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
			connectorOperator: {
				Salesforce: 'NO_OP',
			},
			taskProperties: {
				EXCLUDE_SOURCE_FIELDS_LIST: '[]',
			},
		},
	],
};

/** Salesforce to S3, on demand, selected fields and a date filter (PROJECTION and one Map per field). */
export const someFields: FlowConfig = {
	flowName: 'sf-contact-subset',
	triggerConfig: {
		triggerType: 'OnDemand',
	},
	sourceFlowConfig: {
		connectorType: 'Salesforce',
		connectorProfileName: 'sf-prod',
		sourceConnectorProperties: {
			Salesforce: {
				object: 'Contact',
				dataTransferApi: 'REST_SYNC',
			},
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
						prefixConfig: {
							prefixType: 'PATH',
							prefixFormat: 'DAY',
						},
						aggregationConfig: {
							aggregationType: 'SingleFile',
						},
					},
				},
			},
		},
	],
	tasks: [
		{
			taskType: 'Filter',
			sourceFields: ['Id', 'Email', 'LastModifiedDate'],
			connectorOperator: {
				Salesforce: 'PROJECTION',
			},
			taskProperties: {},
		},
		{
			taskType: 'Map',
			sourceFields: ['Id'],
			destinationField: 'contact_id',
			connectorOperator: {
				Salesforce: 'NO_OP',
			},
			taskProperties: {
				SOURCE_DATA_TYPE: 'id',
				DESTINATION_DATA_TYPE: 'id',
			},
		},
		{
			taskType: 'Map',
			sourceFields: ['Email'],
			destinationField: 'email',
			connectorOperator: {
				Salesforce: 'NO_OP',
			},
			taskProperties: {
				SOURCE_DATA_TYPE: 'email',
				DESTINATION_DATA_TYPE: 'email',
			},
		},
		{
			taskType: 'Filter',
			sourceFields: ['LastModifiedDate'],
			connectorOperator: {
				Salesforce: 'GREATER_THAN',
			},
			taskProperties: {
				DATA_TYPE: 'datetime',
				VALUE: '1767225600000',
			},
		},
		{
			taskType: 'Mask',
			sourceFields: ['Email'],
			connectorOperator: {
				Salesforce: 'MASK_FIRST_N',
			},
			taskProperties: {
				MASK_LENGTH: '4',
				MASK_VALUE: '*',
			},
		},
		{
			taskType: 'Validate',
			sourceFields: ['Id'],
			connectorOperator: {
				Salesforce: 'VALIDATE_NON_NULL',
			},
			taskProperties: {
				VALIDATION_ACTION: 'DropRecord',
			},
		},
	],
};

/** S3 (CSV) to Salesforce, upsert by an external ID. */
export const upsert: FlowConfig = {
	flowName: 's3-to-sf-upsert',
	triggerConfig: {
		triggerType: 'OnDemand',
	},
	sourceFlowConfig: {
		connectorType: 'S3',
		sourceConnectorProperties: {
			S3: {
				bucketName: 'acme-outbox',
				bucketPrefix: 'accounts',
				s3InputFormatConfig: {
					s3InputFileType: 'CSV',
				},
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
			connectorOperator: {
				S3: 'PROJECTION',
			},
			taskProperties: {},
		},
		{
			taskType: 'Map',
			sourceFields: ['ext_id'],
			destinationField: 'Ext_Id__c',
			connectorOperator: {
				S3: 'NO_OP',
			},
			taskProperties: {
				SOURCE_DATA_TYPE: 'string',
				DESTINATION_DATA_TYPE: 'string',
			},
		},
		{
			taskType: 'Map',
			sourceFields: ['name'],
			destinationField: 'Name',
			connectorOperator: {
				S3: 'NO_OP',
			},
			taskProperties: {
				SOURCE_DATA_TYPE: 'string',
				DESTINATION_DATA_TYPE: 'string',
			},
		},
	],
};

/** Salesforce to S3, scheduled, incremental. */
export const hourly: FlowConfig = {
	flowName: 'sf-opportunity-hourly',
	triggerConfig: {
		triggerType: 'Scheduled',
		triggerProperties: {
			Scheduled: {
				scheduleExpression: 'rate(1hours)',
				dataPullMode: 'Incremental',
				scheduleStartTime: 4102444800,
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
		incrementalPullConfig: {
			datetimeTypeFieldName: 'LastModifiedDate',
		},
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
			connectorOperator: {
				Salesforce: 'NO_OP',
			},
			taskProperties: {
				EXCLUDE_SOURCE_FIELDS_LIST: '[]',
			},
		},
	],
};

/** JDBC (a CustomConnector profile) to S3. */
export const fromDatabase: FlowConfig = {
	flowName: 'orders-jdbc-to-s3',
	triggerConfig: {
		triggerType: 'OnDemand',
	},
	sourceFlowConfig: {
		connectorType: 'CustomConnector',
		apiVersion: 'V1',
		connectorProfileName: 'jdbc-orders',
		sourceConnectorProperties: {
			CustomConnector: {
				entityName: 'public.orders',
				customProperties: {},
			},
		},
	},
	destinationFlowConfigList: [
		{
			connectorType: 'S3',
			destinationConnectorProperties: {
				S3: {
					bucketName: 'acme-lake',
					bucketPrefix: 'orders',
					s3OutputFormatConfig: {
						fileType: 'CSV',
					},
				},
			},
		},
	],
	tasks: [
		{
			taskType: 'Filter',
			sourceFields: ['order_id', 'total'],
			connectorOperator: {
				CustomConnector: 'PROJECTION',
			},
			taskProperties: {},
		},
		{
			taskType: 'Map',
			sourceFields: ['order_id'],
			destinationField: 'order_id',
			connectorOperator: {
				CustomConnector: 'NO_OP',
			},
			taskProperties: {},
		},
		{
			taskType: 'Map',
			sourceFields: ['total'],
			destinationField: 'total',
			connectorOperator: {
				CustomConnector: 'NO_OP',
			},
			taskProperties: {},
		},
	],
};

/** S3 to S3 (without a connection). */
export const copy: FlowConfig = {
	flowName: 's3-copy-smoke',
	triggerConfig: {
		triggerType: 'OnDemand',
	},
	sourceFlowConfig: {
		connectorType: 'S3',
		sourceConnectorProperties: {
			S3: {
				bucketName: 'acme-in',
				bucketPrefix: 'input',
				s3InputFormatConfig: {
					s3InputFileType: 'CSV',
				},
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
					s3OutputFormatConfig: {
						fileType: 'JSON',
					},
				},
			},
		},
	],
	tasks: [
		{
			taskType: 'Map_all',
			sourceFields: [],
			connectorOperator: {
				S3: 'NO_OP',
			},
			taskProperties: {},
		},
	],
};

export const flows = [everyField, someFields, upsert, hourly, fromDatabase, copy];
