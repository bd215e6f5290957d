import type { OperationError } from '../errors';
import type { FailedAttempt } from './requestErrors';
import type { ApiResponse, Request } from './types';

/** The result of sending a request once. */
export type Attempt =
	| (FailedAttempt & { response?: ApiResponse })
	/** The request was not sent, or the response cannot be used. Not retried. */
	| { error: OperationError };

/** Whether the outcome of a write is known. */
export function isClear(attempt: Attempt): boolean {
	if ('error' in attempt) return !attempt.error.details.outcomeUnknown;
	const { outcome, response } = attempt;
	if (outcome.kind !== 'response') return outcome.kind === 'unreached';
	return outcome.status < 300 ? response !== undefined : outcome.status < 500;
}

/** A request and its attempts so far. */
export interface RequestState {
	request: Request;
	/** The number of the current attempt, from 1. */
	attempt: number;
	/** When retries end, in epoch ms. Set when the request is first sent. */
	deadline?: number;
	/** Whether an earlier attempt may have been carried out. */
	outcomeUnknown: boolean;
	/** The error of the last attempt. */
	lastError?: OperationError;
}
