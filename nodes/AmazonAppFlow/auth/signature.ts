import { createHash, createHmac } from 'node:crypto';

/** AWS credentials. */
export interface AwsKey {
	accessKeyId: string;
	secretAccessKey: string;
	/** For temporary credentials only. */
	sessionToken?: string;
}

/** A request to sign, exactly as it is sent. */
export interface Signable {
	method: string;
	/** The host, path and query as sent; use {@link canonicalUrl}. */
	url: URL;
	/** Names in any case. Headers that match {@link SIGNED} are signed. */
	headers: Record<string, string>;
	/** Empty if there is no body. */
	body: string | Uint8Array;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SIGNED = /^(host|content-type|x-amz-.+)$/;

/** Encodes everything except the unreserved characters of RFC 3986. encodeURIComponent leaves five others unencoded. */
function encode(text: string): string {
	return encodeURIComponent(text).replace(/[!'()*]/g, escapeChar);
}

function escapeChar(char: string): string {
	return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}

function byCode([a, x]: [string, string], [b, y]: [string, string]): number {
	const [first, second] = a === b ? [x, y] : [a, b];
	return first < second ? -1 : Number(first > second);
}

/** Sorted by encoded name, then by encoded value. A space becomes %20. */
function canonicalQuery({ searchParams }: URL): string {
	return Array.from(searchParams, ([name, value]): [string, string] => [
		encode(name),
		encode(value),
	])
		.sort(byCode)
		.map((pair) => pair.join('='))
		.join('&');
}

/** The path as sent, encoded again: %3A in the request becomes %253A here. */
function canonicalPath({ pathname }: URL): string {
	return encode(pathname).replaceAll('%2F', '/');
}

/** The URL in canonical form, so that AWS reads it exactly as it was signed. */
export function canonicalUrl(url: URL): URL {
	const canonical = new URL(url);
	canonical.pathname = url.pathname.replace(/\/{2,}/g, '/').replace(/[!'()*]/g, escapeChar);
	canonical.search = canonicalQuery(url);
	canonical.hash = '';
	return canonical;
}

function sha256(data: string | Uint8Array): string {
	return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Uint8Array, data: string): Buffer {
	return createHmac('sha256', key).update(data).digest();
}

/**
 * Signs a request with Signature Version 4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @param now the current time: AWS accepts a signature for a few minutes
 * @returns the headers to send, including the signature. Headers of an earlier signature are replaced.
 */
export function sign(
	{ method, url, headers, body }: Signable,
	{ accessKeyId, secretAccessKey, sessionToken }: AwsKey,
	{ region, service, now }: { region: string; service: string; now: Date },
): Record<string, string> {
	const time = now.toISOString().replace(/[:-]|\.\d{3}/g, '');
	const date = time.slice(0, 8);
	const sent = {
		...unsigned(headers),
		Host: url.host,
		'X-Amz-Date': time,
		...(sessionToken !== undefined && { 'X-Amz-Security-Token': sessionToken }),
	};

	const signed = Object.entries(sent)
		.map(([name, value]): [string, string] => [
			name.toLowerCase(),
			value.trim().replace(/\s+/g, ' '),
		])
		.filter(([name]) => SIGNED.test(name))
		.sort(byCode);
	const names = signed.map(([name]) => name).join(';');
	const canonicalRequest = [
		method.toUpperCase(),
		canonicalPath(url),
		canonicalQuery(url),
		...signed.map((header) => header.join(':')),
		'',
		names,
		sha256(body),
	].join('\n');

	const scope = `${date}/${region}/${service}/aws4_request`;
	const toSign = [ALGORITHM, time, scope, sha256(canonicalRequest)].join('\n');
	const key = [date, region, service, 'aws4_request'].reduce<string | Uint8Array>(
		hmac,
		`AWS4${secretAccessKey}`,
	);
	const signature = createHmac('sha256', key).update(toSign).digest('hex');
	return {
		...sent,
		Authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
	};
}

/** The headers without those of an earlier signature, because a retry is signed again. */
function unsigned(headers: Record<string, string>): Record<string, string> {
	const added = /^(authorization|host|x-amz-date|x-amz-security-token)$/i;
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !added.test(name)));
}
