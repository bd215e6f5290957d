import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { refusal } from './fault';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The address that a credential's Base URL stands for: no trailing slash, and no version such
 * as /v2 at its end, since every path begins with it. Any other path, as of a proxy, is kept.
 * @throws Fault when it is not a URL, or not https (plain http is accepted for this machine only)
 */
export function parseBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const url = URL.parse(text);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw refusal(
			`The base URL "${text}" is not a URL`,
			'It must look like https://api.example.com.',
		);
	}
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
		throw refusal(
			`The base URL must start with https, or the token can be read on its way: "${text}"`,
		);
	}
	if (url.search || url.hash || url.username || url.password) {
		throw refusal(`The base URL must end with the host or a path: "${url.origin}"`);
	}
	return (
		url.origin +
		url.pathname
			.replace(/\/+$/, '')
			.replace(/\/v\d+$/, '')
			.replace(/\/+$/, '')
	);
}

function parseToken(value: unknown, word: string): string {
	const token = (typeof value === 'string' ? value : '').trim().replace(/^bearer(\s+|$)/i, '');
	if (token === '') throw refusal(`The ${word} in the credential is empty`);
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw refusal(`The ${word} in the credential has blanks or characters that no ${word} has`);
	}
	return token;
}

/**
 * Sends the credential's token to the credential's host, and nowhere else.
 * Nodes give a path only; a full address, as from the HTTP Request node, must be on the same host.
 * @param word the service's own for a token
 */
export function bearer(
	{ baseUrl, token }: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	word = 'token',
): IHttpRequestOptions {
	const base = parseBaseUrl(baseUrl);
	const { baseURL, ...rest } = request;
	// the HTTP Request node still names the address as the request library did
	const key = 'uri' in request ? 'uri' : 'url';
	const asked = String('uri' in request ? request.uri : request.url);
	const address = asked.startsWith('/') ? base + asked : asked;
	if (!`${URL.parse(address, baseURL)?.href}`.startsWith(`${URL.parse(base)?.origin}/`)) {
		throw refusal(`This credential is for ${base} only; it is not sent to ${address}`);
	}
	return {
		...rest,
		[key]: address,
		headers: { ...request.headers, Authorization: `Bearer ${parseToken(token, word)}` },
		// n8n repeats Authorization at the target of a redirect unless it is told not to
		sendCredentialsOnCrossOriginRedirect: false,
	};
}

/**
 * A credential test: a GET that succeeds with a valid token.
 * @param words what to say of a status, where n8n's own words say too little
 */
export function testByGet(
	path: string,
	words: Record<number, string> = {},
): ICredentialTestRequest {
	return {
		request: { url: path, method: 'GET', disableFollowRedirect: true },
		rules: Object.entries(words).map(([status, message]) => ({
			type: 'responseCode',
			properties: { value: Number(status), message },
		})),
	};
}
