import type { Resource } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { cancel } from './cancel';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getRun } from './getRun';
import { getRuns } from './getRuns';
import { getStatus } from './getStatus';
import { run } from './run';
import { update } from './update';

export const flow: Resource<PortableApi> = {
	name: 'Flow',
	value: 'flow',
	operations: [cancel, create, get, getAll, getRun, getRuns, getStatus, run, update],
};
