import type { ApiDefinition } from '../../engine/http/apiDefinition';
import { PortableApi } from './PortableApi';
import { portableProfile } from './profile';

export const portableApi: ApiDefinition<PortableApi> = {
	profile: portableProfile,
	createApi: (client) => new PortableApi(client),
};
