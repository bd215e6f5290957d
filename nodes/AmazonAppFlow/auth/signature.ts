import { createHash, createHmac } from 'node:crypto';

/** What AWS needs to know who asks. */
export interface AwsKey {
	accessKeyId: string;
	secretAccessKey: string;
	/** With temporary keys only. */
	sessionToken?: string;
}

/** A request as it will be sent. */
export interface Signable {
	method: string;
	/** Host, path and query must be those that are sent; {@link canonicalUrl} makes them so. */
	url: URL;
	/** Their names in any case; those of {@link SIGNED} and all that begin with x-amz- are signed. */
	headers: Record<string, string>;
	/** The very bytes; empty when there is no body. */
	body: string | Uint8Array;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SIGNED = /^(host|content-type|x-amz-.+)$/;

/** Encodes all but the unreserved characters of RFC 3986: encodeURIComponent spares five more. */
function encode(text: string): string {
	return encodeURIComponent(text).replace(/[!'()*]/g, escapeChar);
}

function escapeChar(char: string): string {
	return `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
}

function byCode([a, x]: [string, string], [b, y]: [string, string]): number {
	const [one, other] = a === b ? [x, y] : [a, b];
	return one < other ? -1 : Number(one > other);
}

/** Sorted by encoded name, then by encoded value; a blank is %20. */
function canonicalQuery({ searchParams }: URL): string {
	return Array.from(searchParams, ([name, value]): [string, string] => [
		encode(name),
		encode(value),
	])
		.sort(byCode)
		.map((pair) => pair.join('='))
		.join('&');
}

/** Each segment as it is sent, encoded once more: what is %3A on the wire is %253A here. */
function canonicalPath({ pathname }: URL): string {
	return encode(pathname).replaceAll('%2F', '/');
}

/** The same address, spelled so that no two readers of it can differ on what was signed. */
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
 * @param now of this machine: AWS takes a signature for some minutes
 * @returns the headers to send, those of the signature among them; what an earlier signature left is gone
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

/** The headers without what a signature adds: a request that is sent again is signed anew. */
function unsigned(headers: Record<string, string>): Record<string, string> {
	const added = /^(authorization|host|x-amz-date|x-amz-security-token)$/i;
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !added.test(name)));
}
