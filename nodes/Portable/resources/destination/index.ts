import type { Resource } from '../../../engine/operation';
import type { PortableApi } from '../../PortableApi';
import { create } from './create';

export const destination: Resource<PortableApi> = {
	name: 'Destination',
	value: 'destination',
	operations: [create],
};
