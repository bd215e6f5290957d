import type { ApiProfile, HttpClient } from './client';

/** How to reach a service: what its client needs to know, and its API class. */
export interface ApiDefinition<Api> {
	profile: ApiProfile;
	/** Creates the service's API on an HTTP client. */
	createApi: (client: HttpClient) => Api;
}
