import type { Resource } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { get } from './get';
import { getAll } from './getAll';

export const connection: Resource<AmazonAppFlowApi> = {
	name: 'Connection',
	value: 'connection',
	operations: [get, getAll],
};
