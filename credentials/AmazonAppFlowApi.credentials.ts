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
				{ name: 'Other', value: OTHER_REGION, description: 'A Region that is not in this list' },
			],
			default: 'us-east-1',
			description: 'The AWS Region of the flows. Each Region has its own flows and connections.',
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
			description:
				'Create an access key in the AWS console, under IAM, Users, Security credentials',
		},
		{
			displayName: 'Secret Access Key',
			name: 'secretAccessKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Signs requests. The key itself is never sent.',
		},
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only for temporary credentials, whose access key ID begins with ASIA',
		},
		{
			displayName: 'Endpoint',
			name: 'endpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://appflow-fips.us-east-1.amazonaws.com',
			description:
				'Leave empty for the public endpoint of the Region. Set it for PrivateLink, FIPS or a local test server. Signed requests are sent only to this host.',
		},
		allowHttp,
	];

	/** ListFlows changes nothing. It verifies the key, Region, endpoint and clock, and needs the permission appflow:ListFlows. */
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
						'AWS rejected the key (403): check its ID, secret and session token, its permission appflow:ListFlows, and the clock of the machine that runs n8n',
				},
			},
		],
	};

	// async, so that an error becomes a rejected promise
	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => await Promise.resolve(authenticate(credentials, request));
}
