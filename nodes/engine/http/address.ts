import type { IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { inputError } from '../errors';
import { parseUrl } from '../values';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The switch of a credential whose address may be that of an emulator. */
export const allowHttp: INodeProperties = {
	displayName: 'Allow HTTP',
	name: 'allowHttp',
	type: 'boolean',
	default: false,
	description:
		'Whether to send to an address that begins with http:// and is not on this machine, as of an emulator in your own network. Anybody on the way can read what is sent.',
};

/**
 * The address of a server, as a credential names it.
 * @param what the credential's word for it, e.g. `base URL`
 * @param isHttpAllowed the credential's switch for plain http, which this machine may always use
 * @throws Fault when it is not a URL, or http without being allowed
 */
export function parseAddress(value: unknown, what: string, isHttpAllowed: unknown = false): URL {
	const text = typeof value === 'string' ? value.trim() : '';
	const url = parseUrl(text);
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw inputError(
			`The ${what} "${text}" is not a URL`,
			'It must look like https://api.example.com.',
		);
	}
	if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname) && isHttpAllowed !== true) {
		throw inputError(
			`The ${what} must start with https, or what is sent can be read on its way: "${text}"`,
			'For a server of your own, such as an emulator, turn on Allow HTTP in the credential.',
		);
	}
	if (url.search || url.hash || url.username || url.password) {
		throw inputError(`The ${what} must end with the host or a path: "${url.origin}"`);
	}
	return url;
}

/**
 * Where a request goes. Nodes give a path only; a full address, as from the HTTP Request node,
 * must be on the credential's own host, whatever asks.
 * @param base the credential's address, without a slash at its end
 * @returns the address, and the key by which the request names it
 * @throws Fault when it is on another host
 */
export function resolveAddress(
	base: string,
	request: IHttpRequestOptions,
): { key: 'uri' | 'url'; address: string } {
	// the HTTP Request node still names the address as the request library did
	const key = 'uri' in request ? 'uri' : 'url';
	const asked = String('uri' in request ? request.uri : request.url);
	const address = asked.startsWith('/') ? base + asked : asked;
	if (!`${parseUrl(address, request.baseURL)?.href}`.startsWith(`${parseUrl(base)?.origin}/`)) {
		throw inputError(`This credential is for ${base} only; it is not sent to ${address}`);
	}
	return { key, address };
}
