import type { ApiDefinition } from '../../engine/http/apiDefinition';
import { PortableApi, portableProfile } from './PortableApi';

export const portableApi: ApiDefinition<PortableApi> = {
	profile: portableProfile,
	createApi: (client) => new PortableApi(client),
};
