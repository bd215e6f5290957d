import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { parseConnector } from '../../names';
import { connectorLocator } from '../shared';

export const get: Operation<AmazonAppFlowApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get connector',
	description: 'Retrieve what a connector can do: triggers, operators, API versions, settings',
	fields: [connectorLocator],
	async execute({ api, parameters }) {
		const { connectorType, connectorLabel } = parseConnector(parameters.requiredText('connector'));
		return await api.describeConnector(connectorType, connectorLabel);
	},
};
