import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { flowId, flowLocator, flowName, withFlowLock } from '../shared';

export const rename: Operation<DigaApi> = {
	name: 'Rename',
	value: 'rename',
	action: 'Rename flow',
	description: 'Rename the draft of a flow; the published name changes with the next publish',
	fields: [flowLocator, flowName],
	async execute(call) {
		const flow = flowId(call.parameters);
		const name = call.parameters.requiredText('name');
		return await withFlowLock(call, flow, async () => await call.api.renameFlow(flow, name));
	},
};
