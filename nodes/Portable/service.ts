import type { Service } from '../engine/operation';
import { PortableApi, portableWire } from './PortableApi';
import { destination } from './resources/destination';
import { flow } from './resources/flow';
import { source } from './resources/source';

export const portable: Service<PortableApi> = {
	wire: portableWire,
	resources: [destination, flow, source],
	connect: (connection) => new PortableApi(connection),
};
