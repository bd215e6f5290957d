import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { sourceLocator } from '../../pickers/source';

export const get: Operation<PortableApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get source',
	description: 'Retrieve a source',
	fields: [sourceLocator],
	async execute({ api, parameters }) {
		return await api.sources.get(parameters.id('source'));
	},
};
