import type { Resource } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { add } from './add';
import { remove } from './delete';
import { duplicate } from './duplicate';
import { move } from './move';

export const branch: Resource<DigaApi> = {
	name: 'Branch',
	value: 'branch',
	operations: [add, remove, duplicate, move],
};
