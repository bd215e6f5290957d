import type { INodeProperties } from 'n8n-workflow';

export const dataKind: INodeProperties = {
	displayName: 'Direction',
	name: 'dataKind',
	type: 'options',
	options: [
		{ name: 'Input', value: 'INPUT', description: 'The data that the step receives' },
		{ name: 'Output', value: 'OUTPUT', description: 'The data that the step returns' },
	],
	default: 'OUTPUT',
	description: 'Whether the sample data is the input or output of the step',
};
