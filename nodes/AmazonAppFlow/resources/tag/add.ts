import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { resolveArn, readTags, taggedLocator, tagFields } from './tags';

export const add: Operation<AmazonAppFlowApi> = {
	name: 'Add',
	value: 'add',
	action: 'Add tags to flow',
	description: 'Add tags to a flow or change their values',
	fields: [taggedLocator, tagFields],
	async execute({ api, parameters }) {
		const tags = readTags(parameters);
		const resourceArn = await resolveArn(api, parameters);
		await api.tagResource(resourceArn, tags);
		return { resourceArn, tags };
	},
};
