import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';
import type { Parameters } from '../../engine/input/parameters';
import { flowCategories } from '../api/flowEndpoints';
import type { FlowCategory } from '../api/flowEndpoints';
import { readDigaId } from '../model/ids';

export const flowLocator = locator('Flow', {
	name: 'flow',
	searchListMethod: 'searchFlows',
	placeholder: 'e.g. kQ3vZ8rYt1LxW0pNc7uHb',
	description:
		'Changes apply to the draft. The published version stays the same until you publish.',
});

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

export function stepLocator(
	label: string,
	{ name, description, optional }: { name: string; description?: string; optional?: boolean },
): INodeProperties {
	return locator(label, {
		name,
		searchListMethod: 'searchSteps',
		what: 'step',
		by: 'name',
		placeholder: 'e.g. step_1',
		description,
		optional,
	});
}

export const stepField = stepLocator('Step', { name: 'step' });

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
