import { entity, objectField, setting } from './settings';
import type { Setting } from './settings';
import { choice, flag, line, text, integer, word } from '../shape';

export const sapSource: Setting = {
	...setting('objectPath', word({ max: 512 }), objectField),
	field: entity.field,
};

export const inputFileType = setting(
	's3InputFormatConfig.s3InputFileType',
	choice(['CSV', 'JSON']),
	{
		name: 'fileType',
		label: 'File Type',
		kind: 'choice',
		default: 'CSV',
	},
);

export const salesforceSource: Setting[] = [
	setting('enableDynamicFieldUpdate', flag(), {
		label: 'Detect New Fields',
		kind: 'flag',
		description:
			'Whether each run detects fields that were recently added to the Salesforce object',
		inSettings: true,
	}),
	setting('includeDeletedRecords', flag(), {
		label: 'Include Deleted Records',
		kind: 'flag',
		description: 'Whether to also transfer deleted records',
		inSettings: true,
	}),
];

export const veevaSource: Setting[] = [
	setting(
		'documentType',
		text({
			max: 512,
			pattern: /^[\s\w-]+$/,
			rule: 'contain only letters, digits, spaces, - and _',
		}),
		{
			label: 'Document Type',
			kind: 'text',
			description: 'The type of the documents to transfer',
			placeholder: 'e.g. promotional_piece__c',
			inSettings: true,
		},
	),
	setting('includeSourceFiles', flag(), {
		label: 'Include Source Files',
		kind: 'flag',
		description: 'Whether to transfer the source files of documents',
		inSettings: true,
	}),
	setting('includeRenditions', flag(), {
		label: 'Include Renditions',
		kind: 'flag',
		description: 'Whether to transfer the renditions of documents',
		inSettings: true,
	}),
	setting('includeAllVersions', flag(), {
		label: 'Include All Versions',
		kind: 'flag',
		description: 'Whether to transfer every version of documents',
		inSettings: true,
	}),
];

export const sapReading: Setting[] = [
	setting('parallelismConfig.maxParallelism', integer({ min: 1, max: 10, required: true }), {
		label: 'Max Parallel Processes',
		kind: 'number',
		default: 1,
		description: 'The maximum number of processes that read from SAP at the same time',
		inSettings: true,
	}),
	setting('paginationConfig.maxPageSize', integer({ min: 1, max: 10000, required: true }), {
		label: 'Max Page Size',
		kind: 'number',
		default: 3000,
		description: 'The maximum number of records per page, up to 3000 for OData and 10000 for ODP',
		inSettings: true,
	}),
];

export const customApi: Setting[] = [
	setting(
		'dataTransferApi.Name',
		text({ max: 64, pattern: /^[\w/-]+$/, rule: 'contain only letters, digits, /, - and _' }),
		{
			name: 'dataTransferApiName',
			label: 'Data Transfer API Name',
			kind: 'text',
			description: 'The API of the application that AppFlow uses to transfer data',
			inSettings: true,
		},
	),
	setting('dataTransferApi.Type', choice(['ASYNC', 'AUTOMATIC', 'SYNC']), {
		name: 'dataTransferApiType',
		label: 'Data Transfer API Type',
		kind: 'choice',
		description: 'Whether this API is synchronous or asynchronous',
		names: { ASYNC: 'Asynchronous', AUTOMATIC: 'Automatic', SYNC: 'Synchronous' },
		default: 'AUTOMATIC',
		inSettings: true,
	}),
];

export const incrementalField = setting(
	'incrementalPullConfig.datetimeTypeFieldName',
	line({ max: 256 }),
	{
		name: 'incrementalField',
		label: 'Timestamp Field',
		kind: 'text',
		placeholder: 'e.g. LastModifiedDate',
		description: 'The field that shows an incremental run which records are new or changed',
		inSettings: true,
	},
);
