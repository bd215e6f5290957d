import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { flowId, flowLocator, flowName, withFlowLock } from '../shared';

export const rename: Operation<DigaApi> = {
	name: 'Rename',
	value: 'rename',
	action: 'Rename flow',
	description: 'Rename the draft of a flow; the published name changes with the next publish',
	fields: [flowLocator, flowName],
	async execute(context) {
		const flow = flowId(context.parameters);
		const name = context.parameters.requiredText('name');
		return await withFlowLock(context, flow, async () => await context.api.renameFlow(flow, name));
	},
};
