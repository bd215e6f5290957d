import type { ApiDefinition } from '../../engine/http/apiDefinition';
import { AmazonAppFlowApi, amazonAppFlowProfile } from './AmazonAppFlowApi';

export const amazonAppFlowApi: ApiDefinition<AmazonAppFlowApi> = {
	profile: amazonAppFlowProfile,
	createApi: (client) => new AmazonAppFlowApi(client),
};
