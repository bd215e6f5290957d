import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import { addStep } from './addStep';
import type { DigaApi } from '../../api/DigaApi';
import { pieceVersion } from '../../pieces/pieceFields';
import { readStep, stepDisplayName, stepFields } from './stepFields';
import { placeFields, readPlace } from './stepPlace';
import { freeName, showsSteps } from '../../model/tree';
import { withFlowLock } from '../../model/locks';
import { editedFlow } from '../../pickers/flow';
import { flowId } from '../shared';

const stepName: INodeProperties = {
	displayName: 'Step Name',
	name: 'stepName',
	type: 'string',
	default: '',
	placeholder: 'e.g. step_1',
	description:
		'The unique name that other steps use in references. Default: the next unused name of step_1, step_2 and so on.',
};

export const add: Operation<DigaApi> = {
	name: 'Add',
	value: 'add',
	action: 'Add step',
	description: 'Add a step to the draft of a flow',
	fields: [editedFlow, ...placeFields, ...stepFields, stepDisplayName],
	options: [pieceVersion, stepName],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const name = parameters.text('options.stepName');
		const placeIn = readPlace(parameters);
		return await withFlowLock(context, flow, async () => {
			const step = await readStep(context);
			const before = await api.flows.get(flow);
			if (name === undefined && !showsSteps(before)) {
				throw inputError(
					'Step Name is empty, and Diga does not show the step names of the flow',
					'Enter a Step Name in Options that is unique in the flow.',
				);
			}
			return await addStep(context, before, {
				step: { name: name ?? freeName(before), ...step },
				place: placeIn(before),
			});
		});
	},
};
