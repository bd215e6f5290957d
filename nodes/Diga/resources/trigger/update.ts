import type { INodeProperties } from 'n8n-workflow';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import { nonBlankText } from '../../../engine/values';
import type { DigaApi } from '../../api/DigaApi';
import type { NewTrigger } from '../../api/flowEndpoints';
import { pieceFields, pieceVersion, readPieceSettings } from '../../pieces/pieceFields';
import { withFlowLock } from '../../model/locks';
import { referencesNotice } from '../../model/references';
import { readSettingsJson, settingsJson, specifySettings } from '../../pieces/settingsJson';
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
	description:
		'The name to show in Diga. Default: the name of the trigger in the piece or in the JSON, otherwise Trigger.',
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
			specifySettings,
			...updateDisplayOptions({ show: { specifySettings: ['fields'] } }, pieceFields('trigger')),
			...updateDisplayOptions({ show: { specifySettings: ['json'] } }, [
				referencesNotice,
				{ ...settingsJson, placeholder: 'e.g. {"pieceName": "@activepieces/piece-diga"}' },
			]),
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
				const settingsAsJson = readSettingsJson(parameters);
				const { settings, title } = settingsAsJson
					? {
							settings: settingsAsJson,
							title: nonBlankText(settingsAsJson.triggerName) ?? 'Trigger',
						}
					: await readPieceSettings(context, 'trigger');
				Object.assign(trigger, { settings, displayName: given ?? title });
			}
			return await api.flows.updateTrigger(flow, trigger);
		});
	},
};
