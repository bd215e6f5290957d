import type { Headers, Request, ServiceErrorDetails } from '../../engine/http/client';
import { isObject, nonBlankText } from '../../engine/values';

const CLOCK =
	'The clock of the machine that runs n8n is wrong, and AWS accepts a signature for only a few minutes. Synchronize the clock with a time server.';

const KEY = 'Check the Secret Access Key and, if used, the Session Token in the credential.';

const REQUIRED_PERMISSIONS =
	'The missing permission is often for S3 or KMS rather than AppFlow. In addition to AppFlow permissions, a flow needs s3:ListAllMyBuckets; s3:ListBucket, s3:GetBucketLocation and s3:GetBucketPolicy on its buckets; kms:ListKeys, kms:ListAliases, kms:DescribeKey, kms:CreateGrant and kms:ListGrants on its key; and appflow:UseConnectorProfile on its connection. The managed policy AmazonAppFlowFullAccess grants all of them.';

/** Advice by error type: AppFlow's types and the common errors of AWS APIs. */
const advice: Record<string, string> = {
	AccessDeniedException: REQUIRED_PERMISSIONS,
	ConflictException:
		'A flow with this name already exists, or the state of the flow does not allow this operation, for example because it is running.',
	ConnectorAuthenticationException:
		'The application rejected the saved connection. This is not about the AWS key. Reconnect it in the AppFlow console, under Connections.',
	ConnectorServerException:
		'AppFlow could not read the application or the bucket. A prefix in an S3 source must contain at least one object, and the policy of each bucket must allow appflow.amazonaws.com.',
	ExpiredTokenException:
		'The session token has expired. Enter new temporary credentials or a permanent access key.',
	IncompleteSignatureException: KEY,
	InternalServerException: 'AppFlow had an internal error. Try again later.',
	InvalidClientTokenId: 'AWS does not recognize the Access Key ID. Check it in the credential.',
	InvalidSignatureException: `${KEY} If they are correct, check the Region.`,
	MissingAuthenticationTokenException:
		'Check the Endpoint in the credential. It does not appear to be an AppFlow endpoint.',
	RequestExpired: CLOCK,
	RequestTimeTooSkewed: CLOCK,
	ResourceNotFoundException:
		'Check the name and the Region in the credential. Each Region has its own flows and connections.',
	ServiceQuotaExceededException:
		'A quota is exceeded; this is not about a payment. Request an increase in the AWS console under Service Quotas, Amazon AppFlow, or delete flows.',
	SignatureDoesNotMatch: `${KEY} If they are correct, check the Region.`,
	ThrottlingException:
		'AppFlow is throttling requests. Set Parallel Requests in Options to a low number, or try again later.',
	UnrecognizedClientException:
		'AWS does not recognize the Access Key ID, or it is not valid in this Region. Check it in the credential.',
	UnsupportedOperationException:
		'This flow does not support the operation. For example, an on-demand flow cannot be deactivated. To end a run, use Cancel Runs.',
	ValidationException:
		'A name, a pattern or a required field is invalid. Compare the values with the AppFlow API reference.',
};

/** The causes of some unclear AppFlow messages, as reported by users, e.g. https://github.com/hashicorp/terraform-provider-aws/issues/34508. */
const byMessage: Array<[pattern: RegExp, description: string]> = [
	[/signature (expired|not yet current)|clock|too skewed/i, CLOCK],
	[
		/projection task or a MAP_ALL task/i,
		'The tasks must include a Map_all task, or a Filter task with the operator PROJECTION that lists every source field in use.',
	],
	[
		/NO_OP is not valid for filtering/i,
		"A Filter task needs an operator such as PROJECTION. Set it in connectorOperator, under the source connector's key.",
	],
	[
		/destination object for the destination connector can not be updated/i,
		'The bucket, prefix or object of the destination cannot be changed. Create another flow instead.',
	],
	[
		/do not update the object for the flow/i,
		'The bucket, prefix or object of the source cannot be changed. Create another flow instead.',
	],
];

/**
 * Throttling codes: AWS did not carry out the request. Some have the status 400. AWS's clients use the same list:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const THROTTLING = [
	'BandwidthLimitExceeded',
	'EC2ThrottledException',
	'LimitExceededException',
	'PriorRequestNotComplete',
	'ProvisionedThroughputExceededException',
	'RequestLimitExceeded',
	'RequestThrottled',
	'RequestThrottledException',
	'SlowDown',
	'ThrottledException',
	'Throttling',
	'ThrottlingException',
	'TooManyRequestsException',
	'TransactionInProgressException',
];

/** Timeout codes: it is unknown whether AWS carried out the request. */
const TIMEOUTS = ['RequestTimeout', 'RequestTimeoutException', 'TimeoutError'];

/** The error type without the URL that AWS adds after a colon and the namespace before a hash. */
function bareType(value: string | undefined): string | undefined {
	return value?.split(':')[0]?.split('#').at(-1)?.trim() || undefined;
}

/**
 * The error type and message, read as AWS's clients do: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 * The type is in a header or in the body. The body can be anything, for example HTML from a proxy.
 */
export function readError(body: unknown, headers: Headers): ServiceErrorDetails {
	const { message, Message, code, __type } = isObject(body) ? body : {};
	const [type] = [headers['x-amzn-errortype'], code, __type].flatMap(
		(name) => nonBlankText(name) ?? [],
	);
	return {
		message: nonBlankText(message) ?? nonBlankText(Message),
		code: bareType(type),
	};
}

/** Requests that name a flow and nothing else that may not exist. A start can also fail for its connections. */
const FLOW_REQUESTS = [
	'/cancel-flow-executions',
	'/delete-flow',
	'/describe-flow',
	'/describe-flow-execution-records',
	'/stop-flow',
];

export function missingResource(
	{ path, body }: Request,
	{ code, message = '' }: ServiceErrorDetails,
): string | undefined {
	const isFlow = FLOW_REQUESTS.includes(path) && /\bflow\b/i.test(message);
	if (code !== 'ResourceNotFoundException' || !isFlow) return undefined;
	const name = isObject(body) ? nonBlankText(body.flowName) : undefined;
	return name === undefined ? undefined : `flow with the name ${name}`;
}

export function isThrottled(code: string): boolean {
	return THROTTLING.includes(code);
}

export function isTimeout(code: string): boolean {
	return TIMEOUTS.includes(code);
}

export function adviceFor(status: number, code = '', message = ''): string | undefined {
	const [, found] = byMessage.find(([pattern]) => pattern.test(message)) ?? [];
	const byCode = Object.hasOwn(advice, code) ? advice[code] : undefined;
	const description =
		found ?? byCode ?? (isThrottled(code) ? advice.ThrottlingException : undefined);
	return description ?? (status >= 500 ? advice.InternalServerException : undefined);
}
