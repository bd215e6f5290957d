import type { INodeProperties } from 'n8n-workflow';
import { getManyFields } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import { agentModes } from '../../api/agentEndpoints';
import type { DigaApi } from '../../api/DigaApi';
import type { DigaAgent } from '../../api/resource';
import { readMany } from '../readMany';
import { filtersOf } from '../shared';

const modeFilter: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	options: [
		{ name: 'Conversational Path', value: 'path' },
		{ name: 'Single Prompt', value: 'free' },
	],
	default: 'free',
};

const publishedFilter: INodeProperties = {
	displayName: 'Published Versions',
	name: 'is_published',
	type: 'boolean',
	default: true,
	description: 'Whether to return the published versions instead of the drafts',
};

export const getAll: Operation<DigaApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many agents',
	description: 'Retrieve the agents of the project, newest first: their drafts by default',
	fields: [...getManyFields, filtersOf(modeFilter, publishedFilter)],
	async execute(context) {
		const { api, parameters } = context;
		const query = {
			mode: parameters.optionalChoice('filters.mode', agentModes),
			is_published: parameters.optionalFlag('filters.is_published'),
		};
		return await readMany<DigaAgent>(
			context,
			({ agent_id: id }) => id,
			async (after) => await api.agents.list({ ...query, after }),
		);
	},
};
