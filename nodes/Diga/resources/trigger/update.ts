import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import type { DigaApi, NewTrigger } from '../../api/DigaApi';
import { pieceFields, pieceVersion, readPieceSettings } from '../../pieces/pieceFields';
import { flowId, flowLocator, withFlowLock } from '../shared';

const triggerType: INodeProperties = {
	displayName: 'Type',
	name: 'triggerType',
	type: 'options',
	options: [
		{ name: 'Empty', value: 'EMPTY', description: 'Take the trigger away' },
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
	description: 'The name to show in Diga; that of the trigger in the piece if empty',
};

export const update: Operation<DigaApi> = {
	name: 'Update',
	value: 'update',
	action: 'Update trigger',
	description:
		'Set the trigger of the draft of a flow. Its settings are replaced as a whole, not merged.',
	fields: [
		flowLocator,
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
			return await api.updateTrigger(flow, trigger);
		});
	},
};
