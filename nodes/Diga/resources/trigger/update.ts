import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import type { NewTrigger } from '../../api/flowEndpoints';
import { pieceFields, pieceVersion, readPieceSettings } from '../../pieces/pieceFields';
import { withFlowLock } from '../../model/flowLock';
import { editedFlow } from '../../pickers/flow';
import { flowId } from '../shared';

const triggerType: INodeProperties = {
	displayName: 'Type',
	name: 'triggerType',
	type: 'options',
	options: [
		{ name: 'Empty', value: 'EMPTY', description: 'Remove the trigger' },
		{ name: 'Piece', value: 'PIECE_TRIGGER', description: 'A trigger of Diga or an integration' },
	],
	default: 'PIECE_TRIGGER',
};

const displayName: INodeProperties = {
	displayName: 'Display Name',
	name: 'displayName',
	type: 'string',
	default: '',
	placeholder: 'e.g. When a call has ended',
	description: 'The name to show in Diga. Default: the name of the trigger in the piece.',
};

export const update: Operation<DigaApi> = {
	name: 'Update',
	value: 'update',
	action: 'Update trigger',
	description: 'Set the trigger in the draft of a flow. Replaces all settings of the trigger.',
	fields: [
		editedFlow,
		triggerType,
		...updateDisplayOptions({ show: { triggerType: ['PIECE_TRIGGER'] } }, [
			...pieceFields('trigger'),
			displayName,
		]),
	],
	options: [pieceVersion],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const type = parameters.choice('triggerType', ['PIECE_TRIGGER', 'EMPTY']);
		return await withFlowLock(context, flow, async () => {
			const trigger: NewTrigger = { type, displayName: 'Select Trigger', settings: {} };
			if (type === 'PIECE_TRIGGER') {
				const given = parameters.text('displayName');
				const { settings, title } = await readPieceSettings(context, 'trigger');
				Object.assign(trigger, { settings, displayName: given ?? title });
			}
			return await api.flows.updateTrigger(flow, trigger);
		});
	},
};
