import type { ServiceErrorDetails, Headers } from '../../engine/http/client';
import { isObject } from '../../engine/values';

const CLOCK =
	'AWS takes a signature for some minutes only: the clock of the machine that runs n8n is wrong. Set it by a time server.';

const KEY =
	'Check the Secret Access Key, and the Session Token if there is one, in the credential.';

const HIDDEN_RIGHTS =
	'The missing right is often one of S3 or KMS, although AppFlow was asked. Besides those of AppFlow, a flow needs s3:ListAllMyBuckets; s3:ListBucket, s3:GetBucketLocation and s3:GetBucketPolicy on its buckets; kms:ListKeys, kms:ListAliases, kms:DescribeKey, kms:CreateGrant and kms:ListGrants on its key; and appflow:UseConnectorProfile on its connection. The managed policy AmazonAppFlowFullAccess has them.';

/** How to get unstuck, by the type of the error. AppFlow's own types, and those of AWS's front end. */
const advice: Record<string, string> = {
	AccessDeniedException: HIDDEN_RIGHTS,
	ConflictException:
		'A flow of this name exists already, or the flow is in a state in which this cannot be done, such as running.',
	ConnectorAuthenticationException:
		'The application refused the saved connection; the AWS key is not in question. Reconnect it in the AppFlow console, under Connections.',
	ConnectorServerException:
		'The application, or the bucket, could not be read. A prefix of S3 as a source must hold at least one object, and the policy of each bucket must admit appflow.amazonaws.com.',
	ExpiredTokenException:
		'The session token has expired. Enter new temporary keys, or a permanent one.',
	IncompleteSignatureException: KEY,
	InternalServerException: 'AppFlow has a fault of its own; try again later.',
	InvalidClientTokenId: 'AWS does not know the Access Key ID. Check it in the credential.',
	InvalidSignatureException: `${KEY} If they are right, check the Region.`,
	MissingAuthenticationTokenException:
		'Check the Endpoint in the credential: it does not seem to be AppFlow.',
	RequestExpired: CLOCK,
	RequestTimeTooSkewed: CLOCK,
	ResourceNotFoundException:
		'Check the name, and that it is in the Region of the credential: each region has flows and connections of its own.',
	ServiceQuotaExceededException:
		'This is about a quota, not about a payment. Look it up in the AWS console under Service Quotas, Amazon AppFlow, and ask for more, or delete flows.',
	SignatureDoesNotMatch: `${KEY} If they are right, check the Region.`,
	ThrottlingException:
		'AppFlow takes no more requests for now. Lower Parallel Requests, or try again later.',
	UnrecognizedClientException:
		'AWS does not know the Access Key ID, or it is not one for this Region. Check it in the credential.',
	UnsupportedOperationException:
		'The flow does not allow this: for one, a flow that runs on demand cannot be stopped. To end a run, use Cancel Runs.',
	ValidationException:
		'Compare the values that were sent with the reference of the AppFlow API: a name, a pattern or a required field is not as it must be.',
};

/** What is behind some of AppFlow's sentences, as users have found out. */
const byMessage: Array<[pattern: RegExp, description: string]> = [
	[/signature (expired|not yet current)|clock|too skewed/i, CLOCK],
	[
		/projection task or a MAP_ALL task/i,
		'The tasks must have one of the type Map_all, or a Filter with the operator PROJECTION that lists every source field in use.',
	],
	[
		/NO_OP is not valid for filtering/i,
		"A Filter needs an operator such as PROJECTION under the source connector's own key in connectorOperator.",
	],
	[
		/destination object for the destination connector can not be updated/i,
		'Bucket, prefix or object of the destination cannot be changed. Create another flow instead.',
	],
	[
		/do not update the object for the flow/i,
		'Bucket, prefix or object of the source cannot be changed. Create another flow instead.',
	],
];

/**
 * Codes by which AWS says that it takes no more for now, so that it has not done what it was asked; some come with the
 * status 400. They are those that AWS's own clients take so, https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
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

/** Codes by which AWS says that it has waited in vain, so that it is not known how far it has come. */
const TIMED_OUT = ['RequestTimeout', 'RequestTimeoutException', 'TimeoutError'];

function textOf(...values: unknown[]): string | undefined {
	return values.find((value): value is string => typeof value === 'string' && value.trim() !== '');
}

/** The bare type: AWS adds an address after a colon, and a namespace before a hash. */
function typeIn(value: string | undefined): string | undefined {
	return value?.split(':')[0]?.split('#').at(-1)?.trim() || undefined;
}

/**
 * What went wrong, as AWS's own clients find it: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
 * The type is in a header, else in the body, which may be anything, as from a proxy.
 */
export function readError(body: unknown, headers: Headers): ServiceErrorDetails {
	const { message, Message, code, __type } = isObject(body) ? body : {};
	return {
		message: textOf(message, Message),
		code: typeIn(textOf(headers['x-amzn-errortype'], code, __type)),
	};
}

export function isThrottled(code: string): boolean {
	return THROTTLING.includes(code);
}

export function isTimeout(code: string): boolean {
	return TIMED_OUT.includes(code);
}

export function adviceFor(status: number, code = '', message = ''): string | undefined {
	const [, found] = byMessage.find(([pattern]) => pattern.test(message)) ?? [];
	const own = Object.hasOwn(advice, code) ? advice[code] : undefined;
	const words = found ?? own ?? (isThrottled(code) ? advice.ThrottlingException : undefined);
	return words ?? (status >= 500 ? advice.InternalServerException : undefined);
}
