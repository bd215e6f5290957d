import type { Resource } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { get } from './get';
import { getAll } from './getAll';

export const execution: Resource<DigaApi> = {
	name: 'Execution',
	value: 'execution',
	operations: [get, getAll],
};
