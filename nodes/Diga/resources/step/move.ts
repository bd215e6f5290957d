import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../DigaApi';
import { placeFields, readPlace } from '../../stepPlace';
import { findStep, isHiddenLoop, stepsOf } from '../../tree';
import { flowId, flowLocator, inTurn, stepField, unknownStep } from '../shared';

export const move: Operation<DigaApi> = {
	name: 'Move',
	value: 'move',
	action: 'Move step',
	description: 'Move a step of the draft, with what is inside it',
	fields: [flowLocator, stepField, ...placeFields],
	async execute(call) {
		const { api, parameters } = call;
		const flow = flowId(parameters);
		const name = parameters.requiredText('step');
		const placeIn = readPlace(parameters);
		return await inTurn(call, flow, async () => {
			const before = await api.getFlow(flow);
			const place = placeIn(before);
			const unknown = [name, place.parentStep].find((one) => !findStep(before, one));
			// Diga may take the move of an unknown step, or to one, and do nothing
			if (unknown !== undefined && !stepsOf(before).some(isHiddenLoop)) {
				throw unknownStep(before, unknown);
			}
			// it is the last one already
			if (place.parentStep === name) return before;
			return await api.moveStep(flow, name, place);
		});
	},
};
