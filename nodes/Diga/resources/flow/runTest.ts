import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { settleFlowTest } from '../testResult';
import { failWhenTheTestFails, flowId, flowLocator } from '../shared';

export const runTest: Operation<DigaApi> = {
	name: 'Test',
	value: 'test',
	action: 'Test flow',
	description:
		'Run the draft of a flow on its sample data, for real: mails are sent, calls are dialled. Takes up to 2 minutes.',
	fields: [flowLocator],
	options: [failWhenTheTestFails],
	requestTimeout: 180,
	async execute({ api, parameters }) {
		const flow = flowId(parameters);
		return settleFlowTest(parameters, flow, await api.testFlow(flow));
	},
};
