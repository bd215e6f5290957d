import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { resolveAddress, parseAddress } from './address';
import { inputError } from '../errors';

/**
 * The address that a credential's Base URL stands for: no trailing slash, and no version such
 * as /v2 at its end, since every path begins with it. Any other path, as of a proxy, is kept.
 * @param isHttpAllowed the credential's switch for plain http, which this machine may always use
 * @throws Fault when it is not a URL, or http without being allowed
 */
export function parseBaseUrl(value: unknown, isHttpAllowed?: unknown): string {
	const url = parseAddress(value, 'base URL', isHttpAllowed);
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
	if (token === '') throw inputError(`The ${word} in the credential is empty`);
	if (!/^[\x21-\x7e]+$/.test(token)) {
		throw inputError(`The ${word} in the credential has blanks or characters that no ${word} has`);
	}
	return token;
}

/**
 * Sends the credential's token to the credential's host, and nowhere else.
 * Nodes give a path only; a full address, as from the HTTP Request node, must be on the same host.
 * @param word the service's own for a token
 */
export function bearer(
	{ baseUrl, token, allowHttp }: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	word = 'token',
): IHttpRequestOptions {
	const base = parseBaseUrl(baseUrl, allowHttp);
	const { key, address } = resolveAddress(base, request);
	const { baseURL: _baseURL, ...rest } = request;
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
