import type { IDataObject } from 'n8n-workflow';
import { isEnded } from '../../engine/trigger/runEnd';
import type { RunStates } from '../../engine/trigger/runEnd';

/**
 * How an execution can end badly; the rest of https://docs.diga.io/api-reference/openapi.json, FlowRunStatus, is
 * QUEUED, RUNNING and PAUSED, which go on, SUCCEEDED, and CANCELED.
 */
const FAILURES = ['FAILED', 'TIMEOUT', 'INTERNAL_ERROR', 'QUOTA_EXCEEDED', 'MEMORY_LIMIT_EXCEEDED'];

export function hasFailed({ status }: IDataObject): boolean {
	return FAILURES.some((failure) => failure === status);
}

export function hasSucceeded({ status }: IDataObject): boolean {
	return status === 'SUCCEEDED';
}

/** Those that go on. */
export const GOING_ON = ['QUEUED', 'RUNNING', 'PAUSED'];

const STATES: RunStates = { inProgress: GOING_ON, ended: [...FAILURES, 'SUCCEEDED', 'CANCELED'] };

export function isOver({ status, finishTime }: IDataObject): boolean {
	return isEnded(status, STATES, { hasEnd: typeof finishTime === 'string' });
}
