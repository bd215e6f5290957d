import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import type { Parameters } from '../../engine/input/parameters';

/** Whether the settings of a step or a trigger are entered in fields or as JSON. */
export const specifySettings: INodeProperties = {
	displayName: 'Specify Settings',
	name: 'specifySettings',
	type: 'options',
	options: [
		{ name: 'Using Fields Below', value: 'fields' },
		{
			name: 'Using JSON',
			value: 'json',
			description: 'All settings, in the format of Activepieces',
		},
	],
	default: 'fields',
};

export const settingsJson: INodeProperties = {
	displayName: 'Settings (JSON)',
	name: 'settingsJson',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. {"items": "{{trigger.body.rows}}"}',
	description: 'A JSON object, as text or from an expression',
};

/** Reads {@link settingsJson}. Undefined if Specify Settings is not JSON. @throws OperationError if it is empty */
export function readSettingsJson(parameters: Parameters): IDataObject | undefined {
	if (parameters.choice('specifySettings', ['fields', 'json']) === 'fields') return undefined;
	const settings = parameters.json('settingsJson');
	if (Object.keys(settings).length > 0) return settings;
	throw inputError('Settings (JSON) is empty');
}
