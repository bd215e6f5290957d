import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { destinationLocator } from '../../pickers/destination';
import { failWhenACheckFails, settleChecks } from '../shared';

export const verify: Operation<PortableApi> = {
	name: 'Verify',
	value: 'verify',
	action: 'Verify destination',
	description: 'Check the configuration of a destination, which takes up to 10 seconds',
	fields: [destinationLocator],
	options: [failWhenACheckFails],
	async execute({ api, parameters }) {
		return settleChecks(parameters, await api.destinations.verify(parameters.id('destination')));
	},
};
