import type { Resource } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { create } from './create';
import { getAll } from './getAll';

export const connection: Resource<DigaApi> = {
	name: 'Connection',
	value: 'connection',
	operations: [create, getAll],
};
