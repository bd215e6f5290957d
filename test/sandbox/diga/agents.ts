import { randomUUID } from 'node:crypto';
import type { Context } from 'openapi-backend';
import type { ContractReply } from '../contract.ts';
import type { Dialect, Permission } from './diga.ts';
import { ApiError, missing, segment } from './errors.ts';
import type { Values } from './tree.ts';

/** A version of an agent, or its draft. */
export interface AgentVersion {
	version_id: string;
	version_number: number;
	version_name: string | null;
	/** ISO 8601. */
	version_created_at: string;
	flow_ids: string[];
	/** The other settings, as in responses. */
	settings: Values;
}

export interface Agent {
	agent_id: string;
	/** ISO 8601. */
	created_at: string;
	modified_at: string;
	/** The only version that changes. */
	draft: AgentVersion;
	/** In the order of their creation. */
	versions: AgentVersion[];
	/** The version that handles calls. Undefined if the agent is not published. */
	published?: string;
}

export interface Phone {
	id: string;
	number: string;
	inbound_agent_id: string | null;
	outbound_agent_id: string | null;
}

/** What agents need of the rest of the service. */
export interface Host {
	dialect: () => Dialect;
	iso: () => string;
	truth: {
		flows: Array<{ id: string; draft: { name: string }; status: string }>;
		agents: Agent[];
		phones: Phone[];
	};
	may: (
		permission: Permission,
		handler: (context: Context) => ContractReply,
		errorObjects: boolean,
	) => (context: Context) => ContractReply;
	pageOf: <One extends { id: string }>(
		all: One[],
		query: Values,
		how: { fits: (one: One) => boolean; limit: number },
	) => { data: One[]; has_more: boolean };
}

const VOICE = {
	id: '0c7a1c1e-5b0e-4f6e-9a59-0d2f0c6f0001',
	name: 'Lucia',
	provider: 'elevenlabs',
	provider_voice_id: 'lucia-1',
	is_favourite: false,
};

/** The ID of a version: the same in each run, so that tests can compare requests. */
function versionId(agent: string, version: number | 'draft'): string {
	const parts = agent.split('-');
	const part = version === 'draft' ? '9fff' : `8${String(version).padStart(3, '0')}`;
	return [...parts.slice(0, 3), part, ...parts.slice(4)].join('-');
}

/** The members of a request that replace a whole list, and the members of responses that show them. */
const LISTS: Record<string, string> = {
	integrations: 'integrations',
	call_tools: 'call_tools',
	knowledge_base_ids: 'knowledge_base_ids',
	knowledge_item_ids: 'knowledge_item_ids',
};

/**
 * Agents, their versions, and phone numbers.
 * https://docs.diga.io/en/build/agents/version-control, https://docs.diga.io/en/build/flows/assign-agents
 */
export class Agents {
	private readonly host: Host;

	constructor(host: Host) {
		this.host = host;
	}

	/** The handlers, by operationId. */
	handlers(): Record<string, (context: Context) => ContractReply> {
		const may = (permission: Permission, handler: (context: Context) => ContractReply) =>
			this.host.may(permission, handler, true);
		return {
			listAgents: may('view', (context) => this.list(context)),
			listAgentVersions: may('view', () => ({ status: 200, body: this.versions() })),
			getAgent: may('view', (context) => this.get(context)),
			updateAgent: may('update', (context) => this.update(context)),
			createAgentVersion: may('update', (context) => this.createVersion(context)),
			publishAgentVersion: may('update', (context) => this.publish(context)),
			listPhones: may('view', (context) => this.listPhones(context)),
		};
	}

	/** Adds an agent with a draft, which is not published. */
	add(
		name: string,
		more: { agent_id?: string; settings?: Values; flow_ids?: string[] } = {},
	): Agent {
		const now = this.host.iso();
		const settings = { name, mode: 'free', prompt: 'Be kind', voice: VOICE, language: 'en' };
		const id = more.agent_id ?? randomUUID();
		const agent: Agent = {
			agent_id: id,
			created_at: now,
			modified_at: now,
			draft: {
				version_id: versionId(id, 'draft'),
				version_number: 1,
				version_name: null,
				version_created_at: now,
				flow_ids: more.flow_ids ?? [],
				settings: { ...settings, integrations: [], call_tools: [], ...more.settings },
			},
			versions: [],
		};
		this.host.truth.agents.push(agent);
		return agent;
	}

	/** Creates a version of the draft. @param publishes whether it then handles the calls */
	launch(agent: Agent, { name, publishes }: { name?: string | null; publishes?: boolean } = {}) {
		const version: AgentVersion = {
			...structuredClone(agent.draft),
			version_id: versionId(agent.agent_id, agent.draft.version_number),
			version_number: agent.draft.version_number,
			version_name: name ?? null,
			version_created_at: this.host.iso(),
		};
		agent.draft.version_number++;
		agent.versions.push(version);
		if (publishes) agent.published = version.version_id;
		return version;
	}

	/** The version of an agent that handles calls. */
	publishedVersion({ versions, published }: Agent): AgentVersion | undefined {
		return versions.find(({ version_id: id }) => id === published);
	}

	/** Removes a deleted flow from all versions: https://docs.diga.io/api-reference/workflows/delete-flow */
	unassign(flow: string): void {
		for (const { draft, versions } of this.host.truth.agents) {
			for (const version of [draft, ...versions]) {
				version.flow_ids = version.flow_ids.filter((id) => id !== flow);
			}
		}
	}

	shown(agent: Agent, version: AgentVersion): Values {
		const { agent_id, created_at, modified_at, draft, published } = agent;
		const { flow_ids: flows, settings, ...own } = version;
		const { sparse, hidesAgentFlows, hidesDraftFlag } = this.host.dialect();
		const { voice, language, mode, ...others } = settings;
		const required = { agent_id, created_at, modified_at, ...own, voice, language, mode };
		if (sparse) return required;
		return {
			...required,
			...others,
			...(!hidesDraftFlag && { is_draft: version === draft }),
			is_published: version.version_id === published,
			...(!hidesAgentFlows && { flows: flows.map((id) => this.assigned(id)) }),
		};
	}

	private assigned(id: string): Values {
		const flow = this.host.truth.flows.find((one) => one.id === id);
		return {
			id,
			name: flow?.draft.name ?? null,
			requires_setup: false,
			source_flow_template_id: null,
			status: flow?.status ?? null,
			produced_variables: [],
			consumed_variables: [],
		};
	}

	private agentIn(context: Context): Agent {
		const id = segment(context, 'agent_id');
		const agent = this.host.truth.agents.find((one) => one.agent_id === id);
		if (!agent) throw new ApiError(404, `Agent ${id} not found`, 'AGENT_NOT_FOUND');
		return agent;
	}

	/** A version, or the draft, by its ID. */
	private versionOf({ versions, draft }: Agent, id: unknown): AgentVersion {
		const version = [draft, ...versions].find((one) => one.version_id === id);
		if (!version) throw missing('Agent version');
		return version;
	}

	private list({ request }: Context): ContractReply {
		const { is_published: published, mode, order, ...query } = request.query as Values;
		if (query.after && query.before) {
			const message = "Cannot use both 'before' and 'after' pagination parameters together";
			throw new ApiError(422, message, 'INVALID_PAGINATION_PARAMETERS');
		}
		const shown = this.host.truth.agents.flatMap((agent) => {
			const version = String(published) === 'true' ? this.publishedVersion(agent) : agent.draft;
			return version ? { id: agent.agent_id, body: this.shown(agent, version) } : [];
		});
		const sorted = order === 'asc' ? shown : shown.toReversed();
		const page = this.host.pageOf(sorted, query, {
			limit: 10,
			fits: ({ body }) => mode === undefined || body.mode === mode,
		});
		return { status: 200, body: { ...page, data: page.data.map(({ body }) => body) } };
	}

	private versions(): Values[] {
		return this.host.truth.agents.map(({ agent_id, draft, versions, published }) => ({
			agent_id,
			name: draft.settings.name,
			versions: [draft, ...versions.toReversed()].map((version) => ({
				version_id: version.version_id,
				version_number: version.version_number,
				version_name: version.version_name,
				is_published: version.version_id === published,
				...(!this.host.dialect().hidesDraftFlag && { is_draft: version === draft }),
			})),
		}));
	}

	private get(context: Context): ContractReply {
		const agent = this.agentIn(context);
		const { version_id: id, is_published: published } = context.request.query as Values;
		if (id !== undefined && String(published) === 'true') {
			const message = 'Cannot specify both version_id and is_published parameters together';
			throw new ApiError(400, message, 'BAD_PARAMETER');
		}
		let version: AgentVersion | undefined = agent.draft;
		if (id !== undefined) version = this.versionOf(agent, id);
		if (String(published) === 'true') version = this.publishedVersion(agent);
		// inferred: the document has no other status for an agent without a published version
		if (!version) {
			throw new ApiError(404, `Agent ${agent.agent_id} not found`, 'AGENT_NOT_FOUND');
		}
		return { status: 200, body: this.shown(agent, version) };
	}

	private update(context: Context): ContractReply {
		const agent = this.agentIn(context);
		const sent = context.request.requestBody as Values;
		const { draft } = agent;
		// a list that is sent replaces the whole list
		for (const [member, shown] of Object.entries(LISTS)) {
			if (Array.isArray(sent[member])) draft.settings[shown] = sent[member];
		}
		if (Array.isArray(sent.flow_ids)) draft.flow_ids = [...new Set(sent.flow_ids.map(String))];
		for (const member of ['name', 'prompt', 'greeting', 'description']) {
			if (sent[member] !== undefined) draft.settings[member] = sent[member];
		}
		agent.modified_at = this.host.iso();
		return { status: 200, body: this.shown(agent, draft) };
	}

	private createVersion(context: Context): ContractReply {
		const agent = this.agentIn(context);
		const { version_name: name } = context.request.requestBody as { version_name?: string | null };
		const version = this.launch(agent, { name });
		// "assigned workflows are not automatically copied": https://docs.diga.io/en/build/flows/assign-agents
		const { versionsLoseFlows, draftLosesFlows } = this.host.dialect();
		if (versionsLoseFlows) version.flow_ids = [];
		if (draftLosesFlows) agent.draft.flow_ids = [];
		return { status: 201, body: this.shown(agent, version) };
	}

	private publish(context: Context): ContractReply {
		const agent = this.agentIn(context);
		const {
			version_id: id,
			inbound_phone_number_id: inbound,
			outbound_phone_number_id: outbound,
		} = context.request.requestBody as Values;
		const { publishStays } = this.host.dialect();
		if (!publishStays) {
			// without a version, the agent is unpublished
			agent.published = id ? this.versionOf(agent, id).version_id : undefined;
			this.assignPhone(agent, 'inbound_agent_id', inbound);
			this.assignPhone(agent, 'outbound_agent_id', outbound);
		}
		return {
			status: 200,
			body: {
				agent_id: agent.agent_id,
				published_version_id: agent.published ?? null,
				inbound_phone_number_id: this.phoneOf(agent, 'inbound_agent_id')?.id ?? null,
				outbound_phone_number_id: this.phoneOf(agent, 'outbound_agent_id')?.id ?? null,
			},
		};
	}

	private phoneOf({ agent_id: id }: Agent, role: 'inbound_agent_id' | 'outbound_agent_id') {
		return this.host.truth.phones.find((phone) => phone[role] === id);
	}

	/** The sent number becomes the only one. A number that is not sent is taken from the agent: inferred. */
	private assignPhone(
		agent: Agent,
		role: 'inbound_agent_id' | 'outbound_agent_id',
		phone: unknown,
	): void {
		const { phones } = this.host.truth;
		if (phone && !phones.some(({ id }) => id === phone)) throw missing('Phone');
		for (const one of phones) {
			if (one.id === phone) one[role] = agent.agent_id;
			else if (one[role] === agent.agent_id) one[role] = null;
		}
	}

	private listPhones({ request }: Context): ContractReply {
		const {
			inbound_agent_id: inbound,
			outbound_agent_id: outbound,
			...query
		} = request.query as Values;
		const page = this.host.pageOf(this.host.truth.phones, query, {
			limit: 20,
			fits: (phone) =>
				(inbound === undefined || phone.inbound_agent_id === inbound) &&
				(outbound === undefined || phone.outbound_agent_id === outbound),
		});
		const body = {
			...page,
			data: page.data.map((phone) => ({
				...phone,
				nickname: null,
				telephony_provider: 'custom',
				status: 'assigned',
			})),
		};
		return { status: 200, body };
	}
}
