import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../engine/values';

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_ExecutionRecord.html */
const RUNNING = ['InProgress', 'CancelStarted'];

export function isRunning(status: unknown): boolean {
	return typeof status === 'string' && RUNNING.includes(status);
}

/** An unknown state is not taken for the end. */
export function isOver({ executionStatus }: IDataObject): boolean {
	return (
		typeof executionStatus === 'string' &&
		['Successful', 'Error', 'Canceled'].includes(executionStatus)
	);
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
