import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { parseConnector } from '../../names';
import { connectorLocator } from '../../pickers/connector';

export const get: Operation<AmazonAppFlowApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get connector',
	description:
		'Retrieve the capabilities of a connector: triggers, operators, API versions and settings',
	fields: [connectorLocator],
	async execute({ api, parameters }) {
		const { connectorType, connectorLabel } = parseConnector(parameters.requiredText('connector'));
		return await api.describeConnector(connectorType, connectorLabel);
	},
};
