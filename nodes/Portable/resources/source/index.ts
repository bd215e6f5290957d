import type { Resource } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { create } from './create';
import { createSetupLink } from './createSetupLink';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';
import { verify } from './verify';

export const source: Resource<PortableApi> = {
	name: 'Source',
	value: 'source',
	operations: [create, createSetupLink, get, getAll, update, verify],
};
