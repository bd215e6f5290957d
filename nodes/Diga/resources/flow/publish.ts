import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { mustBeValid, stopWhenStepsAreInvalid } from '../../model/validity';
import { flowId, flowLocator, withFlowLock } from '../shared';

export const publish: Operation<DigaApi> = {
	name: 'Publish',
	value: 'publish',
	action: 'Publish flow',
	description:
		'Make the draft of a flow the version that runs. Whether the flow is enabled is in the status of the output; see Set Status.',
	fields: [flowLocator],
	options: [stopWhenStepsAreInvalid],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const checks = parameters.flag('options.stopWhenStepsAreInvalid');
		return await withFlowLock(context, flow, async () => {
			if (checks) mustBeValid(await api.getFlow(flow));
			return await api.publishFlow(flow);
		});
	},
};
