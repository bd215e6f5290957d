import type { INodeProperties } from 'n8n-workflow';

export const dataKind: INodeProperties = {
	displayName: 'Of',
	name: 'dataKind',
	type: 'options',
	options: [
		{ name: 'Input', value: 'INPUT', description: 'What the step is given' },
		{ name: 'Output', value: 'OUTPUT', description: 'What the step gives' },
	],
	default: 'OUTPUT',
	description: 'Which of its data is meant',
};
