import { getManyFields, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readConnectorName } from '../../names';
import { connectorLocator } from '../shared';

export const getAll: Operation<AmazonAppFlowApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many connections',
	description:
		'Retrieve the saved connections of the region, without their secrets. New ones are made in the AppFlow console, as AWS advises.',
	fields: [
		{
			...connectorLocator,
			required: undefined,
			description: 'Only those of this connector; leave empty for all',
		},
		...getManyFields,
	],
	async execute({ api, parameters }) {
		return await api.connectorProfiles(
			{ ...readConnectorName(parameters) },
			wantedCount(parameters),
		);
	},
};
