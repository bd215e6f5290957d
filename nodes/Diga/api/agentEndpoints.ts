import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../../engine/errors';
import type { ApiResponse } from '../../engine/http/client';
import { isObject } from '../../engine/values';
import { pageQuery, readPageOf } from './pages';
import type { DigaPage } from './pages';
import { paths } from './paths';
import type { DigaRequests } from './requests';
import { isAgent } from './resource';
import type { DigaAgent } from './resource';
import { readList } from './responses';

export const agentModes = ['free', 'path'] as const;

export interface AgentQuery {
	mode?: (typeof agentModes)[number];
	/** The published versions, instead of the drafts. */
	is_published?: boolean;
}

/** Which version of an agent to read; the draft by default. Diga rejects both members together with status 400. */
export type WhichVersion = { version_id?: string } | { is_published: true };

/** A version to publish, with the phone numbers that the agent then has. */
export interface Publication {
	/** Required, because Diga unpublishes the agent if it is missing or null. */
	version_id: string;
	inbound_phone_number_id?: string;
	outbound_phone_number_id?: string;
}

/** Diga's maximum. */
const PAGE_SIZE = 100;

/** @throws OperationError if an entry has no ID, because it could be the agent that the caller searches for */
function readAgents(list: unknown[], status: number): DigaAgent[] {
	return list.map((entry) => {
		if (isAgent(entry)) return entry;
		throw new OperationError('Diga returned a list with an agent that has no ID', {
			fromService: true,
			status,
		});
	});
}

function readAgent({ body, status }: ApiResponse): DigaAgent {
	if (isAgent(body)) return body;
	throw new OperationError("Diga's response has no agent ID", { fromService: true, status });
}

/** Reads the response to a change of an agent. */
function readChanged({ body, status }: ApiResponse): DigaAgent {
	if (isAgent(body)) return body;
	throw new OperationError("Diga's response does not contain the changed agent", {
		fromService: true,
		status,
		outcomeUnknown: true,
	});
}

/** Voice agents and their versions: https://docs.diga.io/api-reference/openapi.json */
export class AgentEndpoints {
	constructor(private readonly requests: DigaRequests) {}

	/** Returns one page, newest first: the drafts by default. */
	async list(query: AgentQuery & { after?: string } = {}): Promise<DigaPage<DigaAgent>> {
		const parameters = { ...pageQuery(query), limit: PAGE_SIZE };
		const response = await this.requests.read(paths.agents(), parameters);
		return readPageOf(response, {
			after: query.after,
			read: readAgents,
			idOf: ({ agent_id: id }) => id,
		});
	}

	async get(id: string, which: WhichVersion = {}): Promise<DigaAgent> {
		return readAgent(await this.requests.read(paths.agent(id), { ...which }));
	}

	/** Returns the version that handles calls. Undefined if the agent is not published. */
	async findPublished(id: string): Promise<DigaAgent | undefined> {
		const response = await this.requests.find(paths.agent(id), { is_published: true });
		if (response.status === 404) return undefined;
		const agent = readAgent(response);
		return agent.is_published === false || agent.is_draft === true ? undefined : agent;
	}

	/**
	 * Returns the versions of an agent with its draft, as `{ version_id, version_number, ... }`. Diga lists those of all
	 * agents.
	 * @throws OperationError if those of the agent are not listed: then it is unknown which versions exist
	 */
	async listVersions(id: string): Promise<IDataObject[]> {
		const response = await this.requests.read(paths.agentVersions());
		const listed = readList(response).find((entry) => isAgent(entry) && entry.agent_id === id);
		const versions: unknown = isObject(listed) ? listed.versions : undefined;
		if (Array.isArray(versions)) return versions.filter(isObject);
		throw new OperationError(`Diga does not list the versions of the agent ${id}`, {
			fromService: true,
			status: response.status,
		});
	}

	/**
	 * Replaces all flows of the draft, and changes nothing else. Not repeated after a lost response, because another
	 * client may have changed the flows since: read the agent instead.
	 */
	async setFlows(id: string, flows: string[]): Promise<DigaAgent> {
		const path = paths.agent(id);
		const body = { flow_ids: flows };
		const request = { method: 'PATCH', path, body, effect: 'write' } as const;
		return readChanged(await this.requests.send('update', request));
	}

	/** Creates a version of the draft. It cannot be changed or, with this package, be deleted. */
	async createVersion(id: string, name?: string): Promise<DigaAgent> {
		const path = paths.agentVersion(id);
		const body = { version_name: name };
		const request = { method: 'POST', path, body, effect: 'write' } as const;
		return readChanged(await this.requests.send('update', request));
	}

	/** Makes a version handle the calls. A phone number that is not passed may be taken from the agent. */
	async publish(id: string, publication: Publication): Promise<IDataObject> {
		const path = paths.publishedVersion(id);
		const request = { method: 'PATCH', path, body: publication, effect: 'idempotent' } as const;
		const { body } = await this.requests.send('update', request);
		return isObject(body) ? body : {};
	}
}
