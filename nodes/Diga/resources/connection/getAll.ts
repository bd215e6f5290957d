import { getManyFields, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';

export const getAll: Operation<DigaApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many connections',
	description: 'Retrieve the connections of the project. Steps refer to them by external ID.',
	fields: getManyFields,
	async execute({ api, parameters }) {
		const wanted = wantedCount(parameters);
		const connections = await api.connections.list();
		return connections.slice(0, wanted);
	},
};
