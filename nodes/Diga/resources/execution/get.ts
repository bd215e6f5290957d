import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { readDigaId } from '../../model/ids';

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
	description: 'Retrieve an execution with the output of each step',
	fields: [execution],
	async execute({ api, parameters }) {
		return await api.executions.get(
			readDigaId(parameters.segment('execution'), 'Execution ID', 'an execution'),
		);
	},
};
