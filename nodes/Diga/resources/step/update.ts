import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../DigaApi';
import { pieceVersion } from '../../pieceFields';
import { readStep, stepDisplayName, stepFields } from '../../stepFields';
import { isHiddenLoop, findStep, stepsOf } from '../../tree';
import { flowId, flowLocator, inTurn, stepField, unknownStep } from '../shared';

export const update: Operation<DigaApi> = {
	name: 'Update',
	value: 'update',
	action: 'Update step',
	description:
		'Replace the settings of a step of the draft as a whole: what is not entered here is gone. The type must be the one that it has.',
	fields: [flowLocator, stepField, ...stepFields, stepDisplayName],
	options: [pieceVersion],
	async execute(call) {
		const { api, parameters } = call;
		const flow = flowId(parameters);
		const name = parameters.requiredText('step');
		return await inTurn(call, flow, async () => {
			const after = await api.updateStep(flow, { name, ...(await readStep(call)) });
			// Diga may take the update of an unknown step, and do nothing
			if (findStep(after, name) || stepsOf(after).some(isHiddenLoop)) return after;
			throw unknownStep(after, name);
		});
	},
};
