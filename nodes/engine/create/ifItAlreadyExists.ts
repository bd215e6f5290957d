import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** The values of the option If It Already Exists. */
export const MODES = ['createAnother', 'useExisting', 'stop'] as const;

export type Mode = (typeof MODES)[number];

const createAnother: INodePropertyOptions = {
	name: 'Create Another',
	value: 'createAnother',
	description: 'Create it even if a matching resource already exists',
};

const stop: INodePropertyOptions = {
	name: 'Stop With an Error',
	value: 'stop',
	description: 'Create nothing and fail this item',
};

const useExisting: INodePropertyOptions = {
	name: 'Use the Existing One',
	value: 'useExisting',
	description:
		'Output the existing resource, so that you can rerun the workflow without creating duplicates',
};

/** The option of a create operation. */
export const ifItAlreadyExists: INodeProperties = {
	displayName: 'If It Already Exists',
	name: 'ifItAlreadyExists',
	type: 'options',
	options: [createAnother, stop, useExisting],
	default: 'createAnother',
	description: 'What to do if a matching resource already exists',
};

/** The same option for a service that allows each name only once. */
export const ifNameExists: INodeProperties = {
	...ifItAlreadyExists,
	options: [stop, useExisting],
	default: 'stop',
	description: 'What to do if the name is already in use',
};
