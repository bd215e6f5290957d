import type { OperationContext } from '../../engine/operation';
import type { DigaApi } from '../api/DigaApi';

/** Runs a task that changes a resource. Items of the same node run that change the same one take turns, in input order. */
function withLockOf(kind: 'agent' | 'flow') {
	return async <Result>(
		{ run }: OperationContext<DigaApi>,
		id: string,
		task: () => Promise<Result>,
	): Promise<Result> => await run.withLock(`${kind} ${id}`, task);
}

export const withFlowLock = withLockOf('flow');

export const withAgentLock = withLockOf('agent');
