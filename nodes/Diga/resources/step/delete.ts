import { OperationError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import { hasStep } from './addStep';
import { changeOnce } from '../../model/changeOnce';
import type { DigaApi } from '../../api/DigaApi';
import { findStep } from '../../model/tree';
import { flowId, flowLocator, withFlowLock, knownStep, stepField } from '../shared';

export const remove: Operation<DigaApi> = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete step',
	description: 'Delete a step of the draft, with what is inside it; outputs the flow without it',
	fields: [flowLocator, stepField],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const name = parameters.segment('step');
		return await withFlowLock(context, flow, async () => {
			knownStep(await api.getFlow(flow), name);
			return await changeOnce(context, flow, {
				maybe: `The step "${name}" may have been deleted`,
				send: async () => await api.deleteStep(flow, name),
				isDone: (now) => {
					const isThere = hasStep(now, name);
					return isThere === undefined ? undefined : !isThere;
				},
				unseen: (now) => {
					if (!findStep(now, name)) return now;
					throw new OperationError(`Diga did not delete the step "${name}", and did not say why`, {
						fromService: true,
					});
				},
			});
		});
	},
};
