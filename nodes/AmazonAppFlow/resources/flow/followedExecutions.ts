import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../../engine/errors';
import type { FollowedRuns } from '../../../engine/runs/runs';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { errorsOf, hasFailed, hasSucceeded, idOf, isOver, stateOf } from '../../api/execution';

/** @throws OperationError if AppFlow reports that it could not cancel the run */
async function cancelRun(api: AmazonAppFlowApi, flow: string, id: string): Promise<void> {
	const { invalidExecutions } = await api.cancelExecutions(flow, [id]);
	const invalid: unknown[] = Array.isArray(invalidExecutions) ? invalidExecutions : [];
	if (!invalid.includes(id)) return;
	throw new OperationError('Amazon AppFlow lists the run as invalid', { fromService: true });
}

/** How to follow the runs of a flow. */
export function followedExecutions(api: AmazonAppFlowApi, flow: string): FollowedRuns {
	return {
		service: 'Amazon AppFlow',
		nameOf: (id) => `run ${id} of flow ${flow}`,
		lookup: 'Get Run',
		// the run can be on any page, because AppFlow does not document the order
		fetch: async (id) => {
			const isRun = (record: IDataObject) => idOf(record) === id;
			return (await api.executionRecords(flow, Infinity, isRun)).find(isRun);
		},
		isOver,
		hasFailed,
		hasSucceeded,
		stateOf,
		errorsOf,
		cancel: async (id) => {
			await cancelRun(api, flow, String(id));
		},
	};
}
