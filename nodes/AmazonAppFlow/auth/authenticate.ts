import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { resolveAddress, parseAddress } from '../../engine/http/address';
import { inputError } from '../../engine/errors';
import { isBlank, isScalar, trimmedText, quoted } from '../../engine/values';
import { canonicalUrl, sign } from './signature';
import type { AwsKey } from './signature';

const SERVICE = 'appflow';

/** The Regions with AppFlow: https://docs.aws.amazon.com/general/latest/gr/appflow.html */
export const regions = [
	'af-south-1',
	'ap-northeast-1',
	'ap-northeast-2',
	'ap-south-1',
	'ap-southeast-1',
	'ap-southeast-2',
	'ca-central-1',
	'eu-central-1',
	'eu-west-1',
	'eu-west-2',
	'eu-west-3',
	'sa-east-1',
	'us-east-1',
	'us-east-2',
	'us-west-1',
	'us-west-2',
] as const;

/** The option for a Region that is not in the list; a separate field names it. */
export const OTHER_REGION = 'other';

/** The domains of the other AWS partitions by Region prefix, as in AWS's clients. */
const DOMAINS: Array<[prefix: string, domain: string]> = [
	['cn-', 'amazonaws.com.cn'],
	['eu-isoe-', 'cloud.adc-e.uk'],
	['eusc-', 'amazonaws.eu'],
	['us-iso-', 'c2s.ic.gov'],
	['us-isob-', 'sc2s.sgov.gov'],
	['us-isof-', 'csp.hci.ic.gov'],
];

/** The Region. Its format is checked because it becomes part of a host name. */
function regionOf({ region, otherRegion }: ICredentialDataDecryptedObject): string {
	const name = trimmedText(region === OTHER_REGION ? otherRegion : region) ?? '';
	if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(name) && name.length <= 32) return name;
	throw inputError(
		`The Region in the credential must have a format such as eu-west-1, but is ${quoted(name)}`,
		'Nothing was sent. Correct it in the Amazon AppFlow API credential.',
	);
}

/** The endpoint in the credential, or the public endpoint of the Region. It has no path. */
function endpointOf(credential: ICredentialDataDecryptedObject, region: string): string {
	if (isBlank(credential.endpoint)) {
		const [, domain = 'amazonaws.com'] =
			DOMAINS.find(([prefix]) => region.startsWith(prefix)) ?? [];
		return `https://${SERVICE}.${region}.${domain}`;
	}
	const { origin, pathname } = parseAddress(credential.endpoint, 'endpoint', credential.allowHttp);
	if (pathname === '/') return origin;
	throw inputError(`The endpoint must not have a path: use "${origin}"`);
}

function readSecret(value: unknown, label: string): string {
	const secret = trimmedText(value);
	if (secret === undefined) throw inputError(`The ${label} in the credential is empty`);
	if (/^[\x21-\x7e]+$/.test(secret)) return secret;
	throw inputError(`The ${label} in the credential contains spaces or invalid characters`);
}

function keyOf(credential: ICredentialDataDecryptedObject): AwsKey {
	const accessKeyId = readSecret(credential.accessKeyId, 'access key ID');
	if (!/^\w+$/.test(accessKeyId)) {
		throw inputError('The access key ID in the credential contains invalid characters');
	}
	const sessionToken = isBlank(credential.sessionToken)
		? undefined
		: readSecret(credential.sessionToken, 'session token');
	if (accessKeyId.startsWith('ASIA') && sessionToken === undefined) {
		throw inputError(
			'The access key ID in the credential is temporary and requires a session token',
			'Enter the session token, or use a permanent access key, whose ID begins with AKIA.',
		);
	}
	return {
		accessKeyId,
		secretAccessKey: readSecret(credential.secretAccessKey, 'secret access key'),
		sessionToken,
	};
}

/** Moves the query into the URL, because the URL is signed. */
function addQuery(url: URL, qs: IDataObject = {}): void {
	for (const [name, value] of Object.entries(qs)) {
		for (const entry of [value].flat()) {
			if (isScalar(entry)) url.searchParams.append(name, String(entry));
		}
	}
}

/** The body exactly as it is sent. Empty if there is none. */
function bodyOf({ method = 'GET', body }: IHttpRequestOptions): string | Buffer {
	if (Buffer.isBuffer(body)) return body;
	// the HTTP client trims JSON text
	if (typeof body === 'string') return body.trim();
	if (body === undefined || body === null) return '';
	if (typeof body !== 'object' || 'pipe' in body || 'append' in body) {
		throw inputError('The Amazon AppFlow API credential can sign JSON only');
	}
	// n8n sets an empty object for requests without a body
	const isEmpty = Object.keys(body).length === 0 && !/^(POST|PUT|PATCH)$/i.test(method);
	return isEmpty ? '' : JSON.stringify(body);
}

/** The headers as sent. A content type without a body is removed, because the HTTP client drops it. */
function headersOf({ headers = {} }: IHttpRequestOptions, hasBody: boolean) {
	const kept: Record<string, string> = {};
	let type = 'application/json';
	for (const [name, value] of Object.entries(headers)) {
		if (!isScalar(value)) continue;
		if (name.toLowerCase() === 'content-type') type = String(value);
		else kept[name] = String(value);
	}
	return hasBody ? { ...kept, 'content-type': type } : kept;
}

/**
 * Signs a request to AppFlow, only for the host in the credential.
 * A signed request can be signed again, because n8n authenticates each retry.
 * @throws OperationError if the credential or the request is invalid
 */
export function authenticate(
	credential: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	now = new Date(),
): IHttpRequestOptions {
	const region = regionOf(credential);
	const endpoint = endpointOf(credential, region);
	const { baseURL, qs, ...rest } = request;
	const { key, address } = resolveAddress(endpoint, request);
	const url = new URL(address, baseURL);
	addQuery(url, qs);
	const signed = canonicalUrl(url);
	const body = bodyOf(request);
	const headers = sign(
		{
			method: request.method ?? 'GET',
			url: signed,
			headers: headersOf(request, body.length > 0),
			body,
		},
		keyOf(credential),
		{ region, service: SERVICE, now },
	);
	return {
		...rest,
		...withoutRedirects(key),
		[key]: signed.href,
		headers,
		body: body.length > 0 ? body : undefined,
	};
}

/** Disables redirects: AppFlow has none, and one could send the session token to another host. */
function withoutRedirects(key: 'uri' | 'url'): object {
	return key === 'url'
		? { disableFollowRedirect: true }
		: { followRedirect: false, followAllRedirects: false };
}
