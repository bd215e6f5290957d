import type { IDataObject } from 'n8n-workflow';
import { isEnded } from '../../engine/trigger/runEnd';
import type { RunStates } from '../../engine/trigger/runEnd';
import { epochMs, isObject } from '../../engine/values';

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ExecutionRecord.html */
const STATES: RunStates = {
	inProgress: ['InProgress', 'CancelStarted'],
	ended: ['Successful', 'Error', 'Canceled'],
};

/** A run in a state that AppFlow did not have in 2026 has ended when its record has not changed for so long. */
const STILL_MS = 900_000;

export function isRunning(status: unknown): boolean {
	return typeof status === 'string' && STATES.inProgress.includes(status);
}

/** @param nowMs the clock of AWS, epoch ms; without it, an unknown state is an end only when the record has an error */
export function isOver(record: IDataObject, nowMs = -Infinity): boolean {
	const changedAt = epochMs(record.lastUpdatedAt) ?? Infinity;
	return isEnded(record.executionStatus, STATES, {
		hasEnd: errorsOf(record).length > 0,
		isStill: nowMs - changedAt >= STILL_MS,
	});
}

export function hasSucceeded({ executionStatus }: IDataObject): boolean {
	return executionStatus === 'Successful';
}

/** A canceled run has neither failed nor succeeded. */
export function hasFailed({ executionStatus }: IDataObject): boolean {
	return executionStatus === 'Error';
}

/** As a message says it. The answer to a start tells of no state. */
export function stateOf({ executionStatus }: IDataObject): string {
	return typeof executionStatus === 'string' ? executionStatus : 'unknown';
}

/** What a run says of its failure. */
export function errorsOf({ executionResult }: IDataObject): string[] {
	const info = isObject(executionResult) ? executionResult.errorInfo : undefined;
	const { executionMessage } = isObject(info) ? info : {};
	return typeof executionMessage === 'string' && executionMessage.trim() !== ''
		? [executionMessage]
		: [];
}

/** The ID of a run; undefined for a flow that was activated, which runs when its time comes. */
export function idOf({ executionId }: IDataObject): string | undefined {
	return typeof executionId === 'string' && executionId !== '' ? executionId : undefined;
}
