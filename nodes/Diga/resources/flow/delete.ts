import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { withFlowLock } from '../../model/locks';
import { flowLocator } from '../../pickers/flow';
import { flowId } from '../shared';

export const remove: Operation<DigaApi> = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete flow',
	description: 'Delete a flow permanently, including its webhooks and its assignments to agents',
	fields: [flowLocator],
	async execute(context) {
		const flow = flowId(context.parameters);
		await withFlowLock(context, flow, async () => {
			await context.api.flows.delete(flow);
		});
		return { deleted: true, id: flow };
	},
};
