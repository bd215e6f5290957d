import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { flowId, flowLocator } from '../shared';

export const runTest: Operation<DigaApi> = {
	name: 'Test',
	value: 'test',
	action: 'Test trigger',
	description:
		'Let the trigger of a flow fetch sample events, for real: it asks the service that it listens to',
	fields: [flowLocator],
	requestTimeout: 150,
	async execute({ api, parameters }) {
		return await api.testTrigger(flowId(parameters));
	},
};
