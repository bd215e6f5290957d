import type { INodeProperties } from 'n8n-workflow';
import { withBlankAsDefault } from '../../engine/input/field';
import type { Parameters } from '../../engine/input/parameters';
import { flowCategories } from '../api/flowEndpoints';
import type { FlowCategory } from '../api/flowEndpoints';
import { orders } from '../api/pages';
import type { Order } from '../api/pages';
import { readDigaId } from '../model/ids';

/** The ID of the chosen flow. */
export function flowId(parameters: Parameters): string {
	return readDigaId(parameters.segment('flow'), 'Flow', 'a flow');
}

/** The status of a flow, to set or to filter by. */
export const flowStatus: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Disabled', value: 'DISABLED' },
		{ name: 'Enabled', value: 'ENABLED' },
	],
	default: 'ENABLED',
};

export const flowName: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Summary after each call',
	description: 'The name to show in Diga',
};

export const categoryFilter: INodeProperties = {
	displayName: 'Category',
	name: 'flow_category',
	type: 'options',
	options: [
		{ name: 'Call Launcher', value: 'call_launcher', description: 'Starts outbound calls' },
		{ name: 'During Call', value: 'during_call', description: 'Called by the agent as a function' },
		{ name: 'Empty', value: 'empty', description: 'Has no trigger yet' },
		{ name: 'Post Call', value: 'post_call', description: 'Runs after a call' },
		{ name: 'Pre Call', value: 'pre_call', description: 'Runs before the greeting' },
	],
	default: 'post_call',
	description: 'Diga derives the category from the trigger and the steps',
};

export function readCategory(parameters: Parameters): FlowCategory | undefined {
	return parameters.optionalChoice('filters.flow_category', flowCategories);
}

export const orderField = withBlankAsDefault({
	displayName: 'Order',
	name: 'order',
	type: 'options',
	options: [
		{ name: 'Newest First', value: 'desc' },
		{ name: 'Oldest First', value: 'asc' },
	],
	default: 'desc',
});

export function readOrder(parameters: Parameters): Order {
	return parameters.choice('order', orders);
}

/** A collection of filters. @param options in alphabetical order, as n8n's lint rules require */
export function filtersOf(...options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options,
	};
}
