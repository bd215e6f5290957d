import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** The secret value of a connection to a third party, kept out of the workflow. */
export class DigaConnectionValueApi implements ICredentialType {
	name = 'digaConnectionValueApi';

	displayName = 'Diga Connection Value API';

	documentationUrl =
		'https://github.com/n8n-nodes-dataflows/n8n-nodes-dataflows/blob/main/docs/diga.md#credentials';

	icon = {
		light: 'file:../icons/diga.svg',
		dark: 'file:../icons/diga.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Value (JSON)',
			name: 'secretValue',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. {"secret_text": "..."}',
			description:
				'Secret value of the connection, as a JSON object: secret_text, or username and password, or props, or the fields of OAuth2. For a template: the keys of its connections, each with its secret.',
		},
	];
}
