import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { flowLocator } from '../shared';

export const cancel: Operation<PortableApi> = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel flow',
	description:
		'Stop the run of a flow, if it is running, and return the status of the flow after that',
	fields: [flowLocator],
	async execute({ api, parameters }) {
		const id = parameters.id('flow');
		// its answer is the same whether or not there was a run to cancel; the status tells
		await api.cancelFlow(id);
		return await api.flowStatus(id);
	},
};
