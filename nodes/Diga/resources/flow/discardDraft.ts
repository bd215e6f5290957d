import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { withFlowLock } from '../../model/locks';
import { flowLocator } from '../../pickers/flow';
import { flowId } from '../shared';

export const discardDraft: Operation<DigaApi> = {
	name: 'Discard Draft',
	value: 'discardDraft',
	action: 'Discard draft of flow',
	description:
		'Replace the draft of a flow with its published version. Unpublished changes are lost.',
	fields: [flowLocator],
	async execute(context) {
		const flow = flowId(context.parameters);
		return await withFlowLock(
			context,
			flow,
			async () => await context.api.flows.discardDraft(flow),
		);
	},
};
