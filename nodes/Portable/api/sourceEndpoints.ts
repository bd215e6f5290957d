import type { IDataObject } from 'n8n-workflow';
import { path } from '../../engine/http/path';
import type { PortableRequests } from './requests';
import type { PortableId, PortableListing, PortableResource } from './resource';
import { readObject } from './responses';
import type { PortableCheck } from './responses';

/** https://developer.portable.io/api-reference/sources/create-source */
export interface NewSource {
	/** Machine name of the source spec, e.g. `google_calendar`. */
	sourceSpec: string;
	displayName?: string;
	/** The spec defines the names. */
	properties?: IDataObject;
}

export class SourceEndpoints {
	constructor(private readonly requests: PortableRequests) {}

	async create(source: NewSource): Promise<PortableResource> {
		return await this.requests.create(path`/v2/sources`, source);
	}

	/** Not documented: inferred from the path of the create. @returns undefined if Portable does not offer it */
	async list(keepRetryingMs?: number): Promise<PortableListing | undefined> {
		return await this.requests.list(path`/v2/sources`, keepRetryingMs);
	}

	/** The path is inferred from that of the update. If Portable does not offer it, the list is searched. */
	async get(id: PortableId): Promise<PortableResource> {
		const list = async () => await this.list();
		return await this.requests.find('source', id, { one: path`/v2/sources/${id}`, list });
	}

	/** Changes the given members only: https://developer.portable.io/api-reference/sources/update-source */
	async update(
		id: PortableId,
		changes: Pick<NewSource, 'displayName' | 'properties'>,
	): Promise<PortableResource> {
		return await this.requests.update(path`/v2/sources/${id}`, changes);
	}

	/**
	 * https://developer.portable.io/api-reference/sources/verify-if-a-source-is-properly-configured
	 * Connects to the third party; takes up to 10 s.
	 */
	async verify(id: PortableId): Promise<PortableCheck[]> {
		return await this.requests.checks(path`/v2/sources/${id}/verify`);
	}

	/**
	 * https://developer.portable.io/api-reference/configuration-cards/create-configuration-card-link-for-a-source
	 * The response is in snake case, unlike the request.
	 */
	async createConfigurationCard(
		id: PortableId,
		card: { expiresAt: string; imageUrl?: string; instruction?: string },
	): Promise<IDataObject> {
		const answer = await this.requests.send({
			method: 'POST',
			path: path`/v2/sources/${id}/configuration_cards`,
			// required, although the path implies it
			body: { ...card, type: 'SOURCE' },
			effect: 'write',
		});
		return readObject(answer);
	}
}
