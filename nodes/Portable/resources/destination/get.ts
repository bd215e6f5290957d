import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { destinationLocator } from '../../pickers/destination';

export const get: Operation<PortableApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get destination',
	description: 'Retrieve a destination',
	fields: [destinationLocator],
	async execute({ api, parameters }) {
		return await api.destinations.get(parameters.id('destination'));
	},
};
