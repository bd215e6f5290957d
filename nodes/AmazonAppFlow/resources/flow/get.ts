import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readFlowName } from '../../names';
import { flowLocator } from '../../pickers/flow';

export const get: Operation<AmazonAppFlowApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Retrieve the configuration, status and last run of a flow',
	fields: [flowLocator],
	async execute({ api, parameters }) {
		return await api.describeFlow(readFlowName(parameters));
	},
};
