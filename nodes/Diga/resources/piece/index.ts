import type { Resource } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { get } from './get';
import { getAll } from './getAll';

export const piece: Resource<DigaApi> = {
	name: 'Piece',
	value: 'piece',
	operations: [get, getAll],
};
