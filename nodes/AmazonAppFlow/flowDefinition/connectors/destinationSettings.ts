import { bucket, bucketField, bucketShape, prefixField, prefixShape, setting } from './settings';
import type { Setting } from './settings';
import { choice, flag, listOf, text, integer, word } from '../shape';
import { sapSource } from './sourceSettings';

export const sapDestination: Setting = {
	...sapSource,
	shape: word({ max: 512, required: true }),
};

export const upsolverBucket: Setting = {
	...bucket,
	shape: text({
		min: 16,
		max: 63,
		pattern: /^upsolver-appflow\S*$/,
		rule: 'begin with upsolver-appflow and contain no spaces',
		required: true,
	}),
};

export const stagingBucket = setting(
	'intermediateBucketName',
	{ ...bucketShape, required: true },
	{
		...bucketField,
		label: 'Staging Bucket',
		description: 'The S3 bucket where AppFlow stages the data',
	},
);

export const outputFiles: Setting[] = [
	setting('s3OutputFormatConfig.fileType', choice(['CSV', 'JSON', 'PARQUET']), {
		label: 'File Type',
		kind: 'choice',
		names: { PARQUET: 'Parquet' },
		default: 'CSV',
	}),
	setting(
		's3OutputFormatConfig.prefixConfig.prefixType',
		choice(['FILENAME', 'PATH', 'PATH_AND_FILENAME']),
		{
			label: 'Timestamp Location',
			kind: 'choice',
			names: {
				FILENAME: 'In the File Name',
				PATH: 'In the Folder',
				PATH_AND_FILENAME: 'In the Folder and the File Name',
			},
			default: 'PATH',
			description: 'Where to add the time of the run to the object keys',
			inSettings: true,
		},
	),
	setting(
		's3OutputFormatConfig.prefixConfig.prefixFormat',
		choice(['DAY', 'HOUR', 'MINUTE', 'MONTH', 'YEAR']),
		{
			label: 'Timestamp Granularity',
			kind: 'choice',
			names: { DAY: 'Day', HOUR: 'Hour', MINUTE: 'Minute', MONTH: 'Month', YEAR: 'Year' },
			default: 'DAY',
			description: 'The smallest unit of time in the object keys',
			inSettings: true,
		},
	),
	setting(
		's3OutputFormatConfig.prefixConfig.pathPrefixHierarchy',
		listOf(choice(['EXECUTION_ID', 'SCHEMA_VERSION'])),
		{
			label: 'Additional Folders',
			kind: 'choices',
			names: { EXECUTION_ID: 'Execution ID', SCHEMA_VERSION: 'Schema Version' },
			description: 'Additional folder levels, in the order selected',
			inSettings: true,
		},
	),
	setting(
		's3OutputFormatConfig.aggregationConfig.aggregationType',
		choice(['None', 'SingleFile']),
		{
			label: 'Aggregation',
			kind: 'choice',
			names: { None: 'None', SingleFile: 'One File per Run' },
			default: 'None',
			description: 'Whether to combine the records of a run into one file',
			inSettings: true,
		},
	),
	setting('s3OutputFormatConfig.aggregationConfig.targetFileSize', integer(), {
		label: 'Target File Size (MB)',
		kind: 'number',
		default: 128,
		description: 'The desired size of each file',
		inSettings: true,
	}),
];

export const parquetTypes = setting('s3OutputFormatConfig.preserveSourceDataTyping', flag(), {
	label: 'Keep Data Types',
	kind: 'flag',
	description:
		'Whether Parquet files keep the data types of the source. If off, all values are text.',
	inSettings: true,
});

export const writing: Setting[] = [
	setting('writeOperationType', choice(['DELETE', 'INSERT', 'UPDATE', 'UPSERT']), {
		label: 'Write Mode',
		kind: 'choice',
		names: { DELETE: 'Delete', INSERT: 'Insert', UPDATE: 'Update', UPSERT: 'Upsert' },
		default: 'INSERT',
		description: 'What to do with records in the destination',
	}),
	setting('idFieldNames', listOf(word({ max: 128 })), {
		label: 'ID Fields',
		kind: 'names',
		placeholder: 'e.g. Ext_Id__c',
		description:
			'The fields that identify a record, separated by commas. They must also be mapped.',
	}),
];

/** The write modes that change existing records and therefore need ID fields. */
export const modesWithIdFields = ['DELETE', 'UPDATE', 'UPSERT'];

export const errorHandling: Setting[] = [
	setting('errorHandlingConfig.failOnFirstDestinationError', flag(), {
		label: 'Stop at First Error',
		kind: 'flag',
		description: 'Whether to stop the run at the first record that the destination rejects',
		inSettings: true,
	}),
	setting('errorHandlingConfig.bucketName', bucketShape, {
		...bucketField,
		name: 'errorBucketName',
		label: 'Error Bucket',
		description: 'The S3 bucket for records that the destination rejects',
		inSettings: true,
	}),
	setting('errorHandlingConfig.bucketPrefix', prefixShape, {
		...prefixField,
		name: 'errorBucketPrefix',
		label: 'Error Prefix',
		placeholder: 'e.g. errors',
		inSettings: true,
	}),
];

export const successHandling: Setting[] = [
	setting('successResponseHandlingConfig.bucketName', bucketShape, {
		...bucketField,
		name: 'successBucketName',
		label: 'Success Bucket',
		description: 'The S3 bucket for the responses of SAP to successful writes',
		inSettings: true,
	}),
	setting('successResponseHandlingConfig.bucketPrefix', prefixShape, {
		...prefixField,
		name: 'successBucketPrefix',
		label: 'Success Prefix',
		placeholder: 'e.g. responses',
		inSettings: true,
	}),
];

export const customerProfiles: Setting[] = [
	setting('domainName', word({ max: 64, required: true }), {
		label: 'Domain',
		kind: 'text',
		placeholder: 'e.g. acme',
		description: 'The domain of Amazon Connect Customer Profiles',
	}),
	setting('objectTypeName', word({ max: 255 }), {
		label: 'Object Type',
		kind: 'text',
		placeholder: 'e.g. Salesforce-Account',
		description: 'The object type in Amazon Connect Customer Profiles',
		inSettings: true,
	}),
];
