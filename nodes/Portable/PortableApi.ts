import type { IDataObject } from 'n8n-workflow';
import { Fault } from '../engine/fault';
import { path } from '../engine/path';
import type { Path } from '../engine/path';
import type { Answer, Connection, Wire } from '../engine/request';

/** Anything that Portable keeps; everything but the ID may be missing in an answer. */
export type PortableResource = IDataObject & { id: number };

/** A whole list, and Portable's clock in epoch ms when it gave it. */
export interface PortableListing {
	resources: PortableResource[];
	serverTimeMs?: number;
}

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
	source: number;
	destination: number;
	displayName?: string;
	frequency?: (typeof frequencies)[number];
	cron?: string;
}

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is inside `data`, in the answers that have one: run, cancel and status come bare, and so may an update. */
function unwrap(body: unknown): unknown {
	return isObject(body) && 'data' in body ? body.data : body;
}

function isResource(value: unknown): value is PortableResource {
	return isObject(value) && typeof value.id === 'number';
}

const advice: Record<number, string> = {
	400: 'Check the properties against what the spec asks for in the Portable app.',
	401: 'Check the token in the Portable API credential; tokens are made, and revoked, in the Portable app under API Keys.',
	403: 'The plan of the Portable account limits what it may do, and which plans may use the API. Check the plan in the Portable app.',
	404: 'Check that the ID exists in this Portable account.',
};

/**
 * When a resource was created, by Portable's clock, in epoch ms; undefined when it does not tell.
 * In examples of Portable's pages the hyphens of a date are U+2010.
 */
export function createdAtMs({ createdAt }: PortableResource): number | undefined {
	const text = typeof createdAt === 'string' ? createdAt : '';
	const time = Date.parse(text.replace(/[\u2010-\u2015\u2212]/g, '-'));
	return Number.isNaN(time) ? undefined : time;
}

/** Portable on the wire: https://developer.portable.io */
export const portableWire: Wire = {
	service: 'Portable',
	credential: 'portableApi',
	secrets: ['token'],
	readFault(body) {
		const { message } = isObject(body) ? body : {};
		return { message: typeof message === 'string' && message.trim() !== '' ? message : undefined };
	},
	advise: (status) =>
		advice[status] ??
		(status >= 500 ? 'Portable has a fault of its own; try again later.' : undefined),
};

/** Every endpoint of Portable that this package uses. Knows nothing of n8n's forms. */
export class PortableApi {
	constructor(private readonly connection: Connection) {}

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
	async listSources(onceOnly?: boolean): Promise<PortableListing | undefined> {
		return await this.list(path`/v2/sources`, onceOnly);
	}

	/** Inferred, as {@link listSources}. */
	async listDestinations(onceOnly?: boolean): Promise<PortableListing | undefined> {
		return await this.list(path`/v2/destinations`, onceOnly);
	}

	/** Seen in working clients; whether it pages is not known, and they read the first answer only. */
	async listFlows(onceOnly?: boolean): Promise<PortableListing | undefined> {
		return await this.list(path`/v2/flows`, onceOnly);
	}

	private async create(collection: Path, body: object): Promise<PortableResource> {
		const answer = await this.connection.send({
			method: 'POST',
			path: collection,
			body,
			effect: 'write',
		});
		const resource = unwrap(answer.body);
		if (isResource(resource)) return resource;
		throw new Fault('Portable answered without the resource that it created', {
			asked: true,
			status: answer.status,
			mayBeDone: true,
			description: 'Look in the Portable app whether it exists, before you run this again.',
		});
	}

	private async list(collection: Path, onceOnly?: boolean): Promise<PortableListing | undefined> {
		const answer: Answer = await this.connection.send({
			method: 'GET',
			path: collection,
			effect: 'read',
			accept: [404, 405],
			onceOnly,
		});
		if (answer.status >= 400) return undefined;
		const resources = unwrap(answer.body);
		if (Array.isArray(resources)) {
			return { resources: resources.filter(isResource), serverTimeMs: answer.serverTimeMs };
		}
		throw new Fault('Portable answered without a list', { asked: true, status: answer.status });
	}
}
