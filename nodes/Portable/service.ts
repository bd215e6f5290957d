import type { Service } from '../engine/operation';
import { portableApi } from './api/definition';
import type { PortableApi } from './api/PortableApi';
import { destination } from './resources/destination';
import { flow } from './resources/flow';
import { source } from './resources/source';
import { workflow } from './resources/workflow';

export const portable: Service<PortableApi> = {
	...portableApi,
	resources: [destination, flow, source, workflow],
};
