import type { INodeProperties } from 'n8n-workflow';
import { createResource } from '../../../engine/create/createResource';
import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import type { Operation } from '../../../engine/operation';
import { shortPieceName } from '../../api/DigaApi';
import type { DigaApi } from '../../api/DigaApi';
import { pieceLocator } from '../../pieces/pieceFields';
import { textOf } from '../../pieces/pieces';
import { readSecretValue, valueFrom, valueJson } from './secretValue';

const connectionTypes = [
	'SECRET_TEXT',
	'BASIC_AUTH',
	'CLOUD_OAUTH2',
	'CUSTOM_AUTH',
	'NO_AUTH',
	'OAUTH2',
	'PLATFORM_OAUTH2',
] as const;

const connectionType: INodeProperties = {
	displayName: 'Type',
	name: 'connectionType',
	type: 'options',
	options: [
		{ name: 'Basic Auth', value: 'BASIC_AUTH', description: 'Value: username and password' },
		{ name: 'Cloud OAuth2', value: 'CLOUD_OAUTH2', description: 'Needs a code from a browser' },
		{ name: 'Custom Auth', value: 'CUSTOM_AUTH', description: 'Value: props' },
		{ name: 'No Auth', value: 'NO_AUTH' },
		{ name: 'OAuth2', value: 'OAUTH2', description: 'Needs a code from a browser' },
		{
			name: 'Platform OAuth2',
			value: 'PLATFORM_OAUTH2',
			description: 'Needs a code from a browser',
		},
		{ name: 'Secret Text', value: 'SECRET_TEXT', description: 'Value: secret_text' },
	],
	default: 'SECRET_TEXT',
	description: 'What the piece asks for; see auth in what Piece > Get outputs',
};

const displayName: INodeProperties = {
	displayName: 'Display Name',
	name: 'displayName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Slack of Example Ltd',
	description: 'The name to show in Diga',
};

export const create: Operation<DigaApi> = {
	name: 'Create',
	value: 'create',
	action: 'Create connection',
	description: 'Give flows access to an account of a third party; the secret is in no output',
	fields: [
		valueFrom('credential'),
		pieceLocator,
		displayName,
		connectionType,
		valueJson('e.g. {{ { "secret_text": $json.key } }}'),
	],
	options: [ifItAlreadyExists],
	async execute(context) {
		const { api, parameters } = context;
		// the short form, as in Diga's own example
		const piece_name = shortPieceName(parameters.requiredText('piece'));
		const display_name = parameters.requiredText('displayName');
		const type = parameters.choice('connectionType', connectionTypes);
		const value = await readSecretValue(context);
		const created = await createResource(context, {
			kind: 'connection',
			label: `${piece_name} "${display_name}"`,
			key: [piece_name, display_name],
			keyOf: (other) => [shortPieceName(textOf(other.piece_name) ?? ''), other.display_name],
			createdAtMs: () => undefined,
			list: async (keepRetryingMs) => ({ resources: await api.listConnections(keepRetryingMs) }),
			create: async () =>
				await api.createConnection({ piece_name, display_name, type, ...(value && { value }) }),
		});
		return created.map(({ resource }) => resource);
	},
};
