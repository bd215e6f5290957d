import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { checkFlowTest, failWhenTheTestFails } from '../testResult';
import { flowLocator } from '../../pickers/flow';
import { flowId } from '../shared';

export const runTest: Operation<DigaApi> = {
	name: 'Test',
	value: 'test',
	action: 'Test flow',
	description:
		'Run the draft of a flow on its sample data. The test has real effects, such as sent emails and dialed calls, and takes up to 2 minutes.',
	fields: [flowLocator],
	options: [failWhenTheTestFails],
	requestTimeout: 180,
	async execute({ api, parameters }) {
		const flow = flowId(parameters);
		return checkFlowTest(parameters, flow, await api.flows.test(flow));
	},
};
