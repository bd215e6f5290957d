import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	ITriggerFunctions,
} from 'n8n-workflow';
import { isClear } from './attempt';
import type { Attempt, RequestState } from './attempt';
import { readBody } from './body';
import { withSignal } from './cancellation';
import { asOperationError, canceledError, OperationError } from '../errors';
import { outcomeOfError } from './networkErrors';
import { Redaction } from './redaction';
import { kindOf, requestOptions } from './request';
import {
	notAttemptedError,
	notSentError,
	requestError,
	responseProblem,
	unusableResponse,
} from './requestErrors';
import type { FailureDetails, NotAttemptedReason } from './requestErrors';
import { isFullResponse, outcomeOfResponse, parseResponse } from './response';
import type { Turn } from './requestScheduler';
import { decideRetry, isLost } from './retry';
import type { Outcome } from './retry';
import { sleep } from '../sleep';
import type { ApiProfile, ApiResponse, Limits, Request, SharedState } from './types';

export { editorLimits } from './types';
export type {
	ApiProfile,
	ApiResponse,
	Headers,
	Limits,
	Request,
	ServiceErrorDetails,
} from './types';

/** The n8n contexts that can send requests. */
type Context =
	IExecuteFunctions | IHookFunctions | ILoadOptionsFunctions | IPollFunctions | ITriggerFunctions;

/**
 * Sends all requests of an item: the only place that calls n8n's request helpers. Each item has its own client with
 * its own limits. The clients of a node run share their rate limiter and other state.
 */
export class HttpClient {
	/** The server's clock at the time of the last response, in epoch ms, to the second. */
	serverTimeMs?: number;

	readonly redaction: Redaction;

	/** Whether any request of this item was sent. */
	private wasSent = false;

	/** Whether any request of this item succeeded. */
	private hasSucceeded = false;

	constructor(
		private readonly context: Context,
		private readonly profile: ApiProfile,
		private readonly limits: Limits,
		private readonly shared: SharedState,
	) {
		this.redaction = new Redaction(profile, shared, async () => await this.credential());
	}

	/**
	 * Sends a request and returns the response. Retries as `decideRetry` decides.
	 * @throws OperationError with the service's message; `outcomeUnknown` if a write may have been carried out
	 */
	async send(request: Request): Promise<ApiResponse> {
		const state: RequestState = { request, attempt: 1, outcomeUnknown: false };
		for (; ; state.attempt++) {
			const attempt = await this.sendWhenAllowed(state);
			if ('error' in attempt) throw await this.redaction.error(attempt.error);
			const { outcome, response } = attempt;
			this.log(request, outcome);
			if (response && this.isAccepted(response, state)) return response;
			state.outcomeUnknown ||=
				isLost(outcome) || (outcome.kind === 'response' && outcome.status >= 500);

			const decision = decideRetry(request.effect, outcome, {
				attempt: state.attempt,
				leftMs: (state.deadline ?? 0) - Date.now(),
				random: Math.random(),
			});
			const failure: FailureDetails =
				decision.action === 'fail' ? { ...decision } : { outcomeUnknown: false };
			// an earlier attempt at an idempotent request may have been carried out
			failure.outcomeUnknown ||= request.effect === 'idempotent' && state.outcomeUnknown;
			if (failure.pauseMs !== undefined) this.shared.scheduler.rateLimiter.pause(failure.pauseMs);
			const error = requestError(this.profile, request, attempt, failure);
			state.lastError = await this.redaction.error(error);
			if (decision.action !== 'retry') throw state.lastError;
			if (decision.isThrottled) this.shared.scheduler.rateLimiter.recordThrottled(decision.waitMs);
			else await sleep(decision.waitMs, this.cancelSignal());
		}
	}

	/**
	 * Sends one attempt once the scheduler and the circuit breaker allow it.
	 * @throws OperationError if they do not allow it in time
	 */
	private async sendWhenAllowed(state: RequestState): Promise<Attempt> {
		const { keepRetryingMs } = this.limits;
		const { scheduler, circuitBreaker } = this.shared;
		const signal = this.cancelSignal();
		const leftMs = (state.deadline ?? Infinity) - Date.now();
		const turn = await scheduler.turn(signal, Math.min(leftMs, keepRetryingMs));
		if ('pauseMs' in turn) {
			if (signal?.aborted) throw canceledError();
			throw this.notAttempted(state, turn);
		}
		try {
			if (signal?.aborted) throw canceledError();
			if (!this.isAllowed(state, turn.queuedMs)) {
				throw this.notAttempted(state, circuitBreaker.failureState());
			}
			const ownMs = state.request.keepRetryingMs ?? Infinity;
			state.deadline ??= Date.now() + Math.min(ownMs, keepRetryingMs);
			return await this.sendOnce(state, turn);
		} finally {
			turn.end();
		}
	}

	/** An item whose requests have succeeded may finish, unless it has waited in the queue for too long. */
	private isAllowed({ attempt }: RequestState, queuedMs: number): boolean {
		const { keepRetryingMs } = this.limits;
		const { circuitBreaker } = this.shared;
		if (!this.hasSucceeded) return circuitBreaker.allows(keepRetryingMs, attempt === 1);
		return !circuitBreaker.isOpen || queuedMs <= keepRetryingMs;
	}

	/** The error for an attempt that is not allowed: that of the last attempt, if there was one. */
	private notAttempted({ lastError }: RequestState, reason: NotAttemptedReason): OperationError {
		return lastError ?? notAttemptedError(this.profile, reason, this.wasSent);
	}

	private isAccepted({ status }: ApiResponse, { request, outcomeUnknown }: RequestState): boolean {
		if (status >= 200 && status < 300) return true;
		const { accept = [], acceptWhenRepeated = [] } = request;
		return accept.includes(status) || (outcomeUnknown && acceptWhenRepeated.includes(status));
	}

	/** Loads the credential once for all items. Otherwise n8n reads and decrypts it for each request. */
	private async credential() {
		const { credential: type } = this.profile;
		const data = await this.shared.loadOnce(
			`credential ${type}`,
			async () => await this.context.getCredentials(type),
		);
		return { id: '', name: '', type, data };
	}

	/** Writes a debug log without token and body. */
	private log({ method, path }: Request, outcome: Outcome): void {
		const result =
			outcome.kind === 'response'
				? `returned ${outcome.status}`
				: `${outcome.kind} (${outcome.code})`;
		this.context.logger.debug(`${this.profile.service}: ${method} ${path} ${result}`);
	}

	private cancelSignal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context
			? this.context.getExecutionCancelSignal()
			: undefined;
	}

	/** Sends one attempt and records its outcome. */
	private async sendOnce({ request, attempt: number }: RequestState, turn: Turn): Promise<Attempt> {
		const sentAt = Date.now();
		const attempt = await this.requestWithGracePeriod(request);
		if ('error' in attempt) return attempt;
		const { outcome, response } = attempt;
		const { circuitBreaker } = this.shared;
		turn.record(kindOf(request), outcome);
		// a success that is not JSON shows nothing about the service: it may come from a proxy
		const isUnreadable = outcome.kind === 'response' && outcome.status < 300 && !response;
		if (!isUnreadable) circuitBreaker.record(outcome, { sentAt, isFirst: number === 1 });
		if (response && response.status < 300) this.hasSucceeded = true;
		return attempt;
	}

	/** Gives a write a grace period when the execution is canceled: see `Cancellation`. */
	private async requestWithGracePeriod(request: Request): Promise<Attempt> {
		const { cancellation } = this.shared;
		const { graceSignal } = cancellation;
		if (request.effect === 'read' || !graceSignal) return await this.request(request, this.context);
		const context = withSignal(this.context, graceSignal);
		return await cancellation.write(
			`${request.method} ${request.path}`,
			isClear,
			async () => await this.request(request, context),
		);
	}

	private async request(request: Request, context: Context): Promise<Attempt> {
		const options = requestOptions(request, this.limits.timeoutMs);
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
				return { error: unusableResponse(this.profile, request, asOperationError(error).message) };
			}
			return { outcome };
		}
	}

	private async read(request: Request, full: unknown): Promise<Attempt> {
		if (!isFullResponse(full)) {
			const problem = `n8n returned no response from ${this.profile.service}`;
			return { error: unusableResponse(this.profile, request, problem) };
		}
		const { statusCode: status, headers } = full;
		const text = await readBody(full.body, this.limits.timeoutMs);
		await this.redaction.inspect(text);
		const response = parseResponse(text, status, headers);
		this.serverTimeMs = response?.serverTimeMs ?? this.serverTimeMs;
		if (response && response.status < 300) {
			const problem = responseProblem(this.profile, request, response, headers);
			if (problem !== undefined)
				return { error: unusableResponse(this.profile, request, problem, { status }) };
		}
		const { body } = response ?? {};
		return { ...outcomeOfResponse(this.profile, { text, status, headers, body }), response };
	}
}
