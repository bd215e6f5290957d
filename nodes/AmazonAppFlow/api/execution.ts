import type { IDataObject } from 'n8n-workflow';
import { isEnded } from '../../engine/trigger/runEnd';
import type { RunStates } from '../../engine/trigger/runEnd';
import { epochMs, isObject } from '../../engine/values';

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ExecutionRecord.html */
const STATES: RunStates = {
	inProgress: ['InProgress', 'CancelStarted'],
	ended: ['Successful', 'Error', 'Canceled'],
};

/** A run in an unknown state counts as finished once its record has not changed for this long. */
const STALE_MS = 900_000;

export function isRunning(status: unknown): boolean {
	return typeof status === 'string' && STATES.inProgress.includes(status);
}

/**
 * Whether a run has finished.
 * @param nowMs AWS's time in epoch ms. Without it, an unknown state counts as finished only if the record has an error.
 */
export function isOver(record: IDataObject, nowMs = -Infinity): boolean {
	const changedAt = epochMs(record.lastUpdatedAt) ?? Infinity;
	return isEnded(record.executionStatus, STATES, {
		hasEnd: errorsOf(record).length > 0,
		isStill: nowMs - changedAt >= STALE_MS,
	});
}

export function hasSucceeded({ executionStatus }: IDataObject): boolean {
	return executionStatus === 'Successful';
}

/** A canceled run has neither succeeded nor failed. */
export function hasFailed({ executionStatus }: IDataObject): boolean {
	return executionStatus === 'Error';
}

/** The state for messages. The response to StartFlow has none. */
export function stateOf({ executionStatus }: IDataObject): string {
	return typeof executionStatus === 'string' ? executionStatus : 'unknown';
}

/** The error messages of a run. */
export function errorsOf({ executionResult }: IDataObject): string[] {
	const info = isObject(executionResult) ? executionResult.errorInfo : undefined;
	const { executionMessage } = isObject(info) ? info : {};
	return typeof executionMessage === 'string' && executionMessage.trim() !== ''
		? [executionMessage]
		: [];
}

/** The ID of a run. Undefined if StartFlow activated the flow instead of running it. */
export function idOf({ executionId }: IDataObject): string | undefined {
	return typeof executionId === 'string' && executionId !== '' ? executionId : undefined;
}
