import { asOperationError } from '../errors';
import { isByteStream, parseJson } from './body';
import type { ByteStream } from './body';
import { parseHttpDate, parseRetryAfter } from './retry';
import type { Outcome } from './retry';
import type { ApiProfile, ApiResponse, Headers, ServiceErrorDetails } from './types';

interface FullResponse {
	statusCode: number;
	headers: Headers;
	body: ByteStream;
}

/** Whether n8n's request helper returned a response with the options of `requestOptions`. */
export function isFullResponse(value: unknown): value is FullResponse {
	return (
		typeof value === 'object' &&
		value !== null &&
		'statusCode' in value &&
		typeof value.statusCode === 'number' &&
		'headers' in value &&
		typeof value.headers === 'object' &&
		'body' in value &&
		isByteStream(value.body)
	);
}

/**
 * Parses a response.
 * @returns undefined if a success is not JSON; an error that is not JSON, such as a proxy's, is known by its status
 * @throws OperationError with the code `TOO_DEEP`
 */
export function parseResponse(
	text: string,
	status: number,
	headers: Headers,
): ApiResponse | undefined {
	const serverTimeMs = parseHttpDate(headers.date);
	try {
		const body = text.trim() === '' ? undefined : parseJson(text);
		return { status, body, serverTimeMs, link: headers.link };
	} catch (error) {
		if (status >= 400) return { status, body: undefined, serverTimeMs };
		if (asOperationError(error).details.code === 'TOO_DEEP') throw asOperationError(error);
		return undefined;
	}
}

function textHeader(headers: Headers, name: string): string | undefined {
	const value = headers[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The outcome of an attempt with a response, and the details for its error. */
export function outcomeOfResponse(
	profile: ApiProfile,
	{
		text,
		status,
		headers,
		body,
	}: { text: string; status: number; headers: Headers; body: unknown },
): { outcome: Outcome; requestId?: string; location?: string; serviceError?: ServiceErrorDetails } {
	const serviceError = status < 400 ? undefined : profile.readError(body ?? text, headers);
	const { code = '' } = serviceError ?? {};
	const outcome: Outcome = {
		kind: 'response',
		status,
		throttled: profile.isThrottled?.(code),
		timedOut: profile.isTimeout?.(code),
		retryAfterMs: parseRetryAfter(
			headers['retry-after'],
			// a date is by the clock of the server that wrote it
			parseHttpDate(headers.date) ?? Date.now(),
		),
	};
	const requestId = textHeader(headers, 'x-request-id') ?? textHeader(headers, 'x-amzn-requestid');
	return { outcome, requestId, location: textHeader(headers, 'location'), serviceError };
}
