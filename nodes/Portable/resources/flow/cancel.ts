import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { flowLocator } from '../../pickers/flow';

export const cancel: Operation<PortableApi> = {
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel flow',
	description:
		'Cancel the current run of a flow, if there is one, and return the status of the flow',
	fields: [flowLocator],
	async execute({ api, parameters }) {
		const id = parameters.id('flow');
		// the response is the same with and without a run to cancel; the status differs
		await api.flows.cancel(id);
		return await api.flows.status(id);
	},
};
