import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { sourceLocator } from '../../pickers/source';
import { failWhenACheckFails, settleChecks } from '../shared';

export const verify: Operation<PortableApi> = {
	name: 'Verify',
	value: 'verify',
	action: 'Verify source',
	description: 'Check the configuration of a source, which takes up to 10 seconds',
	fields: [sourceLocator],
	options: [failWhenACheckFails],
	async execute({ api, parameters }) {
		return settleChecks(parameters, await api.sources.verify(parameters.id('source')));
	},
};
