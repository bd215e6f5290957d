import { OperationError, inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readConnectionName } from '../../names';
import { connectionLocator } from '../../pickers/connection';

export const get: Operation<AmazonAppFlowApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get connection',
	description:
		'Retrieve a saved connection to an application, without its secrets. To create a connection, use the AppFlow console, as AWS recommends.',
	fields: [connectionLocator],
	async execute({ api, parameters }) {
		const name = readConnectionName(parameters);
		if (name === undefined) throw inputError('Connection is empty');
		const profiles = await api.connectorProfiles({ connectorProfileNames: [name] }, 1);
		const found = profiles.find(({ connectorProfileName }) => connectorProfileName === name);
		if (found) return found;
		if (profiles.length > 0) {
			throw new OperationError(`Amazon AppFlow returned a connection other than "${name}"`, {
				fromService: true,
			});
		}
		throw new OperationError(`Amazon AppFlow has no connection with the name ${name}`, {
			fromService: true,
			status: 404,
			description:
				'Check the name and the Region in the credential. Each Region has its own connections.',
		});
	},
};
