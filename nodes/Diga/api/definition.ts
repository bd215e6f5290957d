import type { ApiDefinition } from '../../engine/http/apiDefinition';
import { DigaApi } from './DigaApi';
import { digaProfile } from './profile';

export const digaApi: ApiDefinition<DigaApi> = {
	profile: digaProfile,
	createApi: (client) => new DigaApi(client),
};
