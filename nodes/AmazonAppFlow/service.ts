import type { Service } from '../engine/operation';
import { AmazonAppFlowApi, amazonAppFlowProfile } from './api/AmazonAppFlowApi';
import { connection } from './resources/connection';
import { connector } from './resources/connector';
import { flow } from './resources/flow';
import { tag } from './resources/tag';

export const amazonAppFlow: Service<AmazonAppFlowApi> = {
	profile: amazonAppFlowProfile,
	resources: [connection, connector, flow, tag],
	createApi: (client) => new AmazonAppFlowApi(client),
};
