import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { flowLocator } from '../../pickers/flow';
import { flowId } from '../shared';

export const runTest: Operation<DigaApi> = {
	name: 'Test',
	value: 'test',
	action: 'Test trigger',
	description:
		'Fetch sample events for the trigger of a flow. The test sends real requests to the service of the trigger.',
	fields: [flowLocator],
	requestTimeout: 150,
	async execute({ api, parameters }) {
		return await api.flows.testTrigger(flowId(parameters));
	},
};
