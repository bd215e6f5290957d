import type { Operation } from '../../../engine/operation';
import { flowStatuses } from '../../api/DigaApi';
import type { DigaApi } from '../../api/DigaApi';
import { setStatus as setAndCheck } from './status';
import { flowId, flowLocator, flowStatus, withFlowLock } from '../shared';

export const setStatus: Operation<DigaApi> = {
	name: 'Set Status',
	value: 'setStatus',
	action: 'Set status of flow',
	description: 'Enable or disable a flow that was published, and check that Diga did so',
	fields: [flowLocator, flowStatus],
	async execute(context) {
		const flow = flowId(context.parameters);
		const wanted = context.parameters.choice('status', flowStatuses);
		return await withFlowLock(
			context,
			flow,
			async () => await setAndCheck(context.api, flow, wanted),
		);
	},
};
