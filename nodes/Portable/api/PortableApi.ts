import type { IDataObject } from 'n8n-workflow';
import { sameId } from '../../engine/ids';
import { OperationError } from '../../engine/errors';
import { readCursorList } from '../../engine/http/pagination';
import { path } from '../../engine/http/path';
import type { Path } from '../../engine/http/path';
import type { ApiResponse, HttpClient, ApiProfile } from '../../engine/http/client';
import { epochMs, isObject } from '../../engine/values';
import { followingPage } from './nextPage';

/** Digits as text where JavaScript cannot hold the number. */
export type PortableId = number | string;

/** Anything that Portable keeps; everything but the ID may be missing in an answer. */
export type PortableResource = IDataObject & { id: PortableId };

/** A list of everything of a kind. */
export interface PortableListing {
	resources: PortableResource[];
	/** Why there is more than these, as a sentence. */
	incomplete?: string;
}

/** One finding of a verification; informational ones are mixed with errors. */
export type PortableCheck = IDataObject & { isError?: boolean; message?: string };

/** https://developer.portable.io/api-reference/sources/create-source */
export interface NewSource {
	/** Machine name of the source spec, e.g. `google_calendar`. */
	sourceSpec: string;
	displayName?: string;
	/** Names are defined by the spec. */
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
 * Source and destination are required, although that page flags them as read only.
 * Frequency and cron exclude each other.
 */
export interface NewFlow {
	source: PortableId;
	destination: PortableId;
	displayName?: string;
	frequency?: (typeof frequencies)[number];
	cron?: string;
}

/** What is inside `data`, in the answers that have one: run, cancel and status come bare, and so may an update. */
function unwrap(body: unknown): unknown {
	return isObject(body) && 'data' in body ? body.data : body;
}

/** An ID as it is in answers; {@link PortableId}. */
export function isId(value: unknown): value is PortableId {
	return typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value));
}

/** The entries of a list, whatever they are. */
function listed(body: unknown): unknown[] {
	const list = unwrap(body);
	return Array.isArray(list) ? list : [];
}

function isResource(value: unknown): value is PortableResource {
	return isObject(value) && isId(value.id);
}

const advice: Record<number, string> = {
	400: 'Check the properties against what the spec asks for in the Portable app.',
	401: 'Check the token in the Portable API credential; tokens are made, and revoked, in the Portable app under API Keys.',
	403: 'The plan of the Portable account limits what it may do, and which plans may use the API. Check the plan in the Portable app.',
	404: 'Check that the ID exists in this Portable account.',
};

/**
 * A time by Portable's clock, in epoch ms; undefined when there is none.
 * In examples of Portable's pages the hyphens of a date are U+2010.
 */
export function timeMs(value: unknown): number | undefined {
	return epochMs(
		typeof value === 'string' ? value.replace(/[\u2010-\u2015\u2212]/g, '-') : undefined,
	);
}

/** When a resource was created; see {@link timeMs}. */
export function createdAtMs({ createdAt }: PortableResource): number | undefined {
	return timeMs(createdAt);
}

/** Portable on the wire: https://developer.portable.io */
export const portableProfile: ApiProfile = {
	service: 'Portable',
	credential: 'portableApi',
	secrets: ['token'],
	readError(body) {
		const { message } = isObject(body) ? body : {};
		return { message: typeof message === 'string' && message.trim() !== '' ? message : undefined };
	},
	adviceFor: (status) =>
		advice[status] ??
		(status >= 500 ? 'Portable has a fault of its own; try again later.' : undefined),
};

/** Every endpoint of Portable that this package uses. Knows nothing of n8n's forms. */
export class PortableApi {
	constructor(private readonly client: HttpClient) {}

	/** https://developer.portable.io/api-reference/sources/update-source, only what is given. */
	async updateSource(
		id: PortableId,
		changes: Pick<NewSource, 'displayName' | 'properties'>,
	): Promise<PortableResource> {
		return await this.update(path`/v2/sources/${id}`, changes);
	}

	/**
	 * https://developer.portable.io/api-reference/flows/update-flow
	 * By that page both ids are required even for a change of the name alone.
	 */
	async updateFlow(id: PortableId, flow: NewFlow): Promise<PortableResource> {
		return await this.update(path`/v2/flows/${id}`, flow);
	}

	/**
	 * https://developer.portable.io/api-reference/sources/verify-if-a-source-is-properly-configured
	 * Opens a connection to the third party, and takes up to 10 s.
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
	 * The answer is in snake case, although the request is not.
	 */
	async createConfigurationCard(
		id: PortableId,
		card: { expiresAt: string; imageUrl?: string; instruction?: string },
	): Promise<IDataObject> {
		const answer = await this.client.send({
			method: 'POST',
			path: path`/v2/sources/${id}/configuration_cards`,
			// required, although the path says it already
			body: { ...card, type: 'SOURCE' },
			effect: 'write',
		});
		return this.object(answer);
	}

	/** https://developer.portable.io/api-reference/flows/get-flow-status; comes without an envelope. */
	async flowStatus(id: PortableId): Promise<IDataObject> {
		return await this.read(path`/v2/flows/${id}/status`);
	}

	/** https://developer.portable.io/api-reference/workflows/get-workflow-status */
	async workflowStatus(id: PortableId): Promise<IDataObject> {
		return await this.read(path`/v2/workflows/${id}/status`);
	}

	/**
	 * https://developer.portable.io/api-reference/flows/cancel-a-running-flow
	 * Answers well, too, when the flow is not running, and then does nothing.
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
	 * Starts a run. Seen in working clients; the answer has a message, and nothing of the attempt.
	 * @throws Fault; with `mayBeDone` when the run may have been started
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
	 * @param limit 1000 at the most
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

	/** Inferred from the update on the same path; where it is not offered, the list is searched. */
	async getSource(id: PortableId): Promise<PortableResource> {
		const list = async () => await this.listSources();
		return await this.find('source', id, { one: path`/v2/sources/${id}`, list });
	}

	/** From the list, because no page speaks of a path of one destination. */
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

	/** Inferred: the page of this list was not found; undefined when Portable does not offer it. */
	async listSources(keepRetryingMs?: number): Promise<PortableListing | undefined> {
		return await this.list(path`/v2/sources`, keepRetryingMs);
	}

	/** Inferred, as {@link listSources}. */
	async listDestinations(keepRetryingMs?: number): Promise<PortableListing | undefined> {
		return await this.list(path`/v2/destinations`, keepRetryingMs);
	}

	/** Seen in working clients; whether it pages is not known, and they read the first answer only. */
	async listFlows(keepRetryingMs?: number): Promise<PortableListing | undefined> {
		return await this.list(path`/v2/flows`, keepRetryingMs);
	}

	private async read(from: Path): Promise<IDataObject> {
		return this.object(await this.client.send({ method: 'GET', path: from, effect: 'read' }));
	}

	private object(answer: ApiResponse): IDataObject {
		const object = unwrap(answer.body);
		if (isObject(object)) return object;
		throw new OperationError('Portable answered without an object', {
			fromService: true,
			status: answer.status,
		});
	}

	private resources(answer: ApiResponse): PortableResource[] {
		const resources = unwrap(answer.body);
		if (Array.isArray(resources)) return resources.filter(isResource);
		throw new OperationError('Portable answered without a list', {
			fromService: true,
			status: answer.status,
		});
	}

	private async checks(from: Path): Promise<PortableCheck[]> {
		const answer = await this.client.send({ method: 'GET', path: from, effect: 'read' });
		const checks = unwrap(answer.body);
		if (Array.isArray(checks)) return checks.filter(isObject);
		throw new OperationError('Portable answered without a list', {
			fromService: true,
			status: answer.status,
		});
	}

	/** @param one where the resource itself is, if a page speaks of that path */
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
				? `Portable has no ${kind} with the ID ${id}${listing.incomplete === undefined ? '' : ' in what it lists'}`
				: `Portable did not offer to read a ${kind}`,
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
		throw new OperationError(`Portable answered without the resource that it ${what}`, {
			fromService: true,
			status,
			outcomeUnknown: what === 'created',
			description: 'Look in the Portable app, before you run this again.',
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
					// a service that does not know pages may refuse to be asked for the second
					accept: after === undefined ? [404, 405] : [400, 404, 405, 422],
					keepRetryingMs,
				});
				if (answer.status >= 400) {
					read.isOffered &&= after !== undefined;
					return { results: [], hasMore: after !== undefined };
				}
				const page = this.resources(answer);
				read.count += page.length;
				read.unreadable += listed(answer.body).length - page.length;
				const following = followingPage(answer, { collection, count: read.count });
				return { results: page, ...following, fingerprint: page.map(({ id }) => id).join() };
			},
		});
		if (!read.isOffered) return undefined;
		const odd = `The list is not whole: ${read.unreadable} of its entries have no ID.`;
		return { resources: results, incomplete: read.unreadable > 0 ? odd : incomplete };
	}
}
