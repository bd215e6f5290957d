import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';

const workflowId: INodeProperties = {
	displayName: 'Workflow ID',
	name: 'workflow',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 568971',
};

export const getStatus: Operation<PortableApi> = {
	name: 'Get Status',
	value: 'getStatus',
	action: 'Get status of workflow',
	description: 'Retrieve the state and outcome of the latest run of a workflow in Portable',
	fields: [workflowId],
	async execute({ api, parameters }) {
		return await api.workflows.status(parameters.id('workflow'));
	},
};
