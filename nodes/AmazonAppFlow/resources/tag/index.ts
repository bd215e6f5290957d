import type { Resource } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { add } from './add';
import { getAll } from './getAll';
import { remove } from './remove';

export const tag: Resource<AmazonAppFlowApi> = {
	name: 'Tag',
	value: 'tag',
	operations: [add, getAll, remove],
};
