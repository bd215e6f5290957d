import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { resolveArn, taggedLocator, tagItems } from './tags';

export const getAll: Operation<AmazonAppFlowApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many tags',
	description: 'Retrieve the tags of a flow, one item per tag',
	fields: [taggedLocator],
	async execute({ api, parameters }) {
		return tagItems(await api.listTags(await resolveArn(api, parameters)));
	},
};
