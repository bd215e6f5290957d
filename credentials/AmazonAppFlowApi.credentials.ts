import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { authenticate, OTHER_REGION, regions } from '../nodes/AmazonAppFlow/auth/authenticate';
import { allowHttp } from '../nodes/engine/http/address';

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
				{ name: 'Other', value: OTHER_REGION, description: 'A region that is not listed here' },
			],
			default: 'us-east-1',
			description: 'Where the flows are. Each region of AWS has flows and connections of its own.',
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
			description: 'Made in the AWS console: IAM, Users, Security credentials',
		},
		{
			displayName: 'Secret Access Key',
			name: 'secretAccessKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'It signs requests and is never sent itself',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for a temporary key, whose ID begins with ASIA',
		},
		{
			displayName: 'Endpoint',
			name: 'endpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://appflow-fips.us-east-1.amazonaws.com',
			description:
				'Leave empty for the public endpoint of the region. For PrivateLink, FIPS, or a local server for tests. Signatures go to this host only.',
		},
		allowHttp,
	];

	/** ListFlows needs the right appflow:ListFlows, and changes nothing. It shows that key, region, endpoint and clock are right. */
	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			url: '/list-flows',
			body: { maxResults: 1 },
			disableFollowRedirect: true,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'AWS refused the key (403): check its ID, secret and session token, that it has the right appflow:ListFlows, and that the clock of this n8n is right',
				},
			},
		],
	};

	// async, so that a refusal is a rejected promise
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => await Promise.resolve(authenticate(credentials, request));
}
