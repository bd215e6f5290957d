import type { Resource } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { getStatus } from './getStatus';

export const workflow: Resource<PortableApi> = {
	name: 'Workflow',
	value: 'workflow',
	operations: [getStatus],
};
