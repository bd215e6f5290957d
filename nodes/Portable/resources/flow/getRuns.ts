import type { INodeProperties } from 'n8n-workflow';
import { getManyFields, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import { readPages } from '../../../engine/http/pagination';
import type { PortableApi } from '../../api/PortableApi';
import type { PortableResource } from '../../api/resource';
import { flowLocator } from '../../pickers/flow';

/** The maximum: https://developer.portable.io/api-reference/flows/get-flow-run-attempts */
const PAGE_SIZE = 1000;

const sort: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'options',
	options: [
		{ name: 'Newest First', value: 'desc' },
		{ name: 'Oldest First', value: 'asc' },
	],
	default: 'desc',
};

export const getRuns: Operation<PortableApi> = {
	name: 'Get Runs',
	value: 'getRuns',
	action: 'Get runs of flow',
	description: 'Retrieve the runs of a flow, with their outcomes and counts',
	fields: [flowLocator, ...getManyFields],
	options: [sort],
	async execute({ api, parameters }) {
		const flow = parameters.id('flow');
		const order = parameters.choice('options.sort', ['desc', 'asc']);
		return await readPages<PortableResource>({
			pageSize: PAGE_SIZE,
			wanted: wantedCount(parameters),
			idOf: ({ id }) => id,
			load: async (page) => await api.flows.runAttempts(flow, { ...page, sort: order }),
		});
	},
};
