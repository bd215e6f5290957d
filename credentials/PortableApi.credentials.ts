import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { allowHttp } from '../nodes/engine/http/address';
import { bearer, testByGet } from '../nodes/engine/http/bearer';

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
			description: 'Made in the Portable app: account information, tab API Keys',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.portable.io',
			description: 'Where the API is. The token is sent to this host only.',
		},
		allowHttp,
	];

	/** GET /v2/flows needs a valid token and changes nothing; Portable's working clients test by it. */
	test = testByGet('/v2/flows');

	// async, so that a refusal is a rejected promise
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => await Promise.resolve(bearer(credentials, request));
}
