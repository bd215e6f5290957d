import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { flowLocator } from '../../pickers/flow';

export const get: Operation<PortableApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Retrieve a flow',
	fields: [flowLocator],
	async execute({ api, parameters }) {
		return await api.flows.get(parameters.id('flow'));
	},
};
