import type { Resource } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { cancelRuns } from './cancelRuns';
import { create } from './create';
import { deleteFlow } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getRun } from './getRun';
import { getRuns } from './getRuns';
import { setFilterAndRun } from './setFilterAndRun';
import { start } from './start';
import { stop } from './stop';
import { update } from './update';

export const flow: Resource<AmazonAppFlowApi> = {
	name: 'Flow',
	value: 'flow',
	operations: [
		cancelRuns,
		create,
		deleteFlow,
		get,
		getAll,
		getRun,
		getRuns,
		setFilterAndRun,
		start,
		stop,
		update,
	],
};
