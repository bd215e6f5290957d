import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { settleStepTest } from '../testResult';
import { failWhenTheTestFails, flowId, flowLocator, stepField } from '../shared';

export const runTest: Operation<DigaApi> = {
	name: 'Test',
	value: 'test',
	action: 'Test step',
	description:
		'Carry out one step of the draft, for real: a mail is sent, a call is dialled. Takes up to 90 seconds.',
	fields: [flowLocator, stepField],
	options: [failWhenTheTestFails],
	requestTimeout: 120,
	async execute({ api, parameters }) {
		const flow = flowId(parameters);
		const step = parameters.segment('step');
		return settleStepTest(parameters, step, await api.testStep(flow, step));
	},
};
