import type { INodeProperties } from 'n8n-workflow';
import { getManyFields } from '../../../engine/input/getMany';
import type { Parameters } from '../../../engine/input/parameters';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import type { CallQuery } from '../../api/callEndpoints';
import type { DigaResource } from '../../api/resource';
import { readUuid } from '../../model/uuid';
import { readMany } from '../readMany';
import { filtersOf, orderField, readOrder } from '../shared';

const AGENT_LABEL = 'Agent Name or ID';

const filters: INodeProperties[] = [
	{
		displayName: AGENT_LABEL,
		name: 'agent_id',
		type: 'options',
		typeOptions: { loadOptionsMethod: 'getAgents' },
		default: '',
		description:
			'Only calls of this agent. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
		agent_id: agent && readUuid(agent, AGENT_LABEL, 'agent'),
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
	async execute(context) {
		const { api, parameters } = context;
		const query = readQuery(parameters);
		return await readMany<DigaResource>(
			context,
			({ id }) => id,
			async (after, wanted) => await api.calls.list({ ...query, after, limit: wanted }),
		);
	},
};
