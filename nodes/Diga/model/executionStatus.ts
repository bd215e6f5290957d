import type { IDataObject } from 'n8n-workflow';
import { isEnded } from '../../engine/trigger/runEnd';
import type { RunStates } from '../../engine/trigger/runEnd';

// All statuses: https://docs.diga.io/api-reference/openapi.json, FlowRunStatus.

const FAILURES = ['FAILED', 'TIMEOUT', 'INTERNAL_ERROR', 'QUOTA_EXCEEDED', 'MEMORY_LIMIT_EXCEEDED'];

export const STATUSES_IN_PROGRESS = ['QUEUED', 'RUNNING', 'PAUSED'];

const STATES: RunStates = {
	inProgress: STATUSES_IN_PROGRESS,
	ended: [...FAILURES, 'SUCCEEDED', 'CANCELED'],
};

export function hasFailed({ status }: IDataObject): boolean {
	return FAILURES.some((failure) => failure === status);
}

export function hasSucceeded({ status }: IDataObject): boolean {
	return status === 'SUCCEEDED';
}

export function isOver({ status, finishTime }: IDataObject): boolean {
	return isEnded(status, STATES, { hasEnd: typeof finishTime === 'string' });
}
