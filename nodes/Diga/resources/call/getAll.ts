import type { INodeProperties } from 'n8n-workflow';
import { getManyFields, warnIncomplete, wantedCount } from '../../../engine/input/getMany';
import { readCursorList } from '../../../engine/http/pagination';
import type { Parameters } from '../../../engine/input/parameters';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import type { CallQuery } from '../../api/callEndpoints';
import type { DigaResource } from '../../api/resource';
import { readUuid } from '../../model/uuid';
import { filtersOf, orderField, readOrder } from '../shared';

const filters: INodeProperties[] = [
	{
		displayName: 'Agent ID',
		name: 'agent_id',
		type: 'string',
		default: '',
		placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
		description: 'Only calls of this agent',
	},
	{
		displayName: 'Created After',
		name: 'start_created_date',
		type: 'dateTime',
		default: '',
		description: 'A date and time. Default time zone: that of the workflow.',
	},
	{
		displayName: 'Created Before',
		name: 'end_created_date',
		type: 'dateTime',
		default: '',
		description: 'A date and time. Default time zone: that of the workflow.',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{
				name: 'Completed',
				value: 'completed',
				description: 'Ended in any way. The end reason shows how.',
			},
			{ name: 'Dialing', value: 'dialing' },
			{ name: 'In Progress', value: 'in_progress' },
			{ name: 'In Queue', value: 'in_queue' },
		],
		default: 'completed',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Inbound', value: 'inbound' },
			{ name: 'Outbound', value: 'outbound' },
		],
		default: 'inbound',
	},
];

function readQuery(parameters: Parameters): CallQuery {
	const agent = parameters.text('filters.agent_id');
	return {
		agent_id: agent && readUuid(agent, 'Agent ID', 'the ID of an agent'),
		status: parameters.optionalOption('filters.status'),
		type: parameters.optionalOption('filters.type'),
		start_created_date: parameters.optionalDate('filters.start_created_date')?.toISOString(),
		end_created_date: parameters.optionalDate('filters.end_created_date')?.toISOString(),
		order: readOrder(parameters),
	};
}

export const getAll: Operation<DigaApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many calls',
	description: 'Retrieve the calls of the project',
	fields: [...getManyFields, orderField, filtersOf(...filters)],
	async execute({ api, parameters, run, item }) {
		const query = readQuery(parameters);
		const wanted = wantedCount(parameters);
		const list = await readCursorList<DigaResource>({
			wanted,
			idOf: ({ id }) => id,
			load: async (after) => await api.calls.list({ ...query, after, limit: wanted }),
		});
		warnIncomplete(run, item, list);
		return list.results;
	},
};
