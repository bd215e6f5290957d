import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { placeFields, readPlace } from './stepPlace';
import { withFlowLock } from '../../model/locks';
import { knownStep } from '../../model/knownStep';
import { editedFlow } from '../../pickers/flow';
import { stepField } from '../../pickers/step';
import { flowId } from '../shared';

export const move: Operation<DigaApi> = {
	name: 'Move',
	value: 'move',
	action: 'Move step',
	description: 'Move a step and the steps inside it in the draft of a flow',
	fields: [editedFlow, stepField, ...placeFields],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const name = parameters.segment('step');
		const placeIn = readPlace(parameters);
		if (parameters.text('position') !== 'end' && parameters.text('parentStep') === name) {
			throw inputError(`Parent Step must not be "${name}", the step to move`);
		}
		return await withFlowLock(context, flow, async () => {
			const before = await api.flows.get(flow);
			const place = placeIn(before);
			knownStep(before, name);
			knownStep(before, place.parentStep);
			const isLastAlready = place.parentStep === name;
			if (isLastAlready) return before;
			return await api.steps.move(flow, name, place);
		});
	},
};
