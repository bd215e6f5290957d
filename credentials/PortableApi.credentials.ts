import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { allowHttp } from '../nodes/engine/http/address';
import { bearer } from '../nodes/engine/http/bearer';
import { credentialTest } from '../nodes/engine/http/credentialTest';

export class PortableApi implements ICredentialType {
	name = 'portableApi';

	displayName = 'Portable API';

	documentationUrl =
		'https://github.com/n8n-nodes-dataflows/n8n-nodes-dataflows/blob/main/docs/portable.md#credentials';

	icon = {
		light: 'file:../icons/portable.svg',
		dark: 'file:../icons/portable.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Create a token in the Portable app: account information, tab API Keys',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.portable.io',
			description: 'URL of the API. The token is sent to this host only.',
		},
		allowHttp,
	];

	/** GET /v2/flows requires a valid token and changes nothing. */
	test = credentialTest(
		{ method: 'GET', url: '/v2/flows' },
		{
			401: 'Portable rejected the token (401). Copy it again from API Keys in the Portable app, or create one there.',
			403: 'The token is valid, but the plan of the account may not include the API (403). Check the plan in the Portable app.',
		},
	);

	// async, so that an invalid credential rejects the promise
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => await Promise.resolve(bearer(credentials, request));
}
