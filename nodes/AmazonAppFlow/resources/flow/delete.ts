import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readFlowName } from '../../names';
import { flowLocator } from '../../pickers/flow';

const force: INodeProperties = {
	displayName: 'Force',
	name: 'force',
	type: 'boolean',
	default: false,
	description: 'Whether to delete the flow even if it is active or running',
};

export const deleteFlow: Operation<AmazonAppFlowApi> = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete flow',
	description:
		'Delete a flow permanently. Data that is already transferred stays in the destination.',
	fields: [flowLocator],
	options: [force],
	async execute({ api, parameters }) {
		const name = readFlowName(parameters);
		await api.deleteFlow(name, parameters.flag('options.force'));
		return { flowName: name, deleted: true };
	},
};
