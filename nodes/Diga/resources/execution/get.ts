import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { engineId } from '../shared';

const execution: INodeProperties = {
	displayName: 'Execution ID',
	name: 'execution',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. kQ3vZ8rYt1LxW0pNc7uHb',
};

export const get: Operation<DigaApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get execution',
	description: 'Retrieve one execution of a flow, with what each of its steps gave',
	fields: [execution],
	async execute({ api, parameters }) {
		return await api.getExecution(
			engineId(parameters.segment('execution'), 'Execution ID', 'an execution'),
		);
	},
};
