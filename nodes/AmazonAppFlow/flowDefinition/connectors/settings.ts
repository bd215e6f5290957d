import { CONNECTION_NAME, MAX_NAME_LENGTH } from '../../api/patterns';
import { choice, line, mapOf, text, word } from '../shape';
import type { Shape } from '../shape';

/** How the form asks for a value, and how it is read from there. */
export type FieldKind =
	/** The name of a bucket; its address or ARN is taken as well. */
	| 'bucket'
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
	kind: FieldKind;
	description?: string;
	placeholder?: string;
	default?: string | number | boolean;
	/** Names for the values of a choice. */
	names?: Record<string, string>;
	/** It is not shown before it is asked for, in the list of settings. */
	inSettings?: boolean;
}

/** Something that can be set on one end of a flow: where it is in the request, its limits, its field. */
export interface Setting {
	/** Path in the request, below the properties of the connector. */
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
	description: 'The table, or whatever the application calls it, as the connection lists it',
};

export const bucketField: Omit<Field, 'name'> = {
	label: 'Bucket',
	kind: 'bucket',
	placeholder: 'e.g. acme-lake',
	description: 'The name of the S3 bucket. Its policy must let AppFlow in.',
};

export const prefixField: Omit<Field, 'name'> = {
	label: 'Prefix',
	kind: 'prefix',
	placeholder: 'e.g. salesforce/accounts',
	description: 'What the keys in the bucket begin with',
};

/** The entity, which connectors name in three ways. */
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
		description: 'Which API of Salesforce to use. Bulk API 2.0 leaves compound fields out.',
		inSettings: true,
	},
);

export const customProperties = setting(
	'customProperties',
	mapOf(
		text({ min: 1, max: 128, pattern: /^\w+$/, rule: 'have letters, digits and _ only' }),
		word({ max: 2048 }),
		{ max: 50 },
	),
	{
		label: 'Custom Properties',
		kind: 'pairs',
		description: 'What this connector has of its own',
		inSettings: true,
	},
);

/** What the configuration of either end has, beside the properties of its connector. */
export const connection = setting(
	'connectorProfileName',
	text({
		max: MAX_NAME_LENGTH,
		pattern: CONNECTION_NAME,
		rule: 'have letters, digits and / ! @ # + = . - _ only',
	}),
	{
		name: 'connection',
		label: 'Connection',
		kind: 'connection',
		placeholder: 'e.g. salesforce-prod',
		description: 'The connector profile in AppFlow, which holds the login to the application',
	},
);

export const apiVersion = setting('apiVersion', word({ max: 256 }), {
	label: 'API Version',
	kind: 'text',
	placeholder: 'e.g. v59.0',
	description: 'The version of the connector, where it has several',
	inSettings: true,
});

/** A custom connector cannot do without, so that its field is in plain sight. */
export const customApiVersion: Setting = {
	...apiVersion,
	field: { ...apiVersion.field, placeholder: 'e.g. V1', inSettings: false },
};
