import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** Secret properties of a source or destination, kept out of the workflow. */
export class PortablePropertiesApi implements ICredentialType {
	name = 'portablePropertiesApi';

	displayName = 'Portable Connector Properties API';

	documentationUrl =
		'https://github.com/n8n-nodes-dataflows/n8n-nodes-dataflows/blob/main/docs/portable.md#credentials';

	icon = {
		light: 'file:../icons/portable.svg',
		dark: 'file:../icons/portable.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Properties (JSON)',
			name: 'secretProperties',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. {"api_key": "..."}',
			description:
				'Secret properties of a source or destination, as a JSON object. They override properties of the same name in the node.',
		},
	];
}
