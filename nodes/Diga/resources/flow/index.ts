import type { Resource } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { create } from './create';
import { createAndPublish } from './createAndPublish';
import { remove } from './delete';
import { discardDraft } from './discardDraft';
import { get } from './get';
import { getAll } from './getAll';
import { importFlow } from './import';
import { publish } from './publish';
import { rename } from './rename';
import { setStatus } from './setStatus';
import { runTest } from './runTest';

export const flow: Resource<DigaApi> = {
	name: 'Flow',
	value: 'flow',
	operations: [
		create,
		createAndPublish,
		remove,
		discardDraft,
		get,
		getAll,
		importFlow,
		publish,
		rename,
		setStatus,
		runTest,
	],
};
