import type { IHttpRequestOptions } from 'n8n-workflow';
import { writeJson } from './body';
import type { Request } from './types';

/** The options of n8n's request helper. */
export function requestOptions(
	{ method, path, query, body }: Request,
	timeoutMs: number,
): IHttpRequestOptions {
	const search = new URLSearchParams();
	for (const [key, value] of Object.entries(query ?? {})) {
		for (const one of [value].flat()) if (one !== undefined) search.append(key, String(one));
	}
	return {
		method,
		url: search.size > 0 ? `${path}?${search.toString()}` : path,
		headers: {
			accept: 'application/json',
			...(body !== undefined && { 'content-type': 'application/json' }),
		},
		// text, because n8n drops an empty object, and axios copies objects key by key
		...(body !== undefined && { body: writeJson(body) }),
		timeout: timeoutMs,
		// a redirect would forward the token and, as a GET, lose the body
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		// a stream, because n8n does not limit how much it reads into memory
		encoding: 'stream',
	};
}

/**
 * The kind of a request, for comparing how long requests take: the method, and the path without IDs. A segment counts
 * as an ID if it is long or contains a digit.
 */
export function kindOf({ method, path }: Request): string {
	const segments = path.split('/').map((segment) => {
		const isId = segment.length > 24 || (/\d/.test(segment) && !/^v\d+$/.test(segment));
		return isId ? '*' : segment;
	});
	return `${method} ${segments.join('/')}`;
}
