import type { Resource } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { get } from './get';
import { getAll } from './getAll';
import { getFields } from './getFields';
import { getObjects } from './getObjects';

export const connector: Resource<AmazonAppFlowApi> = {
	name: 'Connector',
	value: 'connector',
	operations: [get, getFields, getAll, getObjects],
};
