import type { INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../../engine/input/parameters';
import { isBlank } from '../../engine/values';
import { readUuid } from '../model/uuid';
import { publishOtherChanges } from './publication';
import type { PublishOptions } from './publication';

/** The ID of the chosen agent. */
export function agentId(parameters: Parameters): string {
	return readUuid(parameters.requiredText('agent'), 'Agent', 'agent');
}

export const goLive: INodeProperties = {
	displayName: 'Go Live',
	name: 'goLive',
	type: 'boolean',
	default: false,
	description:
		'Whether to publish the agent, so that its calls use the changed flows. Otherwise, only its draft changes.',
};

export const versionName: INodeProperties = {
	displayName: 'Version Name',
	name: 'versionName',
	type: 'string',
	default: '',
	placeholder: 'e.g. With call summary',
	description: 'The name of the new version of the agent',
};

/** The options of Go Live, in alphabetical order. */
export const goLiveOptions = [goLive, publishOtherChanges, versionName];

/** Reads how to publish. */
export function readPublishOptions(parameters: Parameters): PublishOptions {
	return {
		publishOtherChanges: parameters.flag('options.publishOtherChanges'),
		versionName: parameters.text('options.versionName'),
	};
}

/** Reads {@link goLiveOptions}. Undefined to change only the draft. */
export function readGoLive(parameters: Parameters): PublishOptions | undefined {
	return parameters.flag('options.goLive') ? readPublishOptions(parameters) : undefined;
}

export const assignToAgents: INodeProperties = {
	displayName: 'Assign to Agent Names or IDs',
	name: 'assignToAgents',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getAgents' },
	default: [],
	description:
		'The agents that run the flow. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** The IDs of the chosen agents, each once. */
export function readAgents(parameters: Parameters): string[] {
	const path = 'options.assignToAgents';
	const value = parameters.raw(path);
	if (isBlank(value) || (Array.isArray(value) && value.length === 0)) return [];
	const ids = parameters.texts(path).map((id) => readUuid(id, assignToAgents.displayName, 'agent'));
	return [...new Set(ids)];
}
