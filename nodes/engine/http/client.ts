import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';
import { isByteStream, parseJson, readBody, writeJson } from './body';
import { withSignal } from './cancellation';
import { asOperationError, canceledError, OperationError } from '../errors';
import type { OperationErrorDetails } from '../errors';
import { outcomeOfError } from './networkErrors';
import type { Path } from './path';
import {
	notAttemptedError,
	notSentError,
	requestError,
	unusableAnswer,
	problemWithAnswer,
} from './requestErrors';
import type { FailedAttempt, NotAttemptedReason, FailureDetails } from './requestErrors';
import { decide, isLost, isThrottle, parseHttpDate, parseRetryAfter } from './retry';
import type { Effect, Outcome } from './retry';
import { NodeRun } from '../nodeRun';
import { redactor, secretsForErrors, secretsForOutputs, mayContain, mapTexts } from '../secrets';
import { sleep } from '../sleep';
import { textsIn } from '../values';

/** The parts of n8n's contexts that a request needs; each kind of context has them. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** What the request layer has to know about a service. */
export interface ApiProfile {
	/** As users know it: it starts messages such as "Portable did not answer". */
	service: string;
	/** The credential type that authenticates, and that knows the host. */
	credential: string;
	/** Its fields that are secret. */
	secrets: string[];
	/**
	 * The service's own words and codes in an answer that is not a success.
	 * @param body parsed JSON, or text where it is none
	 * @param headers their names in lower case
	 */
	readError(body: unknown, headers: Headers): ServiceErrorDetails;
	/** How to get unstuck, by status, code and words. */
	adviceFor(status: number, code?: string, message?: string): string | undefined;
	/** Whether the service says by this code that it takes no more for now, whatever the status. */
	isThrottled?(code: string): boolean;
	/** Whether it says by this code that it has waited in vain, and may have done what it was asked. */
	isTimeout?(code: string): boolean;
}

/** What a service says of a fault. */
export type ServiceErrorDetails = Pick<OperationErrorDetails, 'code' | 'fields'> & {
	message?: string;
};

/** Of an answer, their names in lower case. */
export type Headers = Record<string, unknown>;

export interface Request {
	method: IHttpRequestMethods;
	path: Path;
	/** A list repeats its key. */
	query?: Record<string, string | number | boolean | string[] | undefined>;
	/** Sent as JSON. Keys without a value are left out. */
	body?: object;
	effect: Effect;
	/** Statuses besides the successes that the caller wants to see instead of a fault. */
	accept?: readonly number[];
	/** The same, but only when an earlier try may have been carried out: what was deleted by it is not found. */
	acceptWhenRepeated?: readonly number[];
	/** For what can be done without: it is sent again for no longer than this, in ms; 0 for never. */
	keepRetryingMs?: number;
}

export interface ApiResponse {
	status: number;
	/** The server's clock when it answered, in epoch ms, to the second; undefined when it does not tell. */
	serverTimeMs?: number;
	/** Parsed JSON; undefined when the answer had no body. Whole numbers beyond 2^53 are text, so that no digit is lost. */
	body: unknown;
	/** The Link header, by which a list may say that there is more. */
	link?: unknown;
}

export interface Limits {
	/** For one try, in ms. */
	timeoutMs: number;
	/** For how long one request may be sent again, in ms. */
	keepRetryingMs: number;
}

/** For requests that a person waits for in the editor. */
export const editorLimits: Limits = { timeoutMs: 30_000, keepRetryingMs: 10_000 };

type Attempt =
	| (FailedAttempt & { answer?: ApiResponse })
	/** The request was never sent, or the answer cannot be used: no use in trying again. */
	| { error: OperationError };

/** Whether it is known what became of a request that writes. */
function isClear(tried: Attempt): boolean {
	if ('error' in tried) return !tried.error.details.outcomeUnknown;
	const { outcome, answer } = tried;
	if (outcome.kind !== 'answered') return outcome.kind === 'unreached';
	return outcome.status < 300 ? answer !== undefined : outcome.status < 500;
}

/** A request on its way, from try to try. */
interface RequestState {
	request: Request;
	/** Counts the tries, from 1. */
	attempt: number;
	/** Epoch ms: until then it may be sent again. Set when it is sent first. */
	deadline?: number;
	/** An earlier try may have been carried out. */
	outcomeUnknown: boolean;
	/** What came of the try before. */
	last?: OperationError;
}

/**
 * The only way out to the network. One per item, because items have their own limits;
 * the gate is shared by all items of a node run.
 */
export class HttpClient {
	/** The server's clock when it answered last, in epoch ms, to the second. */
	serverTimeMs?: number;

	/** What this item keeps secret beside the credential. */
	private readonly registeredSecrets: string[] = [];

	/** Whether anything was sent for this item. */
	private wasSent = false;

	/** Whether the service has given this item a good answer. */
	private wasAnswered = false;

	constructor(
		private readonly context: Context,
		private readonly profile: ApiProfile,
		private readonly limits: Limits,
		private readonly run = new NodeRun(),
	) {}

	/**
	 * Sends the request, again where that is harmless (see retry.ts), and returns the service's answer.
	 * @throws Fault with the service's words; `mayBeDone` when a write may have been carried out
	 */
	async send(request: Request): Promise<ApiResponse> {
		const sending: RequestState = { request, attempt: 1, outcomeUnknown: false };
		for (; ; sending.attempt++) {
			const tried = await this.sendWhenAllowed(sending);
			if ('error' in tried) throw await this.redact(tried.error);
			const { outcome, answer } = tried;
			this.log(request, outcome);
			if (answer && this.isAccepted(answer, sending)) return answer;
			sending.outcomeUnknown ||=
				isLost(outcome) || (outcome.kind === 'answered' && outcome.status >= 500);

			const decision = decide(request.effect, outcome, {
				attempt: sending.attempt,
				leftMs: (sending.deadline ?? 0) - Date.now(),
				random: Math.random(),
			});
			const unsettled: FailureDetails =
				decision.then === 'give up' ? { ...decision } : { outcomeUnknown: false };
			// one that was tried again may have been carried out by an earlier try
			unsettled.outcomeUnknown ||= request.effect === 'idempotent' && sending.outcomeUnknown;
			if (unsettled.pauseMs !== undefined) this.run.rateLimiter.pause(unsettled.pauseMs);
			sending.last = await this.redact(requestError(this.profile, request, tried, unsettled));
			if (decision.then !== 'again') throw sending.last;
			if (decision.everyone) this.run.rateLimiter.recordThrottled(decision.waitMs);
			else await sleep(decision.waitMs, this.cancelSignal());
		}
	}

	/** Sends it once, as soon as the service and the other items let it. @throws Fault when they do not in time */
	private async sendWhenAllowed(sending: RequestState): Promise<Attempt> {
		const { keepRetryingMs } = this.limits;
		const { rateLimiter, circuitBreaker } = this.run;
		const signal = this.cancelSignal();
		const patienceMs = (sending.deadline ?? Infinity) - Date.now();
		const pauseMs = await rateLimiter.acquire(signal, Math.min(patienceMs, keepRetryingMs));
		if (signal?.aborted) throw canceledError();
		if (pauseMs > 0) throw this.notAttempted(sending, { pauseMs });
		const inLineSince = Date.now();
		return await this.run.withSlot(async () => {
			if (signal?.aborted) throw canceledError();
			if (!this.isAdmitted(sending, inLineSince)) {
				throw this.notAttempted(sending, circuitBreaker.failureState());
			}
			const ownMs = sending.request.keepRetryingMs ?? Infinity;
			sending.deadline ??= Date.now() + Math.min(ownMs, keepRetryingMs);
			return await this.tryOnce(sending);
		});
	}

	/** What an item has begun it may end; but in a long line before a dead service it does not stay. */
	private isAdmitted({ attempt }: RequestState, inLineSince: number): boolean {
		const { keepRetryingMs } = this.limits;
		const { circuitBreaker } = this.run;
		if (!this.wasAnswered) return circuitBreaker.allows(keepRetryingMs, attempt === 1);
		return !circuitBreaker.isOpen || Date.now() - inLineSince <= keepRetryingMs;
	}

	/** What to throw when it may not be sent now: what came of it before, where it was. */
	private notAttempted({ last }: RequestState, why: NotAttemptedReason): OperationError {
		return last ?? notAttemptedError(this.profile, why, this.wasSent);
	}

	private isAccepted({ status }: ApiResponse, { request, outcomeUnknown }: RequestState): boolean {
		if (status >= 200 && status < 300) return true;
		const { accept = [], acceptWhenRepeated = [] } = request;
		return accept.includes(status) || (outcomeUnknown && acceptWhenRepeated.includes(status));
	}

	/**
	 * Adds values of which no fault may show a text or number, nor an output one of 16 characters or more:
	 * a credential of the user's own may hold a host, a port or a flag beside its secrets.
	 */
	registerSecrets(...values: unknown[]): void {
		this.registeredSecrets.push(...secretsForErrors(textsIn(values)));
	}

	/** A service may repeat in its error what it was sent. */
	async redact(error: OperationError): Promise<OperationError> {
		return error.redacted([...(await this.credentialSecrets()), ...this.registeredSecrets]);
	}

	/** And in what goes well. The same value, unless an answer may have repeated a secret; then a copy without. */
	async redactIn<T>(output: T): Promise<T> {
		const kept = secretsForOutputs(this.registeredSecrets);
		if (!this.run.repeatsSecret && kept.length === 0) return output;
		return mapTexts(output, redactor([...(await this.credentialSecrets()), ...kept]));
	}

	private async credentialSecrets(): Promise<string[]> {
		const data: IDataObject = await this.credential().then(
			(credential) => credential.data,
			() => ({}),
		);
		const values = this.profile.secrets.map((name) => data[name]);
		const texts = values.filter((value) => typeof value === 'string');
		return secretsForErrors(texts.map((text) => text.trim().replace(/^bearer\s+/i, '')));
	}

	/** Read once for all items of the run: else n8n reads and decrypts it again for each request. */
	private async credential() {
		const { credential: type } = this.profile;
		const data = await this.run.loadOnce(
			`credential ${type}`,
			async () => await this.context.getCredentials(type),
		);
		return { id: '', name: '', type, data };
	}

	/** For who runs n8n with debug logs. Neither token nor body is in it. */
	private log({ method, path }: Request, outcome: Outcome): void {
		const what =
			outcome.kind === 'answered'
				? `answered ${outcome.status}`
				: `${outcome.kind} (${outcome.code})`;
		this.context.logger.debug(`${this.profile.service}: ${method} ${path} ${what}`);
	}

	private cancelSignal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context
			? this.context.getExecutionCancelSignal()
			: undefined;
	}

	private async tryOnce({ request, attempt }: RequestState): Promise<Attempt> {
		const sentAt = Date.now();
		const tried = await this.requestWithGrace(request);
		if ('error' in tried) return tried;
		const { outcome, answer } = tried;
		if (outcome.kind === 'answered' && !isThrottle(outcome)) this.run.rateLimiter.recordAccepted();
		// what cannot be read tells nothing of the service: a proxy may have answered in its place
		const isUnreadable = outcome.kind === 'answered' && outcome.status < 300 && !answer;
		if (!isUnreadable) this.run.circuitBreaker.record(outcome, { sentAt, isFirst: attempt === 1 });
		if (answer && answer.status < 300) this.wasAnswered = true;
		return tried;
	}

	/** What writes is not cut off when the execution is canceled, but a moment later: see {@link Cancellation}. */
	private async requestWithGrace(request: Request): Promise<Attempt> {
		const { cancellation } = this.run;
		const { graceSignal } = cancellation;
		if (request.effect === 'read' || !graceSignal) return await this.request(request, this.context);
		const context = withSignal(this.context, graceSignal);
		const what = `${request.method} ${request.path}`;
		return await cancellation.write(
			what,
			isClear,
			async () => await this.request(request, context),
		);
	}

	private async request(request: Request, context: Context): Promise<Attempt> {
		const options = this.options(request);
		const credentialsDecrypted = await this.credential().catch(notSentError);
		if (credentialsDecrypted instanceof OperationError) return { error: credentialsDecrypted };
		try {
			this.wasSent = true;
			const response: unknown = await context.helpers.httpRequestWithAuthentication.call(
				context,
				this.profile.credential,
				options,
				{ credentialsDecrypted },
			);
			return await this.read(request, response);
		} catch (error) {
			if (request.effect === 'read' && this.cancelSignal()?.aborted)
				return { error: canceledError() };
			const outcome = outcomeOfError(error);
			if (!outcome) return { error: notSentError(error) };
			if (outcome.code === 'TOO_LARGE' || outcome.code === 'TOO_DEEP') {
				return { error: unusableAnswer(this.profile, request, asOperationError(error).message) };
			}
			return { outcome };
		}
	}

	private options({ method, path, query, body }: Request): IHttpRequestOptions {
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
			// as text: n8n drops an empty object, and axios copies objects key by key
			...(body !== undefined && { body: writeJson(body) }),
			timeout: this.limits.timeoutMs,
			// a redirect would carry the token and, as a GET, lose the body
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			// a stream, because n8n sets no limit to what it reads into memory
			encoding: 'stream',
		};
	}

	private async read(request: Request, response: unknown): Promise<Attempt> {
		if (!isFullResponse(response) || !isByteStream(response.body)) {
			const what = `n8n returned no answer of ${this.profile.service}`;
			return { error: unusableAnswer(this.profile, request, what) };
		}
		const { statusCode: status, headers } = response;
		const text = await readBody(response.body, this.limits.timeoutMs);
		this.run.repeatsSecret ||= mayContain(text, await this.credentialSecrets());
		const answer = readAnswer(text, status, headers);
		this.serverTimeMs = answer?.serverTimeMs ?? this.serverTimeMs;
		if (answer && answer.status < 300) {
			const what = problemWithAnswer(this.profile, request, answer, headers);
			if (what !== undefined)
				return { error: unusableAnswer(this.profile, request, what, { status }) };
		}
		const serviceError =
			status < 400 ? undefined : this.profile.readError(answer?.body ?? text, headers);
		const { code = '' } = serviceError ?? {};
		const outcome: Outcome = {
			kind: 'answered',
			status,
			throttled: this.profile.isThrottled?.(code),
			timedOut: this.profile.isTimeout?.(code),
			retryAfterMs: parseRetryAfter(
				headers['retry-after'],
				// a date is by the clock of who wrote it
				parseHttpDate(headers.date) ?? Date.now(),
			),
		};
		const requestId =
			textHeader(headers, 'x-request-id') ?? textHeader(headers, 'x-amzn-requestid');
		return { outcome, answer, requestId, location: textHeader(headers, 'location'), serviceError };
	}
}

/**
 * @returns undefined when a success cannot be read, which is settled in fault(); of a refusal, as a proxy words it, the status says enough
 * @throws Fault when a success is nested too deep
 */
function readAnswer(text: string, status: number, headers: Headers): ApiResponse | undefined {
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

interface FullResponse {
	statusCode: number;
	headers: Headers;
	body: unknown;
}

function isFullResponse(value: unknown): value is FullResponse {
	return (
		typeof value === 'object' &&
		value !== null &&
		'statusCode' in value &&
		typeof value.statusCode === 'number' &&
		'headers' in value &&
		typeof value.headers === 'object' &&
		'body' in value
	);
}
