import { OperationError, inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readConnectionName } from '../../names';
import { connectionLocator } from '../shared';

export const get: Operation<AmazonAppFlowApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get connection',
	description:
		'Retrieve a saved connection to an application, without its secrets. New ones are made in the AppFlow console, as AWS advises.',
	fields: [connectionLocator],
	async execute({ api, parameters }) {
		const name = readConnectionName(parameters);
		if (name === undefined) throw inputError('Connection is empty');
		const profiles = await api.connectorProfiles({ connectorProfileNames: [name] }, 1);
		const found = profiles.find(({ connectorProfileName }) => connectorProfileName === name);
		if (found) return found;
		if (profiles.length > 0) {
			throw new OperationError(`Amazon AppFlow answered with a connection that is not "${name}"`, {
				fromService: true,
			});
		}
		throw new OperationError(`There is no connection "${name}"`, {
			fromService: true,
			status: 404,
			description:
				'Check the name, and that it is in the Region of the credential: each region has connections of its own.',
		});
	},
};
