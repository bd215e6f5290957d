import type { INodeProperties } from 'n8n-workflow';
import { getManyFields } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import type { DigaResource } from '../../api/resource';
import { flowLocator } from '../../pickers/flow';
import { readMany } from '../readMany';
import { filtersOf, flowId } from '../shared';

const filters: INodeProperties[] = [
	{
		displayName: 'Created After',
		name: 'created_after',
		type: 'dateTime',
		default: '',
		description: 'A date and time. Default time zone: that of the workflow.',
	},
	{
		displayName: 'Created Before',
		name: 'created_before',
		type: 'dateTime',
		default: '',
		description: 'A date and time. Default time zone: that of the workflow.',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Canceled', value: 'CANCELED' },
			{ name: 'Failed', value: 'FAILED' },
			{ name: 'Internal Error', value: 'INTERNAL_ERROR' },
			{ name: 'Memory Limit Exceeded', value: 'MEMORY_LIMIT_EXCEEDED' },
			{ name: 'Paused', value: 'PAUSED' },
			{ name: 'Queued', value: 'QUEUED' },
			{ name: 'Quota Exceeded', value: 'QUOTA_EXCEEDED' },
			{ name: 'Running', value: 'RUNNING' },
			{ name: 'Succeeded', value: 'SUCCEEDED' },
			{ name: 'Timeout', value: 'TIMEOUT' },
		],
		default: 'FAILED',
	},
];

export const getAll: Operation<DigaApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many executions',
	description: 'Retrieve the executions of a flow, newest first',
	fields: [flowLocator, ...getManyFields, filtersOf(...filters)],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const query = {
			status: parameters.optionalOption('filters.status'),
			created_after: parameters.optionalDate('filters.created_after')?.toISOString(),
			created_before: parameters.optionalDate('filters.created_before')?.toISOString(),
		};
		return await readMany<DigaResource>(
			context,
			({ id }) => id,
			async (after) => await api.executions.list(flow, { ...query, after }),
		);
	},
};
