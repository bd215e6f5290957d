import { OperationError } from '../../../engine/errors';
import type { FollowedRuns, RunId } from '../../../engine/runs/runs';
import { errorsOf, hasFailed, hasSucceeded, isOver, stateOf } from '../../api/attempt';
import { findAttempt } from '../../api/attemptPages';
import type { PortableApi } from '../../api/PortableApi';

/** Cancels a run, if it is listed: the request to cancel names the flow, not the run. */
async function cancelRun(api: PortableApi, flow: number, id: RunId): Promise<void> {
	const attempt = await findAttempt(api, flow, id);
	if (!attempt) {
		throw new OperationError('The run is not listed, so another run might be canceled instead', {
			fromService: true,
		});
	}
	if (!isOver(attempt)) await api.flows.cancel(flow);
}

/** How to follow the run attempts of a flow. */
export function followedAttempts(api: PortableApi, flow: number): FollowedRuns {
	return {
		service: 'Portable',
		nameOf: (id) => `run ${id} of flow ${flow}`,
		lookup: 'Get Run',
		fetch: async (id) => await findAttempt(api, flow, id),
		isOver,
		hasFailed,
		hasSucceeded,
		stateOf,
		errorsOf,
		cancel: async (id) => {
			await cancelRun(api, flow, id);
		},
	};
}
