import { CONNECTION_NAME, MAX_NAME_LENGTH } from '../../api/patterns';
import { choice, line, mapOf, text, word } from '../shape';
import type { Shape } from '../shape';

/** How a value is entered in the form and read from it. */
type FieldKind =
	/** A bucket name; an s3:// URL or ARN is also accepted. */
	| 'bucket'
	| 'choice'
	| 'choices'
	| 'connection'
	| 'flag'
	/** Names separated by commas. */
	| 'names'
	| 'number'
	| 'object'
	| 'pairs'
	/**
	 * A prefix of S3 keys. A leading slash is removed, because a flow with one succeeds but transfers nothing:
	 * https://github.com/aws/aws-cdk/issues/18899
	 */
	| 'prefix'
	| 'text';

/** A field of the form, for the source or the destination. */
export interface Field {
	/** `bucketName` is stored as `sourceBucketName`, or as `sourceSettings.bucketName` if `inSettings` is true. */
	name: string;
	label: string;
	kind: FieldKind;
	description?: string;
	placeholder?: string;
	default?: string | number | boolean;
	/** Display names of the options, by value. */
	names?: Record<string, string>;
	/** True if it is in the collection of settings instead of always shown. */
	inSettings?: boolean;
}

/** A setting of a source or destination: its path in the request, its allowed values, and its field. */
export interface Setting {
	/** The path in the request, relative to the connector properties. */
	path: string;
	shape: Shape;
	field: Field;
}

export function setting(
	path: string,
	shape: Shape,
	field: Omit<Field, 'name'> & { name?: string },
): Setting {
	return { path, shape, field: { name: path.split('.').at(-1) ?? path, ...field } };
}

export const bucketShape = word({ min: 3, max: 63 });
export const prefixShape = line({ max: 512 });

export const objectField: Omit<Field, 'name'> = {
	label: 'Object',
	kind: 'object',
	placeholder: 'e.g. Account',
	description: 'The object in the application, such as a table, as listed by the connection',
};

export const bucketField: Omit<Field, 'name'> = {
	label: 'Bucket',
	kind: 'bucket',
	placeholder: 'e.g. acme-lake',
	description: 'The name of the S3 bucket. The bucket policy must allow AppFlow.',
};

export const prefixField: Omit<Field, 'name'> = {
	label: 'Prefix',
	kind: 'prefix',
	placeholder: 'e.g. salesforce/accounts',
	description: 'The beginning of the keys in the bucket',
};

/** The object in the application. Requests have three names for it, depending on the connector. */
export const entity = setting('object', word({ max: 512, required: true }), objectField);

export const customEntity: Setting = {
	...setting('entityName', word({ max: 1024, required: true }), objectField),
	field: entity.field,
};

export const bucket = setting('bucketName', { ...bucketShape, required: true }, bucketField);

export const prefix = setting('bucketPrefix', prefixShape, prefixField);

export const salesforceApi = setting(
	'dataTransferApi',
	choice(['AUTOMATIC', 'BULKV2', 'REST_SYNC']),
	{
		label: 'Data Transfer API',
		kind: 'choice',
		names: { AUTOMATIC: 'Automatic', BULKV2: 'Bulk API 2.0', REST_SYNC: 'REST API' },
		default: 'AUTOMATIC',
		description: 'The Salesforce API to use. Bulk API 2.0 omits compound fields.',
		inSettings: true,
	},
);

export const customProperties = setting(
	'customProperties',
	mapOf(
		text({ min: 1, max: 128, pattern: /^\w+$/, rule: 'contain only letters, digits and _' }),
		word({ max: 2048 }),
		{ max: 50 },
	),
	{
		label: 'Custom Properties',
		kind: 'pairs',
		description: 'Settings specific to this connector',
		inSettings: true,
	},
);

/** The connection, which is outside the connector properties. */
export const connection = setting(
	'connectorProfileName',
	text({
		max: MAX_NAME_LENGTH,
		pattern: CONNECTION_NAME,
		rule: 'contain only letters, digits and / ! @ # + = . - _',
	}),
	{
		name: 'connection',
		label: 'Connection',
		kind: 'connection',
		placeholder: 'e.g. salesforce-prod',
		description: 'The connection in AppFlow that stores the credentials for the application',
	},
);

export const apiVersion = setting('apiVersion', word({ max: 256 }), {
	label: 'API Version',
	kind: 'text',
	placeholder: 'e.g. v59.0',
	description: 'The API version, if the connector has several',
	inSettings: true,
});

/** A custom connector requires a version, so its field is always shown. */
export const customApiVersion: Setting = {
	...apiVersion,
	field: { ...apiVersion.field, placeholder: 'e.g. V1', inSettings: false },
};
