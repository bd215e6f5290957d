import { getManyFields, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';

export const getAll: Operation<AmazonAppFlowApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many flows',
	description: 'Retrieve the flows in the Region, with their status and last run',
	fields: getManyFields,
	async execute({ api, parameters }) {
		return await api.listFlows(wantedCount(parameters));
	},
};
