import type { IDataObject } from 'n8n-workflow';

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

/** An unknown status is not taken for the end, unless there is a time of it. */
export function isOver(run: IDataObject): boolean {
	const { status, finishTime } = run;
	if (['QUEUED', 'RUNNING', 'PAUSED'].some((going) => going === status)) return false;
	return (
		hasFailed(run) || hasSucceeded(run) || status === 'CANCELED' || typeof finishTime === 'string'
	);
}
