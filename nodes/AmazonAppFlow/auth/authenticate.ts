import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { resolveAddress, parseAddress } from '../../engine/http/address';
import { inputError } from '../../engine/errors';
import { isBlank, isScalar, quoted } from '../../engine/values';
import { canonicalUrl, sign } from './signature';
import type { AwsKey } from './signature';

const SERVICE = 'appflow';

/** The regions that AWS names for AppFlow: https://docs.aws.amazon.com/general/latest/gr/appflow.html */
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

/** In place of a region: it stands in another field. */
export const OTHER_REGION = 'other';

/** Of the other partitions, by how their regions begin; as AWS's own clients have them. */
const DOMAINS: Array<[begin: string, domain: string]> = [
	['cn-', 'amazonaws.com.cn'],
	['eu-isoe-', 'cloud.adc-e.uk'],
	['eusc-', 'amazonaws.eu'],
	['us-iso-', 'c2s.ic.gov'],
	['us-isob-', 'sc2s.sgov.gov'],
	['us-isof-', 'csp.hci.ic.gov'],
];

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** It becomes part of a host name, so its shape is checked. */
function regionOf({ region, otherRegion }: ICredentialDataDecryptedObject): string {
	const name = text(region === OTHER_REGION ? otherRegion : region);
	if (/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(name) && name.length <= 32) return name;
	throw inputError(
		`The region in the credential must look like eu-west-1, but is ${quoted(name)}`,
		'Nothing was sent. Correct it in the Amazon AppFlow API credential.',
	);
}

/** Where AppFlow is: the endpoint of the credential, or AWS's own for the region. Without a path. */
function endpointOf(credential: ICredentialDataDecryptedObject, region: string): string {
	if (isBlank(credential.endpoint)) {
		const [, domain = 'amazonaws.com'] = DOMAINS.find(([begin]) => region.startsWith(begin)) ?? [];
		return `https://${SERVICE}.${region}.${domain}`;
	}
	const { origin, pathname } = parseAddress(credential.endpoint, 'endpoint', credential.allowHttp);
	if (pathname === '/') return origin;
	throw inputError(`The endpoint must end with the host: "${origin}"`);
}

function secretText(value: unknown, label: string): string {
	const secret = text(value);
	if (secret === '') throw inputError(`The ${label} in the credential is empty`);
	if (/^[\x21-\x7e]+$/.test(secret)) return secret;
	throw inputError(`The ${label} in the credential has blanks or characters that no such key has`);
}

function keyOf(credential: ICredentialDataDecryptedObject): AwsKey {
	const accessKeyId = secretText(credential.accessKeyId, 'access key ID');
	if (!/^\w+$/.test(accessKeyId)) {
		throw inputError('The access key ID in the credential has characters that no such ID has');
	}
	const sessionToken = isBlank(credential.sessionToken)
		? undefined
		: secretText(credential.sessionToken, 'session token');
	if (accessKeyId.startsWith('ASIA') && sessionToken === undefined) {
		throw inputError(
			'The access key ID in the credential is a temporary one, which works only with its session token',
			'Enter the session token, or use a permanent key, which begins with AKIA.',
		);
	}
	return {
		accessKeyId,
		secretAccessKey: secretText(credential.secretAccessKey, 'secret access key'),
		sessionToken,
	};
}

/** The query as part of the address, because it is signed. */
function addQuery(url: URL, qs: IDataObject = {}): void {
	for (const [name, value] of Object.entries(qs)) {
		for (const one of [value].flat()) if (isScalar(one)) url.searchParams.append(name, String(one));
	}
}

/** The very bytes that will be sent; empty when there is no body. */
function bodyOf({ method = 'GET', body }: IHttpRequestOptions): string | Buffer {
	if (Buffer.isBuffer(body)) return body;
	// the HTTP client trims JSON text
	if (typeof body === 'string') return body.trim();
	if (body === undefined || body === null) return '';
	if (typeof body !== 'object' || 'pipe' in body || 'append' in body) {
		throw inputError('The Amazon AppFlow API credential can sign JSON only');
	}
	// n8n adds an empty object where there is nothing to send
	const isNothing = Object.keys(body).length === 0 && !/^(POST|PUT|PATCH)$/i.test(method);
	return isNothing ? '' : JSON.stringify(body);
}

/** As they will be sent: without a body there is no type of it, because the HTTP client would drop it. */
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
 * Signs a request to AppFlow with the credential's key, for the credential's own host and no other.
 * May be given its own result, because n8n authenticates again before it repeats a request.
 * @throws Fault when the credential, or the request, cannot work
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
		...refuseRedirects(key),
		[key]: signed.href,
		headers,
		body: body.length > 0 ? body : undefined,
	};
}

/** AppFlow has none, and a session token must not go along with one. */
function refuseRedirects(key: 'uri' | 'url'): object {
	return key === 'url'
		? { disableFollowRedirect: true }
		: { followRedirect: false, followAllRedirects: false };
}
