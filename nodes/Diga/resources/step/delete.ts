import { asFault, Fault } from '../../../engine/fault';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../DigaApi';
import { findStep, isHiddenLoop, stepsOf } from '../../tree';
import { flowId, flowLocator, inTurn, stepField, unknownStep } from '../shared';

export const remove: Operation<DigaApi> = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete step',
	description: 'Delete a step of the draft, with what is inside it; outputs the flow without it',
	fields: [flowLocator, stepField],
	async execute(call) {
		const { api, parameters } = call;
		const flow = flowId(parameters);
		const name = parameters.requiredText('step');
		return await inTurn(call, flow, async () => {
			const before = await api.getFlow(flow);
			// Diga may take the deletion of an unknown step, and do nothing
			if (!findStep(before, name) && !stepsOf(before).some(isHiddenLoop)) {
				throw unknownStep(before, name);
			}
			return await api.deleteStep(flow, name).catch(async (thrown: unknown) => {
				const fault = asFault(thrown);
				if (!fault.parts.mayBeDone) throw fault;
				const now = await api.getFlow(flow).catch(asFault);
				const isSeen = !(now instanceof Fault) && findStep(before, name);
				if (isSeen && !findStep(now, name)) return now;
				throw fault.describedAs(
					`The step "${name}" may have been deleted all the same; look at the flow.`,
				);
			});
		});
	},
};
