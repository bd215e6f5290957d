import type { INodeProperties } from 'n8n-workflow';
import { getManyFields, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';

const capabilities: INodeProperties = {
	displayName: 'Include Capabilities',
	name: 'includeCapabilities',
	type: 'boolean',
	default: false,
	description: 'Whether to also retrieve the capabilities of each connector, which takes longer',
};

export const getAll: Operation<AmazonAppFlowApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many connectors',
	description: 'Retrieve the connectors in the Region, including custom connectors',
	fields: getManyFields,
	options: [capabilities],
	async execute({ api, parameters }) {
		const limit = wantedCount(parameters);
		return parameters.flag('options.includeCapabilities')
			? await api.describeConnectors(limit)
			: await api.listConnectors(limit);
	},
};
