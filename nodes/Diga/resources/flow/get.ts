import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { flowLocator } from '../../pickers/flow';
import { flowId } from '../shared';

export const get: Operation<DigaApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Retrieve the draft of a flow',
	fields: [flowLocator],
	async execute({ api, parameters }) {
		return await api.flows.get(flowId(parameters));
	},
};
