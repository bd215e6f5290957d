import { OperationError } from '../errors';
import type { ApiResponse, ServiceErrorDetails, Headers, Request, ApiProfile } from './client';
import type { Failure, Outcome } from './retry';
import { isBlank, isObject } from '../values';

/** What came of a request for which there is no good answer. */
export interface FailedAttempt {
	outcome: Outcome;
	/** Where a redirect leads. */
	location?: string;
	requestId?: string;
	serviceError?: ServiceErrorDetails;
}

/** What is not sent again, and what is known of it. */
export type FailureDetails = Omit<Failure, 'then'>;

/** These redirects say that nothing was done; after the others the work may be done, and the answer elsewhere. */
const NOT_DONE = [307, 308];

function seconds(ms: number): string {
	return `${Math.ceil(ms / 1000)} s`;
}

/** An error from before the request: a missing credential, an address that n8n or the credential refuses. */
export function notSentError(error: unknown): OperationError {
	const { message } = error instanceof Error ? error : { message: String(error) };
	return new OperationError(message, {
		description: 'Nothing was sent. Check the credential of this node.',
	});
}

/** A request that was carried out, as far as one can know, but whose answer cannot be used. */
export function unusableAnswer(
	{ service }: ApiProfile,
	{ effect }: Request,
	what: string,
	parts: { status?: number; requestId?: string } = {},
): OperationError {
	return new OperationError(what, {
		...parts,
		fromService: true,
		outcomeUnknown: effect !== 'read',
		description: `Check that the base URL in the credential is that of the ${service} API.`,
	});
}

/** The members of an answer that is about an error and about nothing else. */
const ERROR_MEMBERS =
	/^(__type|code|detail|details|error|error_?description|errors|message|ok|path|request_?id|status|status_?code|success|timestamp|title|trace_?id|type)$/i;

/** Whether an answer is about an error, though its status is that of a success. What has other members is a resource. */
function isErrorBody(body: unknown): boolean {
	if (!isObject(body) || !Object.keys(body).every((name) => ERROR_MEMBERS.test(name))) return false;
	const said = [body.error, body.errors, body.__type].some(
		(value) => !isBlank(value) && value !== false && !(Array.isArray(value) && value.length === 0),
	);
	return said || body.success === false || body.ok === false;
}

/** What keeps an answer with the status of a success from being one, as a message; undefined when nothing does. */
export function problemWithAnswer(
	profile: ApiProfile,
	{ effect }: Request,
	{ status, body }: ApiResponse,
	headers: Headers,
): string | undefined {
	// of a change nothing need be told; but nothing is no list without entries, nor a resource
	if (body === undefined && effect === 'read') return `${profile.service} answered with nothing`;
	if (!isErrorBody(body)) return undefined;
	const { message = JSON.stringify(body) } = profile.readError(body, headers);
	return `${profile.service} answered with status ${status}, and with an error: ${message}`;
}

/** What a service is doing while it fails, as the beginning of a sentence. */
function failureText({ service }: ApiProfile, outcome?: Outcome): string {
	switch (outcome?.kind) {
		case 'lost':
			return `${service} did not answer (${outcome.code})`;
		case 'unreached':
			return `${service} could not be reached (${outcome.code})`;
		default:
			return `${service} answered with status ${outcome?.status ?? 'unknown'}`;
	}
}

/** Why a request was not sent, though nothing is wrong with it. */
export type NotAttemptedReason =
	/** The service wants a longer pause than the item may make. */
	| { pauseMs: number }
	/** The service has done nothing but fail, for so many ms. */
	| { forMs: number; outcome?: Outcome };

/**
 * @param isTried an earlier request of the same item was sent
 * @returns a Fault with the code `NOT_TRIED`, or `NOT_SENT` when something else was sent for the item
 */
export function notAttemptedError(
	profile: ApiProfile,
	why: NotAttemptedReason,
	isTried: boolean,
): OperationError {
	const { service } = profile;
	const what = isTried ? 'this request was not sent' : 'this item was not tried';
	const nothing = isTried ? 'The request was not sent.' : 'Nothing was sent for this item.';
	const [message, description] =
		'pauseMs' in why
			? [
					`${service} asks to wait ${seconds(why.pauseMs)}, so ${what}`,
					`${nothing} The pause is longer than Keep Retrying For allows. Run it again after it.`,
				]
			: [
					`${failureText(profile, why.outcome)} for ${seconds(why.forMs)}, so ${what}`,
					`${nothing} Run it again when ${service} is back.`,
				];
	return new OperationError(message, {
		fromService: true,
		code: isTried ? 'NOT_SENT' : 'NOT_TRIED',
		outcomeUnknown: false,
		description,
	});
}

function noAnswerError(
	{ service }: ApiProfile,
	{ kind, code }: Exclude<Outcome, { kind: 'answered' }>,
	outcomeUnknown: boolean,
): OperationError {
	const lost = kind === 'lost';
	return new OperationError(
		lost
			? `${service} did not answer: the connection was lost or timed out (${code})`
			: `${service} could not be reached (${code})`,
		{
			fromService: true,
			code,
			outcomeUnknown,
			description: lost
				? 'Try again later.'
				: 'Check the base URL in the credential, and that this n8n can reach it.',
		},
	);
}

function redirectError(
	{ service }: ApiProfile,
	{ effect }: Request,
	{ status, location, requestId }: { status: number; location?: string; requestId?: string },
): OperationError {
	return new OperationError(
		`${service} answered with a redirect${location ? ` to ${location}` : ` (status ${status})`}, which was not followed`,
		{
			fromService: true,
			status,
			requestId,
			outcomeUnknown: effect !== 'read' && !NOT_DONE.includes(status),
			description:
				'Redirects are refused, because they can carry the token elsewhere. Correct the base URL in the credential.',
		},
	);
}

function pauseSentence(
	{ service }: ApiProfile,
	{ retryAfterMs, retryAfterCheckMs }: FailureDetails,
): string | undefined {
	if (retryAfterMs !== undefined) {
		return `${service} asks to wait ${seconds(retryAfterMs)}, longer than Keep Retrying For allows.`;
	}
	if (retryAfterCheckMs === undefined) return undefined;
	return `${service} says that it is busy, but it may have done the work. Look first, and run this again only when nothing is found.`;
}

/** What went wrong with a request that is not sent again, in the service's words where it said any. */
export function requestError(
	profile: ApiProfile,
	request: Request,
	{ outcome, location, requestId, serviceError = {} }: FailedAttempt,
	unsettled: FailureDetails,
): OperationError {
	const { outcomeUnknown, retryAfterCheckMs } = unsettled;
	if (outcome.kind !== 'answered') return noAnswerError(profile, outcome, outcomeUnknown);
	const { status } = outcome;
	if (status < 300) {
		const what = `${profile.service} answered with something other than JSON`;
		return unusableAnswer(profile, request, what, { status, requestId });
	}
	if (status < 400) return redirectError(profile, request, { status, location, requestId });
	const { message, code, fields } = serviceError;
	return new OperationError(message ?? `${profile.service} answered with status ${status}`, {
		fromService: true,
		status,
		code,
		fields,
		requestId,
		outcomeUnknown,
		retryAfterCheckMs,
		description: pauseSentence(profile, unsettled) ?? profile.adviceFor(status, code, message),
	});
}
