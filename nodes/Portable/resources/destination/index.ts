import type { Resource } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { verify } from './verify';

export const destination: Resource<PortableApi> = {
	name: 'Destination',
	value: 'destination',
	operations: [create, get, getAll, verify],
};
