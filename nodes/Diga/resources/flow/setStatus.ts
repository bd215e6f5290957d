import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { flowStatuses } from '../../api/flowEndpoints';
import { setStatus as setAndCheck } from './status';
import { withFlowLock } from '../../model/locks';
import { flowLocator } from '../../pickers/flow';
import { flowId, flowStatus } from '../shared';

export const setStatus: Operation<DigaApi> = {
	name: 'Set Status',
	value: 'setStatus',
	action: 'Set status of flow',
	description: 'Enable or disable a published flow',
	fields: [flowLocator, flowStatus],
	async execute(context) {
		const flow = flowId(context.parameters);
		const status = context.parameters.choice('status', flowStatuses);
		return await withFlowLock(
			context,
			flow,
			async () => await setAndCheck(context.api, flow, status),
		);
	},
};
