import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { resolveAddress, parseAddress } from './address';
import { inputError } from '../errors';
import { without } from '../values';

/**
 * Parses the Base URL of a credential. Removes a trailing slash, and a version such as /v2, because every request
 * path starts with the version. Keeps any other path, such as a proxy's.
 * @param isHttpAllowed whether the credential allows plain HTTP. HTTP to this machine is always allowed.
 * @throws OperationError if it is not a URL, or uses HTTP without permission
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
		throw inputError(`The ${word} in the credential contains spaces or other invalid characters`);
	}
	return token;
}

/**
 * Adds the credential's token to a request to the credential's host.
 * @param word the service's name for the token, for messages
 * @throws OperationError if the request is for another host, or the credential is invalid
 */
export function bearer(
	{ baseUrl, token, allowHttp }: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
	word = 'token',
): IHttpRequestOptions {
	const base = parseBaseUrl(baseUrl, allowHttp);
	const { key, address } = resolveAddress(base, request);
	return {
		...without(request, 'baseURL'),
		[key]: address,
		headers: { ...request.headers, Authorization: `Bearer ${parseToken(token, word)}` },
		// by default, n8n forwards Authorization to the target of a redirect
		sendCredentialsOnCrossOriginRedirect: false,
	};
}
