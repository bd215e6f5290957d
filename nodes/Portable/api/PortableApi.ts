import type { IDataObject } from 'n8n-workflow';
import { sameId } from '../../engine/ids';
import { OperationError } from '../../engine/errors';
import { readCursorList } from '../../engine/http/pagination';
import { path } from '../../engine/http/path';
import type { Path } from '../../engine/http/path';
import type { ApiResponse, HttpClient, ApiProfile } from '../../engine/http/client';
import { epochMs, isObject } from '../../engine/values';
import { followingPage } from './nextPage';

/** Text if the number exceeds 2^53, which a JavaScript number cannot represent exactly. */
export type PortableId = number | string;

/** A source, destination, flow or run attempt. Only the ID is always present. */
export type PortableResource = IDataObject & { id: PortableId };

/** All resources of a kind. */
export interface PortableListing {
	resources: PortableResource[];
	/** Why the list is incomplete, as a sentence; undefined if it is complete. */
	incomplete?: string;
}

/** A finding of a verification: an error, or information if `isError` is false. */
export type PortableCheck = IDataObject & { isError?: boolean; message?: string };

/** https://developer.portable.io/api-reference/sources/create-source */
export interface NewSource {
	/** Machine name of the source spec, e.g. `google_calendar`. */
	sourceSpec: string;
	displayName?: string;
	/** The spec defines the names. */
	properties?: IDataObject;
}

/** https://developer.portable.io/api-reference/destinations/create-a-destination */
export interface NewDestination {
	/** Machine name of the destination spec, e.g. `snowflake`. */
	destinationSpec: string;
	displayName?: string;
	properties?: IDataObject;
}

export const frequencies = ['manual', '24h', '12h', '6h', '1h', '30m', '15m'] as const;

/**
 * https://developer.portable.io/api-reference/flows/create-flow
 * Source and destination are required, although that page marks them as read-only.
 * Frequency and cron are mutually exclusive.
 */
export interface NewFlow {
	source: PortableId;
	destination: PortableId;
	displayName?: string;
	frequency?: (typeof frequencies)[number];
	cron?: string;
}

/** Removes the envelope `data`, if there is one. Responses of run, cancel and status have none; updates may have none. */
function unwrap(body: unknown): unknown {
	return isObject(body) && 'data' in body ? body.data : body;
}

/** Whether a value of a response is a {@link PortableId}. */
export function isId(value: unknown): value is PortableId {
	return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}

/** The entries of a list, unchecked. */
function entriesOf(body: unknown): unknown[] {
	const list = unwrap(body);
	return Array.isArray(list) ? list : [];
}

function isResource(value: unknown): value is PortableResource {
	return isObject(value) && isId(value.id);
}

const advice: Record<number, string> = {
	400: 'Compare the properties with those of the connector in the Portable app.',
	401: 'Check the token in the Portable API credential. Tokens are created and revoked in the Portable app under API Keys.',
	403: 'The plan of the Portable account may not include this action or the API. Check the plan in the Portable app.',
	404: 'Check that the ID exists in this Portable account.',
};

/**
 * Parses a time of a response.
 * The dates in the examples at https://developer.portable.io have U+2010 in place of hyphens.
 * @returns epoch ms; undefined if the value is missing or not a time
 */
export function timeMs(value: unknown): number | undefined {
	return epochMs(
		typeof value === 'string' ? value.replace(/[\u2010-\u2015\u2212]/g, '-') : undefined,
	);
}

/** When a resource was created, in epoch ms; undefined if missing. */
export function createdAtMs({ createdAt }: PortableResource): number | undefined {
	return timeMs(createdAt);
}

/** How to call Portable and read its errors: https://developer.portable.io */
export const portableProfile: ApiProfile = {
	service: 'Portable',
	credential: 'portableApi',
	secrets: ['token'],
	readError(body) {
		const { message } = isObject(body) ? body : {};
		return { message: typeof message === 'string' && message.trim() !== '' ? message : undefined };
	},
	missingResource({ path: requested }) {
		const [, kind, id] = /^\/v2\/(source|destination|flow|workflow)s\/(\d+)/.exec(requested) ?? [];
		return kind === undefined ? undefined : `${kind} with the ID ${id}`;
	},
	adviceFor: (status) =>
		advice[status] ??
		(status >= 500 ? 'Portable had an internal error. Try again later.' : undefined),
};

/** The endpoints of Portable that the nodes use. */
export class PortableApi {
	constructor(private readonly client: HttpClient) {}

	/** Changes the given members only: https://developer.portable.io/api-reference/sources/update-source */
	async updateSource(
		id: PortableId,
		changes: Pick<NewSource, 'displayName' | 'properties'>,
	): Promise<PortableResource> {
		return await this.update(path`/v2/sources/${id}`, changes);
	}

	/**
	 * https://developer.portable.io/api-reference/flows/update-flow
	 * Source and destination are required, even to change only the name.
	 */
	async updateFlow(id: PortableId, flow: NewFlow): Promise<PortableResource> {
		return await this.update(path`/v2/flows/${id}`, flow);
	}

	/**
	 * https://developer.portable.io/api-reference/sources/verify-if-a-source-is-properly-configured
	 * Connects to the third party; takes up to 10 s.
	 */
	async verifySource(id: PortableId): Promise<PortableCheck[]> {
		return await this.checks(path`/v2/sources/${id}/verify`);
	}

	/** As {@link verifySource}. */
	async verifyDestination(id: PortableId): Promise<PortableCheck[]> {
		return await this.checks(path`/v2/destinations/${id}/verify`);
	}

	/**
	 * https://developer.portable.io/api-reference/configuration-cards/create-configuration-card-link-for-a-source
	 * The response is in snake case, unlike the request.
	 */
	async createConfigurationCard(
		id: PortableId,
		card: { expiresAt: string; imageUrl?: string; instruction?: string },
	): Promise<IDataObject> {
		const answer = await this.client.send({
			method: 'POST',
			path: path`/v2/sources/${id}/configuration_cards`,
			// required, although the path implies it
			body: { ...card, type: 'SOURCE' },
			effect: 'write',
		});
		return this.object(answer);
	}

	/** https://developer.portable.io/api-reference/flows/get-flow-status. The response has no envelope. */
	async flowStatus(id: PortableId): Promise<IDataObject> {
		return await this.read(path`/v2/flows/${id}/status`);
	}

	/** https://developer.portable.io/api-reference/workflows/get-workflow-status */
	async workflowStatus(id: PortableId): Promise<IDataObject> {
		return await this.read(path`/v2/workflows/${id}/status`);
	}

	/**
	 * https://developer.portable.io/api-reference/flows/cancel-a-running-flow
	 * Succeeds without effect if the flow is not running.
	 */
	async cancelFlow(id: PortableId): Promise<IDataObject> {
		const answer = await this.client.send({
			method: 'POST',
			path: path`/v2/flows/${id}/cancel`,
			effect: 'idempotent',
		});
		return this.object(answer);
	}

	/**
	 * Starts a run. Not documented, but used by public clients. The response has a message, but no run attempt.
	 * @throws OperationError with `outcomeUnknown` if the run may have started
	 */
	async runFlow(id: PortableId): Promise<void> {
		await this.client.send({
			method: 'POST',
			path: path`/v2/flows/${id}/run`,
			effect: 'write',
		});
	}

	/**
	 * One page of a flow's run attempts.
	 * https://developer.portable.io/api-reference/flows/get-flow-run-attempts
	 * @param query `limit` is 1000 or less
	 */
	async runAttempts(
		id: PortableId,
		query: { limit: number; offset: number; sort: 'asc' | 'desc' },
	): Promise<PortableResource[]> {
		const answer = await this.client.send({
			method: 'GET',
			path: path`/v2/flows/${id}/run`,
			query,
			effect: 'read',
		});
		return this.resources(answer);
	}

	/** The path is inferred from that of the update. If Portable does not offer it, the list is searched. */
	async getSource(id: PortableId): Promise<PortableResource> {
		const list = async () => await this.listSources();
		return await this.find('source', id, { one: path`/v2/sources/${id}`, list });
	}

	/** Searches the list, because no path of a single destination is documented. */
	async getDestination(id: PortableId): Promise<PortableResource> {
		return await this.find('destination', id, { list: async () => await this.listDestinations() });
	}

	/** As {@link getSource}. */
	async getFlow(id: PortableId): Promise<PortableResource> {
		const list = async () => await this.listFlows();
		return await this.find('flow', id, { one: path`/v2/flows/${id}`, list });
	}

	async createSource(source: NewSource): Promise<PortableResource> {
		return await this.create(path`/v2/sources`, source);
	}

	async createDestination(destination: NewDestination): Promise<PortableResource> {
		return await this.create(path`/v2/destinations`, destination);
	}

	async createFlow(flow: NewFlow): Promise<PortableResource> {
		return await this.create(path`/v2/flows`, flow);
	}

	/** Not documented: inferred from the path of the create. @returns undefined if Portable does not offer it */
	async listSources(keepRetryingMs?: number): Promise<PortableListing | undefined> {
		return await this.list(path`/v2/sources`, keepRetryingMs);
	}

	/** As {@link listSources}. */
	async listDestinations(keepRetryingMs?: number): Promise<PortableListing | undefined> {
		return await this.list(path`/v2/destinations`, keepRetryingMs);
	}

	/** Not documented, but used by public clients, which read one page. Whether there are more pages is not known. */
	async listFlows(keepRetryingMs?: number): Promise<PortableListing | undefined> {
		return await this.list(path`/v2/flows`, keepRetryingMs);
	}

	private async read(from: Path): Promise<IDataObject> {
		return this.object(await this.client.send({ method: 'GET', path: from, effect: 'read' }));
	}

	private object(answer: ApiResponse): IDataObject {
		const object = unwrap(answer.body);
		if (isObject(object)) return object;
		throw new OperationError('Portable returned no object', {
			fromService: true,
			status: answer.status,
		});
	}

	private resources(answer: ApiResponse): PortableResource[] {
		const resources = unwrap(answer.body);
		if (Array.isArray(resources)) return resources.filter(isResource);
		throw new OperationError('Portable returned no list', {
			fromService: true,
			status: answer.status,
		});
	}

	private async checks(from: Path): Promise<PortableCheck[]> {
		const answer = await this.client.send({ method: 'GET', path: from, effect: 'read' });
		const checks = unwrap(answer.body);
		if (Array.isArray(checks)) return checks.filter(isObject);
		throw new OperationError('Portable returned no list', {
			fromService: true,
			status: answer.status,
		});
	}

	/** @param one path of the resource, if known */
	private async find(
		kind: string,
		id: PortableId,
		{ one, list }: { one?: Path; list: () => Promise<PortableListing | undefined> },
	): Promise<PortableResource> {
		if (one) {
			const accept = [404, 405];
			const answer = await this.client.send({
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
			{ fromService: true, status: 404, description: listing?.incomplete ?? advice[404] },
		);
	}

	private async update(resourcePath: Path, body: object): Promise<PortableResource> {
		const request = { method: 'PATCH', path: resourcePath, body, effect: 'idempotent' } as const;
		return this.resource(await this.client.send(request), 'changed');
	}

	private async create(collection: Path, body: object): Promise<PortableResource> {
		const request = { method: 'POST', path: collection, body, effect: 'write' } as const;
		return this.resource(await this.client.send(request), 'created');
	}

	private resource({ body, status }: ApiResponse, what: 'changed' | 'created'): PortableResource {
		const resource = unwrap(body);
		if (isResource(resource)) return resource;
		throw new OperationError(`Portable did not return the resource that it ${what}`, {
			fromService: true,
			status,
			outcomeUnknown: what === 'created',
			description: 'Check the Portable app before you run this again.',
		});
	}

	private async list(
		collection: Path,
		keepRetryingMs?: number,
	): Promise<PortableListing | undefined> {
		const read = { isOffered: true, count: 0, unreadable: 0 };
		const { results, incomplete } = await readCursorList<PortableResource>({
			wanted: Infinity,
			idOf: ({ id }) => String(id),
			load: async (after) => {
				const answer = await this.client.send({
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
				const page = this.resources(answer);
				read.count += page.length;
				read.unreadable += entriesOf(answer.body).length - page.length;
				const following = followingPage(answer, { collection, count: read.count });
				return { results: page, ...following, fingerprint: page.map(({ id }) => id).join() };
			},
		});
		if (!read.isOffered) return undefined;
		const withoutId = `The list is incomplete: ${read.unreadable} of its entries have no ID.`;
		return { resources: results, incomplete: read.unreadable > 0 ? withoutId : incomplete };
	}
}
