import type { Service } from '../engine/operation';
import { PortableApi, portableProfile } from './api/PortableApi';
import { destination } from './resources/destination';
import { flow } from './resources/flow';
import { source } from './resources/source';
import { workflow } from './resources/workflow';

export const portable: Service<PortableApi> = {
	profile: portableProfile,
	resources: [destination, flow, source, workflow],
	createApi: (client) => new PortableApi(client),
};
