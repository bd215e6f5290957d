import { asFault, Fault } from '../../../engine/fault';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../DigaApi';
import { findStep } from '../../tree';
import { flowId, flowLocator, inTurn, knownStep, stepField } from '../shared';

export const remove: Operation<DigaApi> = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete step',
	description: 'Delete a step of the draft, with what is inside it; outputs the flow without it',
	fields: [flowLocator, stepField],
	async execute(call) {
		const { api, parameters } = call;
		const flow = flowId(parameters);
		const name = parameters.segment('step');
		return await inTurn(call, flow, async () => {
			const step = knownStep(await api.getFlow(flow), name);
			return await api.deleteStep(flow, name).catch(async (thrown: unknown) => {
				const fault = asFault(thrown);
				if (!fault.parts.mayBeDone) throw fault;
				const now = await api.getFlow(flow).catch(asFault);
				if (step && !(now instanceof Fault) && !findStep(now, name)) return now;
				throw fault.describedAs(
					`The step "${name}" may have been deleted all the same; look at the flow.`,
				);
			});
		});
	},
};
