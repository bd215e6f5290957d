import type { Resource } from '../../../engine/operation';
import type { PortableApi } from '../../PortableApi';
import { create } from './create';

export const flow: Resource<PortableApi> = {
	name: 'Flow',
	value: 'flow',
	operations: [create],
};
