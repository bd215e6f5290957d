import type { Resource } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { add } from './add';
import { remove } from './delete';
import { getSampleData } from './getSampleData';
import { move } from './move';
import { saveSampleData } from './saveSampleData';
import { runTest } from './runTest';
import { update } from './update';

export const step: Resource<DigaApi> = {
	name: 'Step',
	value: 'step',
	operations: [add, remove, getSampleData, move, saveSampleData, runTest, update],
};
