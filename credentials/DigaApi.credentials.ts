import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { allowHttp } from '../nodes/engine/http/address';
import { bearer } from '../nodes/engine/http/bearer';
import { credentialTest } from '../nodes/engine/http/credentialTest';

export class DigaApi implements ICredentialType {
	name = 'digaApi';

	displayName = 'Diga API';

	documentationUrl =
		'https://github.com/n8n-nodes-dataflows/n8n-nodes-dataflows/blob/main/docs/diga.md#credentials';

	icon = {
		light: 'file:../icons/diga.svg',
		dark: 'file:../icons/diga.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'A project administrator creates it in the Diga dashboard: Settings > Project > API Keys. It is valid for one project. It needs the permission workflows.view; to make changes, also workflows.create, workflows.update and workflows.delete.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.diga.io',
			description: 'URL of the API. The key is sent to this host only.',
		},
		allowHttp,
	];

	/** The list of flows requires a valid key; the lists of pieces do not. */
	test = credentialTest(
		{ method: 'GET', url: '/v1/workflow/?limit=1' },
		{
			401: 'Diga rejected the API key (401). Copy it again from the Diga app, or create one there.',
			403: 'The API key is valid, but it lacks the permission workflows.view.',
		},
	);

	// async, so that an invalid credential rejects the promise
	authenticate = async (
		{ baseUrl = '', apiKey = '', allowHttp: isHttpAllowed = false }: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		await Promise.resolve(
			bearer({ baseUrl, token: apiKey, allowHttp: isHttpAllowed }, request, 'API key'),
		);
}
