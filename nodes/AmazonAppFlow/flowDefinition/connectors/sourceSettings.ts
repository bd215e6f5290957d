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
		label: 'Pick Up New Fields',
		kind: 'flag',
		description: 'Whether fields that the object gets later are moved as well',
		inSettings: true,
	}),
	setting('includeDeletedRecords', flag(), {
		label: 'Include Deleted Records',
		kind: 'flag',
		description: 'Whether to read deleted records as well',
		inSettings: true,
	}),
];

export const veevaSource: Setting[] = [
	setting(
		'documentType',
		text({
			max: 512,
			pattern: /^[\s\w-]+$/,
			rule: 'have letters, digits, blanks, - and _ only',
		}),
		{
			label: 'Document Type',
			kind: 'text',
			placeholder: 'e.g. promotional_piece__c',
			inSettings: true,
		},
	),
	setting('includeSourceFiles', flag(), {
		label: 'Include Source Files',
		kind: 'flag',
		description: 'Whether to extract the source files of documents',
		inSettings: true,
	}),
	setting('includeRenditions', flag(), {
		label: 'Include Renditions',
		kind: 'flag',
		description: 'Whether to extract the renditions of documents',
		inSettings: true,
	}),
	setting('includeAllVersions', flag(), {
		label: 'Include All Versions',
		kind: 'flag',
		description: 'Whether to extract every version of documents',
		inSettings: true,
	}),
];

export const sapReading: Setting[] = [
	setting('parallelismConfig.maxParallelism', integer({ min: 1, max: 10, required: true }), {
		label: 'Max Parallel Processes',
		kind: 'number',
		default: 1,
		inSettings: true,
	}),
	setting('paginationConfig.maxPageSize', integer({ min: 1, max: 10000, required: true }), {
		label: 'Max Page Size',
		kind: 'number',
		default: 3000,
		description: 'How many records to read at once: at most 3000 for OData, 10000 for ODP',
		inSettings: true,
	}),
];

export const customApi: Setting[] = [
	setting(
		'dataTransferApi.Name',
		text({ max: 64, pattern: /^[\w/-]+$/, rule: 'have letters, digits, /, - and _ only' }),
		{
			name: 'dataTransferApiName',
			label: 'Data Transfer API Name',
			kind: 'text',
			inSettings: true,
		},
	),
	setting('dataTransferApi.Type', choice(['ASYNC', 'AUTOMATIC', 'SYNC']), {
		name: 'dataTransferApiType',
		label: 'Data Transfer API Type',
		kind: 'choice',
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
		description: 'The field that tells an incremental run which records are new or changed',
		inSettings: true,
	},
);
