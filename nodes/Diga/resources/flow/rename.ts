import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { withFlowLock } from '../../model/locks';
import { editedFlow } from '../../pickers/flow';
import { flowId, flowName } from '../shared';

export const rename: Operation<DigaApi> = {
	name: 'Rename',
	value: 'rename',
	action: 'Rename flow',
	description: 'Rename the draft of a flow. The published name changes when you publish.',
	fields: [editedFlow, flowName],
	async execute(context) {
		const flow = flowId(context.parameters);
		const name = context.parameters.requiredText('name');
		return await withFlowLock(
			context,
			flow,
			async () => await context.api.flows.rename(flow, name),
		);
	},
};
