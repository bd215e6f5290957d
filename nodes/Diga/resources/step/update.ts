import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { pieceVersion } from '../../pieces/pieceFields';
import { readStep, stepDisplayName, stepFields } from './stepFields';
import { withFlowLock } from '../../model/locks';
import { knownStep } from '../../model/knownStep';
import { editedFlow } from '../../pickers/flow';
import { stepField } from '../../pickers/step';
import { flowId } from '../shared';

const newDisplayName: INodeProperties = {
	...stepDisplayName,
	description: 'The name to show in Diga. Default: the current name.',
};

export const update: Operation<DigaApi> = {
	name: 'Update',
	value: 'update',
	action: 'Update step',
	description: 'Replace all settings of a step in the draft of a flow. The type cannot change.',
	fields: [editedFlow, stepField, ...stepFields, newDisplayName],
	options: [pieceVersion],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const name = parameters.segment('step');
		return await withFlowLock(context, flow, async () => {
			const step = await readStep(context);
			const { type, displayName } = knownStep(await api.flows.get(flow), name) ?? {};
			if (typeof type === 'string' && type !== step.type) {
				throw inputError(
					`Type must be ${type}, because the type of the step "${name}" cannot change`,
				);
			}
			const isRenamed = parameters.text('displayName') !== undefined;
			const title = isRenamed ? step.displayName : displayName;
			if (typeof title !== 'string') {
				throw inputError(
					`Display Name is empty, and Diga does not show the current name of the step "${name}"`,
					'Enter a Display Name.',
				);
			}
			return await api.steps.update(flow, { name, ...step, displayName: title });
		});
	},
};
