import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { ApiResponse, HttpClient, Request } from '../../engine/http/client';
import { readCursorList } from '../../engine/http/pagination';
import type { Path } from '../../engine/http/path';
import { sameId } from '../../engine/ids';
import { followingPage } from './nextPage';
import { portableProfile } from './profile';
import { isResource } from './resource';
import type { PortableId, PortableListing, PortableResource } from './resource';
import { readChecks, readObject, readResource, readResources, unwrap } from './responses';
import type { PortableCheck } from './responses';

/** Sends requests to Portable, for all endpoints. */
export class PortableRequests {
	constructor(private readonly client: HttpClient) {}

	async send(request: Request): Promise<ApiResponse> {
		return await this.client.send(request);
	}

	async read(from: Path): Promise<IDataObject> {
		return readObject(await this.send({ method: 'GET', path: from, effect: 'read' }));
	}

	async checks(from: Path): Promise<PortableCheck[]> {
		return readChecks(await this.send({ method: 'GET', path: from, effect: 'read' }));
	}

	/**
	 * Reads a resource by its path, or finds it in the list.
	 * @throws OperationError with status 404 if there is none
	 * @param one path of the resource, if known
	 */
	async find(
		kind: string,
		id: PortableId,
		{ one, list }: { one?: Path; list: () => Promise<PortableListing | undefined> },
	): Promise<PortableResource> {
		if (one) {
			const accept = [404, 405];
			const answer = await this.send({
				method: 'GET',
				path: one,
				effect: 'read',
				accept,
			});
			const resource = unwrap(answer.body);
			if (answer.status < 400 && isResource(resource)) return resource;
		}
		const listing = await list();
		const found = listing?.resources.find((resource) => sameId(resource.id, id));
		if (found) return found;
		throw new OperationError(
			listing
				? `Portable has no ${kind} with the ID ${id}${listing.incomplete === undefined ? '' : ' in its list'}`
				: `Portable does not offer a way to read a ${kind}`,
			{
				fromService: true,
				status: 404,
				description: listing?.incomplete ?? portableProfile.adviceFor(404),
			},
		);
	}

	/** Changes the given members only. */
	async update(resourcePath: Path, body: object): Promise<PortableResource> {
		const request = { method: 'PATCH', path: resourcePath, body, effect: 'idempotent' } as const;
		return readResource(await this.send(request), 'changed');
	}

	async create(collection: Path, body: object): Promise<PortableResource> {
		const request = { method: 'POST', path: collection, body, effect: 'write' } as const;
		return readResource(await this.send(request), 'created');
	}

	/** Reads all pages. Undefined if Portable does not offer the list. */
	async list(collection: Path, keepRetryingMs?: number): Promise<PortableListing | undefined> {
		const read = { isOffered: true, count: 0, unreadable: 0 };
		const { results, incomplete } = await readCursorList<PortableResource>({
			wanted: Infinity,
			idOf: ({ id }) => String(id),
			load: async (after) => {
				const answer = await this.send({
					method: 'GET',
					path: collection,
					query: Object.fromEntries(new URLSearchParams(after)),
					effect: 'read',
					// a service without pages may reject the request for a second page
					accept: after === undefined ? [404, 405] : [400, 404, 405, 422],
					keepRetryingMs,
				});
				if (answer.status >= 400) {
					read.isOffered &&= after !== undefined;
					return { results: [], hasMore: after !== undefined };
				}
				const { resources: page, unreadable } = readResources(answer);
				read.count += page.length;
				read.unreadable += unreadable;
				const following = followingPage(answer, { collection, count: read.count });
				return { results: page, ...following, fingerprint: page.map(({ id }) => id).join() };
			},
		});
		if (!read.isOffered) return undefined;
		const withoutId = `The list is incomplete: ${read.unreadable} of its entries have no ID.`;
		return { resources: results, incomplete: read.unreadable > 0 ? withoutId : incomplete };
	}
}
