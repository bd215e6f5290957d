import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { authenticate, OTHER_REGION, regions } from '../nodes/AmazonAppFlow/auth/authenticate';
import { allowHttp } from '../nodes/engine/http/address';
import { credentialTest } from '../nodes/engine/http/credentialTest';

export class AmazonAppFlowApi implements ICredentialType {
	name = 'amazonAppFlowApi';

	displayName = 'Amazon AppFlow API';

	documentationUrl =
		'https://github.com/n8n-nodes-dataflows/n8n-nodes-dataflows/blob/main/docs/appflow.md#credentials';

	icon = {
		light: 'file:../icons/amazonappflow.svg',
		dark: 'file:../icons/amazonappflow.dark.svg',
	} as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				...regions.map((region) => ({ name: region, value: region })),
				{ name: 'Other', value: OTHER_REGION, description: 'A Region that is not in this list' },
			],
			default: 'us-east-1',
			description: 'The Region of the flows. Each AWS Region has its own flows and connections.',
		},
		{
			displayName: 'Other Region',
			name: 'otherRegion',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. eu-north-1',
			displayOptions: { show: { region: [OTHER_REGION] } },
		},
		{
			displayName: 'Access Key ID',
			name: 'accessKeyId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. AKIAIOSFODNN7EXAMPLE',
			description: 'Create an access key in the AWS console: IAM, Users, Security credentials',
		},
		{
			displayName: 'Secret Access Key',
			name: 'secretAccessKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Signs requests and is never sent',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for a temporary key. Its ID begins with ASIA.',
		},
		{
			displayName: 'Endpoint',
			name: 'endpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://appflow-fips.us-east-1.amazonaws.com',
			description:
				'Leave empty to use the public endpoint of the Region. Set it for PrivateLink, FIPS, or a local test server. Signed requests are sent to this host only.',
		},
		allowHttp,
	];

	/** ListFlows requires the permission appflow:ListFlows and changes nothing. It checks key, Region, endpoint and clock. */
	test = credentialTest(
		{ method: 'POST', url: '/list-flows', body: { maxResults: 1 } },
		{
			403: 'AWS rejected the key (403). Check the key ID, secret and session token, the permission appflow:ListFlows, and the clock of the n8n host.',
		},
	);

	// async, so that an invalid credential rejects the promise
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => await Promise.resolve(authenticate(credentials, request));
}
