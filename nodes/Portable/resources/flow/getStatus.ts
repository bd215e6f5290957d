import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { flowLocator } from '../../pickers/flow';

export const getStatus: Operation<PortableApi> = {
	name: 'Get Status',
	value: 'getStatus',
	action: 'Get status of flow',
	description: 'Retrieve the state and outcome of the latest run of a flow',
	fields: [flowLocator],
	async execute({ api, parameters }) {
		return await api.flows.status(parameters.id('flow'));
	},
};
