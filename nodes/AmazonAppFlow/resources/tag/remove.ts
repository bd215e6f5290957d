import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { resolveArn, readKeys, taggedLocator } from './tags';

const keys: INodeProperties = {
	displayName: 'Keys',
	name: 'keys',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. team, stage',
	description: 'The keys of the tags to remove, separated by commas',
};

export const remove: Operation<AmazonAppFlowApi> = {
	name: 'Remove',
	value: 'remove',
	action: 'Remove tags from flow',
	description:
		'Remove tags from a flow by their keys. Keys that the flow does not have are ignored.',
	fields: [taggedLocator, keys],
	async execute({ api, parameters }) {
		const tagKeys = readKeys(parameters);
		const resourceArn = await resolveArn(api, parameters);
		await api.untagResource(resourceArn, tagKeys);
		return { resourceArn, tagKeys };
	},
};
