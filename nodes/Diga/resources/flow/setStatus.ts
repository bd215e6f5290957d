import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import { flowStatuses } from '../../DigaApi';
import type { DigaApi } from '../../DigaApi';
import { setStatus as setAndCheck } from '../../status';
import { flowId, flowLocator, inTurn } from '../shared';

const status: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Disabled', value: 'DISABLED' },
		{ name: 'Enabled', value: 'ENABLED' },
	],
	default: 'ENABLED',
};

export const setStatus: Operation<DigaApi> = {
	name: 'Set Status',
	value: 'setStatus',
	action: 'Set status of flow',
	description: 'Enable or disable a flow that was published, and check that Diga did so',
	fields: [flowLocator, status],
	async execute(call) {
		const flow = flowId(call.parameters);
		const wanted = call.parameters.choice('status', flowStatuses);
		return await inTurn(call, flow, async () => await setAndCheck(call.api, flow, wanted));
	},
};
