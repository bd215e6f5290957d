import type { Service } from '../engine/operation';
import { PortableApi, portableWire } from './api/PortableApi';
import { destination } from './resources/destination';
import { flow } from './resources/flow';
import { source } from './resources/source';
import { workflow } from './resources/workflow';

export const portable: Service<PortableApi> = {
	wire: portableWire,
	resources: [destination, flow, source, workflow],
	connect: (connection) => new PortableApi(connection),
};
