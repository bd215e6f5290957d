import type { INodeProperties } from 'n8n-workflow';
import { getManyFields } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { flowStatuses } from '../../api/flowEndpoints';
import type { DigaFlow } from '../../api/resource';
import { readMany } from '../readMany';
import { categoryFilter, filtersOf, flowStatus, readCategory } from '../shared';

const digaTrigger: INodeProperties = {
	displayName: 'Diga Trigger',
	name: 'is_diga_trigger',
	type: 'boolean',
	default: true,
	description: 'Whether a Diga call starts the flow, not an event outside Diga',
};

export const getAll: Operation<DigaApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many flows',
	description: 'Retrieve the flows of the project, newest first',
	fields: [...getManyFields, filtersOf(categoryFilter, digaTrigger, flowStatus)],
	async execute(context) {
		const { api, parameters } = context;
		const query = {
			status: parameters.optionalChoice('filters.status', flowStatuses),
			is_diga_trigger: parameters.optionalFlag('filters.is_diga_trigger'),
			flow_category: readCategory(parameters),
		};
		return await readMany<DigaFlow>(
			context,
			({ id }) => id,
			async (after) => await api.flows.list({ ...query, after }),
		);
	},
};
