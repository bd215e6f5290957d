import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { flowJson, readFlowJson } from './flowJson';
import { referencesNotice } from '../../model/references';
import { withFlowLock } from '../../model/locks';
import { editedFlow } from '../../pickers/flow';
import { flowId, flowName } from '../shared';

export const importFlow: Operation<DigaApi> = {
	name: 'Import',
	value: 'import',
	action: 'Import into flow',
	description: 'Overwrite the trigger and all steps in the draft of a flow',
	fields: [editedFlow, flowName, referencesNotice, flowJson],
	async execute(context) {
		const flow = flowId(context.parameters);
		const displayName = context.parameters.requiredText('name');
		const tree = { displayName, ...readFlowJson(context.parameters) };
		return await withFlowLock(
			context,
			flow,
			async () => await context.api.flows.import(flow, tree),
		);
	},
};
