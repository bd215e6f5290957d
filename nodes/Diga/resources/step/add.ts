import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import { addStep } from './addStep';
import type { DigaApi } from '../../api/DigaApi';
import { pieceVersion } from '../../pieces/pieceFields';
import { readStep, stepDisplayName, stepFields } from './stepFields';
import { placeFields, readPlace } from './stepPlace';
import { freeName, tellsSteps } from '../../model/tree';
import { flowId, flowLocator, withFlowLock } from '../shared';

const stepName: INodeProperties = {
	displayName: 'Step Name',
	name: 'stepName',
	type: 'string',
	default: '',
	placeholder: 'e.g. step_1',
	description:
		'By which other steps refer to it; unique in the flow. The next free one of step_1, step_2 and so on if empty.',
};

export const add: Operation<DigaApi> = {
	name: 'Add',
	value: 'add',
	action: 'Add step',
	description: 'Add a step to the draft of a flow, and check that it is there',
	fields: [flowLocator, ...placeFields, ...stepFields, stepDisplayName],
	options: [pieceVersion, stepName],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const name = parameters.text('options.stepName');
		const placeIn = readPlace(parameters);
		return await withFlowLock(context, flow, async () => {
			const step = await readStep(context);
			const before = await api.getFlow(flow);
			if (name === undefined && !tellsSteps(before)) {
				throw inputError(
					'Step Name is empty, and Diga does not show which names the flow has',
					'Enter a name in Options that no step of the flow has.',
				);
			}
			return await addStep(context, before, {
				step: { name: name ?? freeName(before), ...step },
				place: placeIn(before),
			});
		});
	},
};
