import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { flowId, flowLocator } from '../shared';

export const get: Operation<DigaApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Retrieve the draft of one flow; the API does not show what is published',
	fields: [flowLocator],
	async execute({ api, parameters }) {
		return await api.getFlow(flowId(parameters));
	},
};
