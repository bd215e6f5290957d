import { getManyFields, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readConnectorName } from '../../names';
import { connectorLocator } from '../../pickers/connector';

export const getAll: Operation<AmazonAppFlowApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many connections',
	description:
		'Retrieve the saved connections in the Region, without their secrets. To create a connection, use the AppFlow console, as AWS recommends.',
	fields: [
		{
			...connectorLocator,
			required: undefined,
			description: 'Only return connections of this connector. Leave empty for all.',
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
