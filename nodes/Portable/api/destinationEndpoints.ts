import type { IDataObject } from 'n8n-workflow';
import { path } from '../../engine/http/path';
import type { PortableRequests } from './requests';
import type { PortableId, PortableListing, PortableResource } from './resource';
import type { PortableCheck } from './responses';

/** https://developer.portable.io/api-reference/destinations/create-a-destination */
export interface NewDestination {
	/** Machine name of the destination spec, e.g. `snowflake`. */
	destinationSpec: string;
	displayName?: string;
	properties?: IDataObject;
}

export class DestinationEndpoints {
	constructor(private readonly requests: PortableRequests) {}

	async create(destination: NewDestination): Promise<PortableResource> {
		return await this.requests.create(path`/v2/destinations`, destination);
	}

	/** As {@link SourceEndpoints.list}. */
	async list(keepRetryingMs?: number): Promise<PortableListing | undefined> {
		return await this.requests.list(path`/v2/destinations`, keepRetryingMs);
	}

	/** Searches the list, because no path of a single destination is documented. */
	async get(id: PortableId): Promise<PortableResource> {
		return await this.requests.find('destination', id, { list: async () => await this.list() });
	}

	/** As {@link SourceEndpoints.verify}. */
	async verify(id: PortableId): Promise<PortableCheck[]> {
		return await this.requests.checks(path`/v2/destinations/${id}/verify`);
	}
}
