import type { Resource } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { runTest } from './runTest';
import { update } from './update';

export const trigger: Resource<DigaApi> = {
	name: 'Trigger',
	value: 'trigger',
	operations: [runTest, update],
};
