import type { Resource } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { assignFlow } from './assignFlow';
import { get } from './get';
import { getAll } from './getAll';
import { publish } from './publish';
import { unassignFlow } from './unassignFlow';

export const agent: Resource<DigaApi> = {
	name: 'Agent',
	value: 'agent',
	operations: [assignFlow, get, getAll, publish, unassignFlow],
};
