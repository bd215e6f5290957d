import type { INodeProperties } from 'n8n-workflow';
import { createResource } from '../../../engine/create/createResource';
import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import type { Operation } from '../../../engine/operation';
import { nonBlankText } from '../../../engine/values';
import type { DigaApi } from '../../api/DigaApi';
import { shortPieceName } from '../../api/pieceEndpoints';
import { pieceLocator } from '../../pickers/piece';
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
		{
			name: 'Cloud OAuth2',
			value: 'CLOUD_OAUTH2',
			description: 'Requires a code from the authorization in a browser',
		},
		{ name: 'Custom Auth', value: 'CUSTOM_AUTH', description: 'Value: props' },
		{ name: 'No Auth', value: 'NO_AUTH' },
		{
			name: 'OAuth2',
			value: 'OAUTH2',
			description: 'Requires a code from the authorization in a browser',
		},
		{
			name: 'Platform OAuth2',
			value: 'PLATFORM_OAUTH2',
			description: 'Requires a code from the authorization in a browser',
		},
		{ name: 'Secret Text', value: 'SECRET_TEXT', description: 'Value: secret_text' },
	],
	default: 'SECRET_TEXT',
	description: 'The type that the piece requires, shown as auth in the output of Piece > Get',
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
	description: 'Give flows access to an account of another service',
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
		// the short name, as in Diga's example: https://docs.diga.io/api-reference/openapi.json
		const piece_name = shortPieceName(parameters.requiredText('piece'));
		const display_name = parameters.requiredText('displayName');
		const type = parameters.choice('connectionType', connectionTypes);
		const value = await readSecretValue(context);
		const created = await createResource(context, {
			kind: 'connection',
			label: `${piece_name} "${display_name}"`,
			key: [piece_name, display_name],
			keyOf: (other) => [shortPieceName(nonBlankText(other.piece_name) ?? ''), other.display_name],
			createdAtMs: () => undefined,
			list: async (keepRetryingMs) => ({ resources: await api.connections.list(keepRetryingMs) }),
			create: async () =>
				await api.connections.create({ piece_name, display_name, type, ...(value && { value }) }),
		});
		return created.map(({ resource }) => resource);
	},
};
