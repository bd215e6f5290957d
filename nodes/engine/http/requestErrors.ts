import { OperationError } from '../errors';
import type { Failure, Outcome } from './retry';
import type { ApiProfile, ApiResponse, Headers, Request, ServiceErrorDetails } from './types';
import { isBlank, isObject } from '../values';

/** The outcome of an attempt without a usable response. */
export interface FailedAttempt {
	outcome: Outcome;
	/** The target of a redirect. */
	location?: string;
	requestId?: string;
	serviceError?: ServiceErrorDetails;
}

/** What is known about a request that is not retried. */
export type FailureDetails = Omit<Failure, 'action'>;

/** Redirects that mean that nothing was done. After others, the request may have been carried out. */
const NOT_CARRIED_OUT = [307, 308];

function seconds(ms: number): string {
	return `${Math.ceil(ms / 1000)} s`;
}

/** An error before the request was sent, such as a missing credential or a blocked address. */
export function notSentError(error: unknown): OperationError {
	const { message } = error instanceof Error ? error : { message: String(error) };
	return new OperationError(message, {
		description: 'Nothing was sent. Check the credential of this node.',
	});
}

/** The error for a request that was probably carried out, but whose response cannot be used. */
export function unusableResponse(
	{ service }: ApiProfile,
	{ effect }: Request,
	problem: string,
	details: { status?: number; requestId?: string } = {},
): OperationError {
	return new OperationError(problem, {
		...details,
		fromService: true,
		outcomeUnknown: effect !== 'read',
		description: `Check that the base URL in the credential is that of the ${service} API.`,
	});
}

/** The members of a response body that only describes an error. */
const ERROR_MEMBERS =
	/^(__type|code|detail|details|error|error_?description|errors|message|ok|path|request_?id|status|status_?code|success|timestamp|title|trace_?id|type)$/i;

/** Whether the body of a 2xx response describes an error. A body with other members is a resource. */
function isErrorBody(body: unknown): boolean {
	if (!isObject(body) || !Object.keys(body).every((name) => ERROR_MEMBERS.test(name))) return false;
	const hasError = [body.error, body.errors, body.__type].some(
		(value) => !isBlank(value) && value !== false && !(Array.isArray(value) && value.length === 0),
	);
	return hasError || body.success === false || body.ok === false;
}

/** Why a 2xx response is not a success, as a message. Undefined if it is. */
export function responseProblem(
	profile: ApiProfile,
	{ effect }: Request,
	{ status, body }: ApiResponse,
	headers: Headers,
): string | undefined {
	// the response to a write may be empty, but a list or a resource is never empty
	if (body === undefined && effect === 'read')
		return `${profile.service} returned an empty response`;
	if (!isErrorBody(body)) return undefined;
	const { message = JSON.stringify(body) } = profile.readError(body, headers);
	return `${profile.service} returned status ${status} with an error: ${message}`;
}

/** How a service fails, as the beginning of a sentence. */
function failureText({ service }: ApiProfile, outcome?: Outcome): string {
	switch (outcome?.kind) {
		case 'lost':
			return `${service} did not respond (${outcome.code})`;
		case 'unreached':
			return `${service} could not be reached (${outcome.code})`;
		default:
			return `${service} returned status ${outcome?.status ?? 'unknown'}`;
	}
}

/** Why a request is not sent, although nothing is wrong with it. */
export type NotAttemptedReason =
	/** The service asked for a pause that is longer than the item may wait. */
	| { pauseMs: number }
	/** All requests to the service have failed, for this many ms. */
	| { forMs: number; outcome?: Outcome };

/**
 * The error for a request that is not sent.
 * @param wasSent whether an earlier request of the same item was sent
 * @returns an error with the code `NOT_SENT` if another request was sent for the item, otherwise `NOT_TRIED`
 */
export function notAttemptedError(
	profile: ApiProfile,
	reason: NotAttemptedReason,
	wasSent: boolean,
): OperationError {
	const { service } = profile;
	const what = wasSent ? 'this request was not sent' : 'this item was not attempted';
	const nothing = wasSent ? 'The request was not sent.' : 'Nothing was sent for this item.';
	const [message, description] =
		'pauseMs' in reason
			? [
					`${service} asks to wait ${seconds(reason.pauseMs)}, so ${what}`,
					`${nothing} The pause is longer than Keep Retrying For allows. Run it again after the pause.`,
				]
			: [
					`${failureText(profile, reason.outcome)} for ${seconds(reason.forMs)}, so ${what}`,
					`${nothing} Run it again when ${service} is available.`,
				];
	return new OperationError(message, {
		fromService: true,
		code: wasSent ? 'NOT_SENT' : 'NOT_TRIED',
		outcomeUnknown: false,
		description,
	});
}

/** What to check if a server was not reached, by the code of the error. */
function adviceForUnreached(code: string): string {
	if (/^(ENOTFOUND|EAI_)/.test(code)) {
		return 'The name of the host is unknown. Check the address in the credential for typing errors, and the DNS of the n8n host.';
	}
	if (code === 'ECONNREFUSED') {
		return 'No server accepts connections there. Check the host and port of the address in the credential, and that the server runs.';
	}
	if (/CERT|TLS|SSL|EPROTO|SELF_SIGNED|ISSUER|LEAF_SIGNATURE/.test(code)) {
		return 'The secure connection failed. Check that the address in the credential has a certificate that the n8n host trusts. A proxy may replace it.';
	}
	return 'Check the address in the credential, and that this n8n can reach it.';
}

function noResponseError(
	{ service }: ApiProfile,
	{ kind, code }: Exclude<Outcome, { kind: 'response' }>,
	outcomeUnknown: boolean,
): OperationError {
	const isLost = kind === 'lost';
	return new OperationError(
		isLost
			? `${service} did not respond: the connection was lost or timed out (${code})`
			: `${service} could not be reached (${code})`,
		{
			fromService: true,
			code,
			outcomeUnknown,
			description: isLost ? 'Try again later.' : adviceForUnreached(code),
		},
	);
}

function redirectError(
	{ service }: ApiProfile,
	{ effect }: Request,
	{ status, location, requestId }: { status: number; location?: string; requestId?: string },
): OperationError {
	return new OperationError(
		`${service} returned a redirect${location ? ` to ${location}` : ` (status ${status})`}, which was not followed`,
		{
			fromService: true,
			status,
			requestId,
			outcomeUnknown: effect !== 'read' && !NOT_CARRIED_OUT.includes(status),
			description:
				'Redirects are not followed, because they can send the token to another server. Correct the base URL in the credential.',
		},
	);
}

function pauseSentence(
	{ service }: ApiProfile,
	{ retryAfterMs, retryAfterCheckMs }: FailureDetails,
): string | undefined {
	if (retryAfterMs !== undefined) {
		return `${service} asks to wait ${seconds(retryAfterMs)}, which is longer than Keep Retrying For allows.`;
	}
	if (retryAfterCheckMs === undefined) return undefined;
	return `${service} reports that it is busy, but it may have carried out the request. Check the result before you run this again.`;
}

/** The message and advice for an error with a status from 400. A missing resource is named in the same way for all services. */
function describeError(
	profile: ApiProfile,
	request: Request,
	status: number,
	serviceError: ServiceErrorDetails,
): { message: string; description?: string } {
	const { service } = profile;
	const { message, code } = serviceError;
	const description = profile.adviceFor(status, code, message);
	if (message === undefined)
		return { message: `${service} returned status ${status}`, description };
	const missing = status === 404 ? profile.missingResource?.(request, serviceError) : undefined;
	if (missing === undefined) return { message, description };
	return {
		message: `${service} has no ${missing}`,
		description: [`${service} returned "${message}".`, description ?? ''].join(' ').trim(),
	};
}

/** The error for a request that is not retried, with the service's message if it has one. */
export function requestError(
	profile: ApiProfile,
	request: Request,
	{ outcome, location, requestId, serviceError = {} }: FailedAttempt,
	failure: FailureDetails,
): OperationError {
	const { outcomeUnknown, retryAfterCheckMs } = failure;
	if (outcome.kind !== 'response') return noResponseError(profile, outcome, outcomeUnknown);
	const { status } = outcome;
	if (status < 300) {
		const problem = `${profile.service} returned a response that is not JSON`;
		return unusableResponse(profile, request, problem, { status, requestId });
	}
	if (status < 400) return redirectError(profile, request, { status, location, requestId });
	const { code, fields } = serviceError;
	const { message, description } = describeError(profile, request, status, serviceError);
	return new OperationError(message, {
		fromService: true,
		status,
		code,
		fields,
		requestId,
		outcomeUnknown,
		retryAfterCheckMs,
		description: pauseSentence(profile, failure) ?? description,
	});
}
