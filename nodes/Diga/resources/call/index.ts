import type { Resource } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getTranscript } from './getTranscript';

export const call: Resource<DigaApi> = {
	name: 'Call',
	value: 'call',
	operations: [create, get, getAll, getTranscript],
};
