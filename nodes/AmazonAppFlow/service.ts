import type { Service } from '../engine/operation';
import type { AmazonAppFlowApi } from './api/AmazonAppFlowApi';
import { amazonAppFlowApi } from './api/definition';
import { connection } from './resources/connection';
import { connector } from './resources/connector';
import { flow } from './resources/flow';
import { tag } from './resources/tag';

export const amazonAppFlow: Service<AmazonAppFlowApi> = {
	...amazonAppFlowApi,
	resources: [connection, connector, flow, tag],
};
