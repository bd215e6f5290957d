import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { checkStepTest, failWhenTheTestFails } from '../testResult';
import { flowLocator } from '../../pickers/flow';
import { stepField } from '../../pickers/step';
import { flowId } from '../shared';

export const runTest: Operation<DigaApi> = {
	name: 'Test',
	value: 'test',
	action: 'Test step',
	description:
		'Run a step of the draft. The test has real effects, such as a sent email or a dialed call, and takes up to 90 seconds.',
	fields: [flowLocator, stepField],
	options: [failWhenTheTestFails],
	requestTimeout: 120,
	async execute({ api, parameters }) {
		const flow = flowId(parameters);
		const step = parameters.segment('step');
		return checkStepTest(parameters, step, await api.steps.test(flow, step));
	},
};
