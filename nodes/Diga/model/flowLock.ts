import type { OperationContext } from '../../engine/operation';
import type { DigaApi } from '../api/DigaApi';

/**
 * Runs a task that changes a flow. Items of the same node run that change the same flow run one after another, in input
 * order.
 */
export async function withFlowLock<Result>(
	{ run }: OperationContext<DigaApi>,
	flow: string,
	task: () => Promise<Result>,
): Promise<Result> {
	return await run.withLock(`flow ${flow}`, task);
}
