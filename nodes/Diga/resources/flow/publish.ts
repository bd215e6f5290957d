import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { mustBeValid, stopWhenStepsAreInvalid } from '../../model/validity';
import { withFlowLock } from '../../model/locks';
import { flowLocator } from '../../pickers/flow';
import { flowId } from '../shared';

export const publish: Operation<DigaApi> = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish flow',
	description: 'Publish the draft of a flow. To enable the flow, use Set Status.',
	fields: [flowLocator],
	options: [stopWhenStepsAreInvalid],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const checksSteps = parameters.flag('options.stopWhenStepsAreInvalid');
		return await withFlowLock(context, flow, async () => {
			if (checksSteps) mustBeValid(await api.flows.get(flow));
			return await api.flows.publish(flow);
		});
	},
};
