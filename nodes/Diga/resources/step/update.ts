import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { pieceVersion } from '../../pieces/pieceFields';
import { readStep, stepDisplayName, stepFields } from './stepFields';
import { flowId, flowLocator, withFlowLock, knownStep, stepField } from '../shared';

const newDisplayName: INodeProperties = {
	...stepDisplayName,
	description: 'The name to show in Diga; the one that it has if empty',
};

export const update: Operation<DigaApi> = {
	name: 'Update',
	value: 'update',
	action: 'Update step',
	description:
		'Replace the settings of a step of the draft as a whole: what is not entered here is gone. The type must be the one that it has.',
	fields: [flowLocator, stepField, ...stepFields, newDisplayName],
	options: [pieceVersion],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const name = parameters.segment('step');
		return await withFlowLock(context, flow, async () => {
			const step = await readStep(context);
			const { type, displayName } = knownStep(await api.getFlow(flow), name) ?? {};
			if (typeof type === 'string' && type !== step.type) {
				throw inputError(
					`Type must be ${type}, as that of the step "${name}" is: it cannot be changed`,
				);
			}
			const isRenamed = parameters.text('displayName') !== undefined;
			const title = isRenamed ? step.displayName : displayName;
			if (typeof title !== 'string') {
				throw inputError(
					`Display Name is empty, and Diga does not show the one that the step "${name}" has`,
					'Enter it, as it would be replaced.',
				);
			}
			return await api.updateStep(flow, { name, ...step, displayName: title });
		});
	},
};
