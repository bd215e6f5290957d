import type { Service } from '../engine/operation';
import { AmazonAppFlowApi, amazonAppFlowWire } from './api/AmazonAppFlowApi';
import { connection } from './resources/connection';
import { connector } from './resources/connector';
import { flow } from './resources/flow';
import { tag } from './resources/tag';

export const amazonAppFlow: Service<AmazonAppFlowApi> = {
	wire: amazonAppFlowWire,
	resources: [connection, connector, flow, tag],
	connect: (to) => new AmazonAppFlowApi(to),
};
