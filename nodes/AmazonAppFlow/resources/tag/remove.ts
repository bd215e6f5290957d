import type { INodeProperties } from 'n8n-workflow';
import { refusal } from '../../../engine/fault';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../AmazonAppFlowApi';
import { arnOf, checkedKey, taggedLocator } from './tags';

const keys: INodeProperties = {
	displayName: 'Keys',
	name: 'keys',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. team, stage',
	description: 'Of the tags to remove: one, or several separated by commas',
};

/** AppFlow's maximum for one request. */
const AT_ONCE = 50;

export const remove: Operation<AmazonAppFlowApi> = {
	name: 'Remove',
	value: 'remove',
	action: 'Remove tags from flow',
	description:
		'Remove tags from a flow by their keys; a key that the flow does not have is passed over',
	fields: [taggedLocator, keys],
	async execute({ api, parameters }) {
		const tagKeys = parameters.texts('keys').map((key) => checkedKey(key, 'Keys'));
		if (tagKeys.length > AT_ONCE) {
			throw refusal(`Keys has ${tagKeys.length}, but ${AT_ONCE} is the most`);
		}
		const resourceArn = await arnOf(api, parameters);
		await api.untagResource(resourceArn, tagKeys);
		return { resourceArn, tagKeys };
	},
};
