import type { Resource } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { createFlow } from './createFlow';
import { get } from './get';
import { getAll } from './getAll';

export const template: Resource<DigaApi> = {
	name: 'Template',
	value: 'template',
	operations: [createFlow, get, getAll],
};
