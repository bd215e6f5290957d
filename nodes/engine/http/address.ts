import type { IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { inputError } from '../errors';
import { parseUrl } from '../values';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The credential field that allows plain HTTP, for emulators. */
export const allowHttp: INodeProperties = {
	displayName: 'Allow HTTP',
	name: 'allowHttp',
	type: 'boolean',
	default: false,
	description:
		'Whether to allow an http:// address on another machine, such as an emulator in your network. HTTP is not encrypted: others on the network can read the data.',
};

/**
 * Parses the server address in a credential.
 * @param what the name of the field in messages, e.g. `base URL`
 * @param isHttpAllowed whether the credential allows plain HTTP. HTTP to this machine is always allowed.
 * @throws OperationError if it is not a URL, or uses HTTP without permission
 */
export function parseAddress(value: unknown, what: string, isHttpAllowed: unknown = false): URL {
	const text = typeof value === 'string' ? value.trim() : '';
	const url = parseUrl(text);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw inputError(
			`The ${what} "${text}" is not a URL`,
			'Use a URL such as https://api.example.com.',
		);
	}
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname) && isHttpAllowed !== true) {
		throw inputError(
			`The ${what} must start with https, because HTTP is not encrypted: "${text}"`,
			'For your own server, such as an emulator, turn on Allow HTTP in the credential.',
		);
	}
	if (url.search || url.hash || url.username || url.password) {
		throw inputError(`The ${what} must not have a query, a fragment or a user: "${url.origin}"`);
	}
	return url;
}

/**
 * Resolves the address of a request. This package's nodes pass a path. The HTTP Request node passes a full address,
 * which must be on the credential's host.
 * @param base the credential's address, without a trailing slash
 * @returns the address, and the request option that contains it
 * @throws OperationError if the address is on another host
 */
export function resolveAddress(
	base: string,
	request: IHttpRequestOptions,
): { key: 'uri' | 'url'; address: string } {
	// the HTTP Request node still uses the option name of the request library
	const key = 'uri' in request ? 'uri' : 'url';
	const requested = String('uri' in request ? request.uri : request.url);
	const address = requested.startsWith('/') ? base + requested : requested;
	if (!`${parseUrl(address, request.baseURL)?.href}`.startsWith(`${parseUrl(base)?.origin}/`)) {
		throw inputError(`This credential is only for ${base} and is not sent to ${address}`);
	}
	return { key, address };
}
