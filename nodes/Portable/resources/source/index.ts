import type { Resource } from '../../../engine/operation';
import type { PortableApi } from '../../PortableApi';
import { create } from './create';

export const source: Resource<PortableApi> = {
	name: 'Source',
	value: 'source',
	operations: [create],
};
