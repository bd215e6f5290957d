import { choice, flag, line, listOf, mapOf, text, whole, word } from './shape';
import type { Shape } from './shape';

/** How the form asks for a value, and how it is read from there. */
export type Asked =
	| 'choice'
	| 'choices'
	| 'connection'
	| 'flag'
	/** Several, with commas between them. */
	| 'names'
	| 'number'
	| 'object'
	| 'pairs'
	/** The beginning of a key in S3; a slash at its start is dropped, with which flows succeed and move nothing. */
	| 'prefix'
	| 'text';

/** One field of the form, for the source and for the destination. */
export interface Field {
	/** `bucketName` is stored as `sourceBucketName`, and as `sourceSettings.bucketName` where it is `more`. */
	name: string;
	label: string;
	as: Asked;
	description?: string;
	placeholder?: string;
	default?: string | number | boolean;
	/** Names for the values of a choice. */
	names?: Record<string, string>;
	/** It is not shown before it is asked for, in the list of settings. */
	more?: boolean;
}

/** Something that can be set on one end of a flow: where it is in the request, its limits, its field. */
export interface Setting {
	/** Path in the request, below the properties of the connector. */
	at: string;
	shape: Shape;
	field: Field;
}

function setting(
	at: string,
	shape: Shape,
	field: Omit<Field, 'name'> & { name?: string },
): Setting {
	return { at, shape, field: { name: at.split('.').at(-1) ?? at, ...field } };
}

const bucketShape = word({ min: 3, max: 63 });
const prefixShape = line({ max: 512 });

const objectField: Omit<Field, 'name'> = {
	label: 'Object',
	as: 'object',
	placeholder: 'e.g. Account',
	description: 'The table, or whatever the application calls it, as the connection lists it',
};

const bucketField: Omit<Field, 'name'> = {
	label: 'Bucket',
	as: 'text',
	placeholder: 'e.g. acme-lake',
	description: 'The name of the S3 bucket. Its policy must let AppFlow in.',
};

const prefixField: Omit<Field, 'name'> = {
	label: 'Prefix',
	as: 'prefix',
	placeholder: 'e.g. salesforce/accounts',
	description: 'What the keys in the bucket begin with',
};

/** The entity, which connectors name in three ways. */
export const entity = setting('object', word({ max: 512, required: true }), objectField);

export const customEntity: Setting = {
	...setting('entityName', word({ max: 1024, required: true }), objectField),
	field: entity.field,
};

export const sapSource: Setting = {
	...setting('objectPath', word({ max: 512 }), objectField),
	field: entity.field,
};

export const sapDestination: Setting = {
	...sapSource,
	shape: word({ max: 512, required: true }),
};

export const bucket = setting('bucketName', { ...bucketShape, required: true }, bucketField);

export const upsolverBucket: Setting = {
	...bucket,
	shape: text({
		min: 16,
		max: 63,
		pattern: /^upsolver-appflow\S*$/,
		rule: 'begin with upsolver-appflow and have no blanks',
		required: true,
	}),
};

export const prefix = setting('bucketPrefix', prefixShape, prefixField);

export const stagingBucket = setting(
	'intermediateBucketName',
	{ ...bucketShape, required: true },
	{ ...bucketField, label: 'Staging Bucket', description: 'The S3 bucket in between' },
);

export const inputFileType = setting(
	's3InputFormatConfig.s3InputFileType',
	choice(['CSV', 'JSON']),
	{
		name: 'fileType',
		label: 'File Type',
		as: 'choice',
		default: 'CSV',
	},
);

export const salesforceSource: Setting[] = [
	setting('enableDynamicFieldUpdate', flag(), {
		label: 'Add New Fields by Itself',
		as: 'flag',
		description: 'Whether fields that the object gets later are moved as well',
		more: true,
	}),
	setting('includeDeletedRecords', flag(), {
		label: 'Include Deleted Records',
		as: 'flag',
		description: 'Whether to read deleted records as well',
		more: true,
	}),
];

export const salesforceApi = setting(
	'dataTransferApi',
	choice(['AUTOMATIC', 'BULKV2', 'REST_SYNC']),
	{
		label: 'Data Transfer API',
		as: 'choice',
		names: { AUTOMATIC: 'Automatic', BULKV2: 'Bulk API 2.0', REST_SYNC: 'REST API' },
		default: 'AUTOMATIC',
		description: 'Which API of Salesforce to use. Bulk API 2.0 leaves compound fields out.',
		more: true,
	},
);

export const veevaSource: Setting[] = [
	setting(
		'documentType',
		text({
			max: 512,
			pattern: /^[\s\w-]+$/,
			rule: 'have letters, digits, blanks, - and _ only',
		}),
		{ label: 'Document Type', as: 'text', placeholder: 'e.g. promotional_piece__c', more: true },
	),
	setting('includeSourceFiles', flag(), {
		label: 'Include Source Files',
		as: 'flag',
		description: 'Whether to extract the source files of documents',
		more: true,
	}),
	setting('includeRenditions', flag(), {
		label: 'Include Renditions',
		as: 'flag',
		description: 'Whether to extract the renditions of documents',
		more: true,
	}),
	setting('includeAllVersions', flag(), {
		label: 'Include All Versions',
		as: 'flag',
		description: 'Whether to extract every version of documents',
		more: true,
	}),
];

export const sapReading: Setting[] = [
	setting('parallelismConfig.maxParallelism', whole({ min: 1, max: 10, required: true }), {
		label: 'Max Parallel Processes',
		as: 'number',
		default: 1,
		more: true,
	}),
	setting('paginationConfig.maxPageSize', whole({ min: 1, max: 10000, required: true }), {
		label: 'Max Page Size',
		as: 'number',
		default: 3000,
		description: 'How many records to read at once: at most 3000 for OData, 10000 for ODP',
		more: true,
	}),
];

export const customProperties = setting(
	'customProperties',
	mapOf(
		text({ min: 1, max: 128, pattern: /^\w+$/, rule: 'have letters, digits and _ only' }),
		word({ max: 2048 }),
		{ max: 50 },
	),
	{
		label: 'Custom Properties',
		as: 'pairs',
		description: 'What this connector has of its own',
		more: true,
	},
);

export const customApi: Setting[] = [
	setting(
		'dataTransferApi.Name',
		text({ max: 64, pattern: /^[\w/-]+$/, rule: 'have letters, digits, /, - and _ only' }),
		{ name: 'dataTransferApiName', label: 'Data Transfer API Name', as: 'text', more: true },
	),
	setting('dataTransferApi.Type', choice(['ASYNC', 'AUTOMATIC', 'SYNC']), {
		name: 'dataTransferApiType',
		label: 'Data Transfer API Type',
		as: 'choice',
		names: { ASYNC: 'Asynchronous', AUTOMATIC: 'Automatic', SYNC: 'Synchronous' },
		default: 'AUTOMATIC',
		more: true,
	}),
];

export const outputFiles: Setting[] = [
	setting('s3OutputFormatConfig.fileType', choice(['CSV', 'JSON', 'PARQUET']), {
		label: 'File Type',
		as: 'choice',
		names: { PARQUET: 'Parquet' },
		default: 'CSV',
	}),
	setting(
		's3OutputFormatConfig.prefixConfig.prefixType',
		choice(['FILENAME', 'PATH', 'PATH_AND_FILENAME']),
		{
			label: 'Time in Key',
			as: 'choice',
			names: {
				FILENAME: 'In the File Name',
				PATH: 'In the Folder',
				PATH_AND_FILENAME: 'In the Folder and the File Name',
			},
			default: 'PATH',
			description: 'Where the time of a run is put into the keys of its files',
			more: true,
		},
	),
	setting(
		's3OutputFormatConfig.prefixConfig.prefixFormat',
		choice(['DAY', 'HOUR', 'MINUTE', 'MONTH', 'YEAR']),
		{
			label: 'Time Granularity',
			as: 'choice',
			names: { DAY: 'Day', HOUR: 'Hour', MINUTE: 'Minute', MONTH: 'Month', YEAR: 'Year' },
			default: 'DAY',
			more: true,
		},
	),
	setting(
		's3OutputFormatConfig.prefixConfig.pathPrefixHierarchy',
		listOf(choice(['EXECUTION_ID', 'SCHEMA_VERSION'])),
		{
			label: 'Further Folders',
			as: 'choices',
			names: { EXECUTION_ID: 'Execution ID', SCHEMA_VERSION: 'Schema Version' },
			description: 'Further levels of folders, in the order in which they are chosen',
			more: true,
		},
	),
	setting(
		's3OutputFormatConfig.aggregationConfig.aggregationType',
		choice(['None', 'SingleFile']),
		{
			label: 'Aggregation',
			as: 'choice',
			names: { None: 'None', SingleFile: 'One File for Each Run' },
			default: 'None',
			more: true,
		},
	),
	setting('s3OutputFormatConfig.aggregationConfig.targetFileSize', whole(), {
		label: 'Target File Size (MB)',
		as: 'number',
		default: 128,
		more: true,
	}),
];

export const parquetTypes = setting('s3OutputFormatConfig.preserveSourceDataTyping', flag(), {
	label: 'Keep Data Types',
	as: 'flag',
	description: 'Whether Parquet files keep the types of the source, rather than text throughout',
	more: true,
});

export const writing: Setting[] = [
	setting('writeOperationType', choice(['DELETE', 'INSERT', 'UPDATE', 'UPSERT']), {
		label: 'Write Mode',
		as: 'choice',
		names: { DELETE: 'Delete', INSERT: 'Insert', UPDATE: 'Update', UPSERT: 'Upsert' },
		default: 'INSERT',
	}),
	setting('idFieldNames', listOf(word({ max: 128 })), {
		label: 'ID Fields',
		as: 'names',
		placeholder: 'e.g. Ext_Id__c',
		description:
			'The fields by which a record is recognised, with commas between them; they must be mapped as well',
	}),
];

/** The write modes that change records that there are, so that these must be recognised. */
export const recognising = ['DELETE', 'UPDATE', 'UPSERT'];

export const errorHandling: Setting[] = [
	setting('errorHandlingConfig.failOnFirstDestinationError', flag(), {
		label: 'Stop at First Error',
		as: 'flag',
		description: 'Whether a run stops at the first record that the destination refuses',
		more: true,
	}),
	setting('errorHandlingConfig.bucketName', bucketShape, {
		...bucketField,
		name: 'errorBucketName',
		label: 'Error Bucket',
		description: 'The S3 bucket for records that the destination refuses',
		more: true,
	}),
	setting('errorHandlingConfig.bucketPrefix', prefixShape, {
		...prefixField,
		name: 'errorBucketPrefix',
		label: 'Error Prefix',
		placeholder: 'e.g. errors',
		more: true,
	}),
];

export const successHandling: Setting[] = [
	setting('successResponseHandlingConfig.bucketName', bucketShape, {
		...bucketField,
		name: 'successBucketName',
		label: 'Success Bucket',
		description: 'The S3 bucket for the answers of SAP to what it took',
		more: true,
	}),
	setting('successResponseHandlingConfig.bucketPrefix', prefixShape, {
		...prefixField,
		name: 'successBucketPrefix',
		label: 'Success Prefix',
		placeholder: 'e.g. answers',
		more: true,
	}),
];

export const customerProfiles: Setting[] = [
	setting('domainName', word({ max: 64, required: true }), {
		label: 'Domain',
		as: 'text',
		placeholder: 'e.g. acme',
		description: 'The domain of Amazon Connect Customer Profiles',
	}),
	setting('objectTypeName', word({ max: 255 }), {
		label: 'Object Type',
		as: 'text',
		placeholder: 'e.g. Salesforce-Account',
		more: true,
	}),
];

/** What the configuration of either end has, beside the properties of its connector. */
export const connection = setting(
	'connectorProfileName',
	text({
		max: 256,
		pattern: /^[\w/!@#+=.-]+$/,
		rule: 'have letters, digits and / ! @ # + = . - _ only',
	}),
	{
		name: 'connection',
		label: 'Connection',
		as: 'connection',
		placeholder: 'e.g. salesforce-prod',
		description: 'The connector profile in AppFlow, which holds the login to the application',
	},
);

export const apiVersion = setting('apiVersion', word({ max: 256 }), {
	label: 'API Version',
	as: 'text',
	placeholder: 'e.g. v59.0',
	description: 'The version of the connector, where it has several',
	more: true,
});

/** A custom connector cannot do without, so that its field is in plain sight. */
export const customApiVersion: Setting = {
	...apiVersion,
	field: { ...apiVersion.field, placeholder: 'e.g. V1', more: false },
};

export const incrementalField = setting(
	'incrementalPullConfig.datetimeTypeFieldName',
	line({ max: 256 }),
	{
		name: 'incrementalField',
		label: 'Timestamp Field',
		as: 'text',
		placeholder: 'e.g. LastModifiedDate',
		description: 'The field that tells an incremental run which records are new or changed',
		more: true,
	},
);
