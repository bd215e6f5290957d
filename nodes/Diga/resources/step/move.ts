import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { placeFields, readPlace } from './stepPlace';
import { flowId, flowLocator, withFlowLock, knownStep, stepField } from '../shared';

export const move: Operation<DigaApi> = {
	name: 'Move',
	value: 'move',
	action: 'Move step',
	description: 'Move a step of the draft, with what is inside it',
	fields: [flowLocator, stepField, ...placeFields],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const name = parameters.segment('step');
		const placeIn = readPlace(parameters);
		if (parameters.text('position') !== 'end' && parameters.text('parentStep') === name) {
			throw inputError(`Parent Step must be another step than "${name}", which is to be moved`);
		}
		return await withFlowLock(context, flow, async () => {
			const before = await api.getFlow(flow);
			const place = placeIn(before);
			knownStep(before, name);
			knownStep(before, place.parentStep);
			// it is the last one already
			if (place.parentStep === name) return before;
			return await api.moveStep(flow, name, place);
		});
	},
};
