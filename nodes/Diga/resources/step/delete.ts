import { OperationError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import { changeOnce } from '../../model/changeOnce';
import type { DigaApi } from '../../api/DigaApi';
import { knownStep } from '../../model/knownStep';
import { findStep, hasStep } from '../../model/tree';
import { withFlowLock } from '../../model/locks';
import { editedFlow } from '../../pickers/flow';
import { stepField } from '../../pickers/step';
import { flowId } from '../shared';

export const remove: Operation<DigaApi> = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete step',
	description: 'Delete a step and the steps inside it from the draft of a flow. Outputs the flow.',
	fields: [editedFlow, stepField],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const name = parameters.segment('step');
		return await withFlowLock(context, flow, async () => {
			knownStep(await api.flows.get(flow), name);
			return await changeOnce(context, flow, {
				maybe: `The step "${name}" may have been deleted`,
				send: async () => await api.steps.delete(flow, name),
				isDone: (now) => {
					const exists = hasStep(now, name);
					return exists === undefined ? undefined : !exists;
				},
				whenNotShown: (now) => {
					if (!findStep(now, name)) return now;
					throw new OperationError(
						`Diga did not report an error, but the step "${name}" still exists`,
						{
							fromService: true,
						},
					);
				},
			});
		});
	},
};
