import { randomBytes } from 'node:crypto';
import type { Context } from 'openapi-backend';
import { breaches, Contract } from '../contract.ts';
import type { Breach, ContractReply } from '../contract.ts';
import { Agents } from './agents.ts';
import type { Agent, Phone } from './agents.ts';
import { ApiError, missing, segment } from './errors.ts';
import { Calls } from './calls.ts';
import type { Call, CallPermission, Delivery, Webhook } from './calls.ts';
import { pieceNamed, pieces, templates } from './pieces.ts';
import {
	addAction,
	allSteps,
	changeBranches,
	deleteAction,
	emptyTrigger,
	EngineError,
	moveAction,
	renamedCopy,
	router,
	shownStep,
	stepNamed,
	stepOf,
	updateAction,
} from './tree.ts';
import type { Place, Step, Values } from './tree.ts';
import type { Reply } from '../faultInjection.ts';
import { serve } from '../server.ts';
import type { Arrival, Sandbox } from '../server.ts';

/** The API key that the sandbox accepts. */
export const DIGA_KEY = 'diga-sandbox-key-0815';

interface Version {
	name: string;
	trigger: Step | null;
}

interface Flow {
	id: string;
	/** ISO 8601. */
	created: string;
	updated: string;
	draft: Version;
	/** The version that runs if the flow is enabled. Undefined until the first publish. */
	published?: Version;
	status: 'ENABLED' | 'DISABLED';
}

type RunStatus =
	| 'QUEUED'
	| 'RUNNING'
	| 'PAUSED'
	| 'SUCCEEDED'
	| 'FAILED'
	| 'TIMEOUT'
	| 'CANCELED'
	| 'INTERNAL_ERROR'
	| 'QUOTA_EXCEEDED'
	| 'MEMORY_LIMIT_EXCEEDED'
	/** A status that Diga may add in the future. */
	| 'EXPIRED';

/** An execution of a flow. Tests add them to `truth`, or with {@link DigaSandbox.start}. */
interface Run {
	id: string;
	flowId: string;
	/** The current status, or the final one if the execution still changes its status. */
	status: RunStatus;
	created: string;
	steps?: Values;
	failedStep?: { name: string; displayName: string };
	/** When the status changes, in ms after `created`, by the sandbox's clock. */
	runningAfterMs?: number;
	finishedAfterMs?: number;
}

interface Connection {
	id: string;
	external_id: string;
	display_name: string;
	piece_name: string;
	status: string;
	/** Not in responses. */
	type: string;
	value: Values;
}

export type Permission = 'view' | 'create' | 'update' | 'delete';

/** Behavior that Diga does not document, or documents in different ways. Tests cover each variant. */
export interface Dialect {
	/** Executions may have statuses that the contract does not have. */
	laterStates?: boolean;
	/** Responses lack all optional members. */
	sparse?: boolean;
	/** The trigger of a new flow is null. */
	noTrigger?: boolean;
	/** Responses do not contain the steps inside loops. */
	hidesLoops?: boolean;
	/** Filters apply after a page was cut, so pages may be short or empty. */
	shortPages?: boolean;
	/** Pages have no last_id, so the next page is requested by number. */
	byPage?: boolean;
	/** has_more stays true, with the same cursor or without one. */
	endless?: 'same' | 'none';
	/** Publishing enables the flow, as in Activepieces. */
	publishEnables?: boolean;
	/** Errors are an object with status, code and message, as in other sections of the API. */
	errorObjects?: boolean;
	/** Permissions that the key lacks. */
	lacks?: Array<Permission | CallPermission>;
	/** A category that is not documented. */
	category?: string;
	/** Status changes succeed without an effect. */
	statusStays?: boolean;
	/** Adding a step succeeds without an effect. */
	losesSteps?: boolean;
	/** Responses do not contain the flows of agents. */
	hidesAgentFlows?: boolean;
	/** Responses do not show which version of an agent is its draft. */
	hidesDraftFlag?: boolean;
	/** New versions of an agent do not have the flows of its draft. */
	versionsLoseFlows?: boolean;
	/** A new version of an agent removes the flows from its draft. */
	draftLosesFlows?: boolean;
	/** Publishing an agent succeeds without an effect. */
	publishStays?: boolean;
	/** The error output of a step test, which then fails. */
	stepError?: string;
}

export interface DigaSandbox extends Sandbox {
	token: string;
	dialect: (dialect: Dialect) => void;
	/** Moves the sandbox's clock forward. */
	passTime: (ms: number) => void;
	/** Queues an execution, which changes its status by the sandbox's clock. */
	start: (flowId: string, run?: Partial<Omit<Run, 'id' | 'flowId' | 'created'>>) => Run;
	/** Starts a call, which changes its status by the sandbox's clock. */
	ring: (call?: Partial<Call>) => Call;
	/** Whether notifications to webhooks are lost. */
	dropDeliveries: (drops: boolean) => void;
	/** The state of the service, including secrets, in the order of creation. */
	truth: {
		flows: Flow[];
		connections: Connection[];
		runs: Run[];
		tests: string[];
		agents: Agent[];
		phones: Phone[];
		calls: Call[];
		webhooks: Webhook[];
		deliveries: Delivery[];
	};
	agents: Agents;
	/** Plays a call that an agent handled: its post-call flows are executed. @returns the executions */
	call: (agentId: string) => Run[];
}

/** An ID in the format of Activepieces: 21 letters and digits. */
function newId(): string {
	return randomBytes(32)
		.toString('base64')
		.replace(/[^0-9A-Za-z]/g, '')
		.slice(0, 21)
		.padEnd(21, 'x');
}

/** The agents and phone numbers of a new sandbox: two published agents, and one of conversational paths. */
export const RECEPTION = 'a9e10000-0000-4000-8000-000000000001';
export const SALES = 'a9e10000-0000-4000-8000-000000000002';
export const SURVEY = 'a9e10000-0000-4000-8000-000000000003';
export const PHONES = [
	'90e10000-0000-4000-8000-000000000001',
	'90e10000-0000-4000-8000-000000000002',
] as const;

const CATEGORIES: Record<string, string> = {
	callFinished: 'post_call',
	functionCall: 'during_call',
	preCall: 'pre_call',
};

class DigaService {
	readonly name = 'Diga';

	dialect: Dialect = {};

	/** How far the sandbox's clock is ahead, in ms. */
	aheadMs = 0;

	readonly calls = new Calls(
		() => this.now(),
		() => this.truth.phones,
	);

	readonly truth: DigaSandbox['truth'] = {
		flows: [],
		connections: [],
		runs: [],
		tests: [],
		agents: [],
		phones: [],
		calls: this.calls.calls,
		webhooks: this.calls.webhooks,
		deliveries: this.calls.deliveries,
	};

	readonly agents = new Agents({
		dialect: () => this.dialect,
		iso: () => this.iso(),
		truth: this.truth,
		may: (...how) => this.may(...how),
		pageOf: (...how) => this.pageOf(...how),
	});

	/** Sample data by flow, step and type. */
	private readonly samples = new Map<string, unknown>();

	private readonly contract = new Contract('diga.yaml', {
		token: DIGA_KEY,
		exactSlashes: true,
		handlers: {
			listFlows: this.may('view', (context) => this.listFlows(context)),
			createFlow: this.may('create', ({ request }) => {
				const { name } = request.requestBody as { name: string };
				return { status: 201, body: this.shown(this.newFlow(name)) };
			}),
			getFlow: this.may('view', (context) => this.answer(this.flowIn(context))),
			deleteFlow: this.may('delete', (context) => {
				const flow = this.flowIn(context);
				this.truth.flows.splice(this.truth.flows.indexOf(flow), 1);
				this.agents.unassign(flow.id);
				return { status: 204 };
			}),
			renameFlow: this.edit((flow, { request }) => {
				flow.draft.name = (request.requestBody as Version).name;
			}),
			setFlowStatus: this.edit((flow, { request }) => {
				// succeeds without an effect for an unpublished flow: https://docs.diga.io/api-reference/workflows/change-flow-status
				if (!flow.published || this.dialect.statusStays) return;
				flow.status = (request.requestBody as Flow).status;
			}),
			publishFlow: this.edit((flow) => {
				flow.published = structuredClone(flow.draft);
				if (this.dialect.publishEnables) flow.status = 'ENABLED';
			}),
			useAsDraft: this.edit((flow) => {
				if (!flow.published) throw new EngineError('The flow was never published');
				flow.draft = structuredClone(flow.published);
			}),
			updateTrigger: this.edit((flow, { request }) => {
				const { name = 'trigger', nextAction } = flow.draft.trigger ?? {};
				const { type } = request.requestBody as Step;
				const sent = type === 'EMPTY' ? emptyTrigger() : stepOf(request.requestBody);
				flow.draft.trigger = { ...sent, name, nextAction };
			}),
			importFlow: this.edit((flow, { request }) => {
				const { displayName, trigger } = request.requestBody as Values;
				flow.draft = { name: String(displayName), trigger: stepOf(trigger) };
			}),
			addAction: this.edit((flow, { request }) => {
				const { action, ...place } = request.requestBody as Place & { action: Step };
				if (!this.dialect.losesSteps) addAction(this.tree(flow), stepOf(action), place);
			}),
			updateAction: this.edit((flow, { request }) => {
				updateAction(this.tree(flow), stepOf(request.requestBody));
			}),
			deleteAction: this.edit((flow, context) => {
				deleteAction(this.tree(flow), segment(context, 'action_name'));
			}),
			moveAction: this.edit((flow, { request }) => {
				const { name, newParentStep, ...place } = request.requestBody as Place & {
					name: string;
					newParentStep: string;
				};
				moveAction(this.tree(flow), name, { ...place, parentStep: newParentStep });
			}),
			addBranch: this.edit((flow, { request }) => {
				this.addBranch(flow, request.requestBody as Values);
			}),
			deleteBranch: this.edit((flow, { request }) => {
				const { stepName, branchIndex } = request.requestBody as BranchPlace;
				this.checkBranch(flow, { stepName, branchIndex });
				changeBranches(this.tree(flow), stepName, (branches, children) => {
					branches.splice(branchIndex, 1);
					children.splice(branchIndex, 1);
				});
			}),
			duplicateBranch: this.edit((flow, { request }) => {
				this.duplicateBranch(flow, request.requestBody as BranchPlace);
			}),
			moveBranch: this.edit((flow, { request }) => {
				const { newIndex, ...place } = request.requestBody as BranchPlace & { newIndex: number };
				this.checkBranch(flow, place);
				this.checkBranch(flow, { ...place, branchIndex: newIndex });
				changeBranches(this.tree(flow), place.stepName, (branches, children) => {
					for (const list of [branches, children]) {
						list.splice(newIndex, 0, ...list.splice(place.branchIndex, 1));
					}
				});
			}),
			testStep: this.may('update', (context) => this.testStep(context)),
			testTrigger: this.may('update', (context) => this.testTrigger(context)),
			getSampleData: this.may('view', (context) => {
				const flow = this.flowIn(context);
				const { type = 'OUTPUT' } = context.request.query as { type?: string };
				const key = `${flow.id} ${this.stepIn(context).name} ${type}`;
				return { status: 200, body: { data: this.samples.get(key) ?? null } };
			}),
			saveSampleData: this.edit((flow, context) => {
				const { payload, type = 'OUTPUT' } = context.request.requestBody as {
					payload: unknown;
					type?: string;
				};
				this.samples.set(`${flow.id} ${this.stepIn(context).name} ${type}`, payload);
			}),
			testFlow: this.may('update', (context) => this.testFlow(context)),
			listExecutions: this.may('view', (context) => this.listExecutions(context)),
			getExecution: this.may('view', (context) => {
				const run = this.truth.runs.find(({ id }) => id === segment(context, 'run_id'));
				if (!run) throw missing('Run');
				return { status: 200, body: { ...this.shownRun(run), steps: run.steps ?? {} } };
			}),
			listPieces: this.may(undefined, (context) => this.listPieces(context)),
			getPiece: this.may(undefined, (context) => {
				const piece = pieceNamed(segment(context, 'piece_name'));
				if (!piece) throw missing('Piece');
				return { status: 200, body: piece };
			}),
			listConnections: this.may('view', () => ({
				status: 200,
				body: this.truth.connections.map(shownConnection),
			})),
			createConnection: this.may('create', (context) => this.createConnection(context)),
			listTemplates: this.may('view', (context) => this.listTemplates(context)),
			getTemplate: this.may('view', (context) => ({
				status: 200,
				body: this.templateIn(context),
			})),
			copyTemplate: this.may('create', (context) => this.copyTemplate(context)),
			...this.agents.handlers(),
			...Object.fromEntries(
				Object.entries(this.calls.handlers).map(([name, [permission, reply]]) => [
					name,
					this.may(permission, reply),
				]),
			),
			validationFail: (context: Context) => ({
				status: 422,
				body: { detail: breaches(context).map(detailOf) },
			}),
			notFound: () => ({ status: 404, body: { detail: 'Not Found' } }),
			methodNotAllowed: () => ({ status: 405, body: { detail: 'Method Not Allowed' } }),
			unauthorizedHandler: () => ({
				status: 401,
				body: {
					status: 'error',
					error_code: 'INVALID_API_KEY',
					message: 'Invalid or missing API key',
				},
			}),
		},
	});

	async handle(request: Arrival): Promise<Reply> {
		const { method, headers } = request;
		const [encoded = '', query] = request.path.split('?');
		// decoded before routing, as in Starlette, so an encoded slash is a slash
		const decoded = decodeURIComponent(encoded);
		const routed = decoded.split('/').map(encodeURIComponent).join('/');
		const other = routed.endsWith('/') ? routed.slice(0, -1) : `${routed}/`;
		const { contract } = this;
		if (!(await contract.has(method, routed)) && (await contract.has(method, other))) {
			// Starlette behind a TLS proxy: https://github.com/encode/starlette/discussions/2651
			const location = `http://${String(headers.host)}${other}${query ? `?${query}` : ''}`;
			return { status: 307, headers: { location } };
		}
		const path = query === undefined ? routed : `${routed}?${query}`;
		const reply = await this.contract.reply({ ...request, path });
		// these variants break the contract on purpose
		const { category, laterStates } = this.dialect;
		if (category === undefined && !laterStates) this.contract.hold({ method, path }, reply);
		const { status, body } = reply;
		const clock = { date: new Date(this.now()).toUTCString() };
		return { status, headers: clock, ...(body !== undefined && { body: JSON.stringify(body) }) };
	}

	state(): Record<string, object[]> {
		return {
			flows: this.truth.flows.map((flow) => this.shown(flow)),
			connections: this.truth.connections.map(shownConnection),
			executions: this.truth.runs.map((run) => this.shownRun(run)),
			agents: this.truth.agents.map((agent) => this.agents.shown(agent, agent.draft)),
			phones: this.truth.phones,
			calls: this.truth.calls.map((call) => this.calls.shown(call)),
			webhooks: this.truth.webhooks.map(({ id, url }) => ({ id, url })),
			pieces: pieces.map(({ name, version }) => ({ name, version })),
			templates: templates.map(({ id, name, language }) => ({ id, name, language })),
		};
	}

	reset(): void {
		this.dialect = {};
		this.aheadMs = 0;
		this.samples.clear();
		this.calls.reset();
		for (const list of Object.values(this.truth)) list.length = 0;
		this.prepare();
	}

	/** Adds the agents that a new project of the sandbox has, because no endpoint here creates them. */
	prepare(): void {
		const [reception, sales] = [
			this.agents.add('Reception', { agent_id: RECEPTION }),
			this.agents.add('Sales', { agent_id: SALES }),
		];
		this.agents.add('Survey', { agent_id: SURVEY, settings: { mode: 'path' } });
		for (const agent of [reception, sales]) this.agents.launch(agent, { publishes: true });
		this.truth.phones.push(
			{
				id: PHONES[0],
				number: '+34910000001',
				inbound_agent_id: RECEPTION,
				outbound_agent_id: null,
			},
			{
				id: PHONES[1],
				number: '+34910000002',
				inbound_agent_id: null,
				outbound_agent_id: RECEPTION,
			},
		);
	}

	/** Post-call flows run if the published version of the agent has them: https://docs.diga.io/en/build/flows/assign-agents */
	call(agentId: string): Run[] {
		const agent = this.truth.agents.find(({ agent_id: id }) => id === agentId);
		const version = agent && this.agents.publishedVersion(agent);
		return this.truth.flows
			.filter(
				({ id, status, published }) =>
					status === 'ENABLED' &&
					version?.flow_ids.includes(id) &&
					published !== undefined &&
					categoryOf(published.trigger) === 'post_call',
			)
			.map(({ id }) => this.start(id, { runningAfterMs: 0, finishedAfterMs: 0 }));
	}

	start: DigaSandbox['start'] = (flowId, more = {}) => {
		const run: Run = {
			id: newId(),
			flowId,
			status: 'SUCCEEDED',
			created: this.iso(),
			runningAfterMs: 1000,
			finishedAfterMs: 5000,
			...more,
		};
		this.truth.runs.push(run);
		return run;
	};

	private now(): number {
		return Date.now() + this.aheadMs;
	}

	private iso(): string {
		return new Date(this.now()).toISOString();
	}

	/** Wraps a handler: checks a permission first, and turns errors into responses. */
	private may(
		permission: Permission | CallPermission | undefined,
		handler: (context: Context) => ContractReply,
		errorObjects = false,
	) {
		return (context: Context): ContractReply => {
			try {
				if (permission && this.dialect.lacks?.includes(permission)) {
					// the unusual code of most examples: https://docs.diga.io/api-reference/openapi.json
					throw new ApiError(403, 'Missing permission', 'INTERNAL_SERVER_ERROR');
				}
				return handler(context);
			} catch (error) {
				if (error instanceof ApiError) return this.errorReply(error, errorObjects);
				if (error instanceof EngineError) {
					return this.errorReply(new ApiError(400, error.message, 'BAD_REQUEST'), errorObjects);
				}
				throw error;
			}
		};
	}

	/** Makes a handler that changes the draft of a flow and returns the flow. */
	private edit(change: (flow: Flow, context: Context) => void) {
		return this.may('update', (context) => {
			const flow = this.flowIn(context);
			change(flow, context);
			flow.updated = this.iso();
			return this.answer(flow);
		});
	}

	private errorReply({ status, message, code }: ApiError, isObject: boolean): ContractReply {
		const object = { status: 'error', error_code: code, message };
		return { status, body: isObject || this.dialect.errorObjects ? object : { detail: message } };
	}

	private flowIn(context: Context): Flow {
		const flow = this.truth.flows.find(({ id }) => id === segment(context, 'flow_id'));
		if (!flow) throw missing('Flow');
		return flow;
	}

	private stepIn(context: Context): Step {
		const trigger = this.tree(this.flowIn(context));
		const step = stepNamed(trigger, segment(context, 'step_name'));
		if (!step) throw missing('Step');
		return step;
	}

	/** The tree of the draft. Adds an empty trigger if there is none. */
	private tree(flow: Flow): Step {
		return (flow.draft.trigger ??= emptyTrigger());
	}

	private newFlow(name: string, trigger?: Step): Flow {
		const now = this.iso();
		const draft = { name, trigger: trigger ?? (this.dialect.noTrigger ? null : emptyTrigger()) };
		const flow: Flow = { id: newId(), created: now, updated: now, draft, status: 'DISABLED' };
		this.truth.flows.push(flow);
		return flow;
	}

	private answer(flow: Flow): ContractReply {
		return { status: 200, body: this.shown(flow) };
	}

	/** A flow in responses, which show its draft. */
	private shown(flow: Flow): Values {
		const { id, created, updated, draft, status } = flow;
		if (this.dialect.sparse) return { id, created, updated };
		const { name, trigger } = draft;
		return {
			id,
			created,
			updated,
			name,
			status,
			flow_category: this.dialect.category ?? categoryOf(trigger),
			trigger: trigger && shownStep(trigger, true, this.dialect.hidesLoops ?? false),
			produced_variables: [],
			consumed_variables: [],
		};
	}

	/** A page of a list that is sorted newest first. */
	private pageOf<One extends { id: string }>(
		all: One[],
		query: Values,
		{ fits, limit }: { fits: (one: One) => boolean; limit: number },
	): { data: One[]; has_more: boolean; first_id: string | null; last_id: string | null } {
		const sorted = query.order === 'asc' ? all.toReversed() : all;
		const candidates = this.dialect.shortPages ? sorted : sorted.filter(fits);
		const size = Number(query.limit ?? limit);
		const { byPage = false } = this.dialect;
		const after = byPage
			? (Number(query.page ?? 1) - 1) * size - 1
			: candidates.findIndex(({ id }) => id === query.after);
		const cut = candidates.slice(after + 1, after + 1 + size);
		const { endless } = this.dialect;
		return {
			data: cut.filter(fits),
			has_more: endless !== undefined || after + 1 + size < candidates.length,
			first_id: cut[0]?.id ?? null,
			last_id:
				endless === 'none' || byPage
					? null
					: (cut.at(-1)?.id ?? (endless ? String(query.after) : null)),
		};
	}

	private listFlows({ request }: Context): ContractReply {
		const {
			status,
			flow_category: category,
			is_diga_trigger: isDiga,
			...query
		} = request.query as Record<string, string>;
		const page = this.pageOf(this.truth.flows.toReversed(), query, {
			limit: 10,
			fits: (flow) =>
				(status === undefined || flow.status === status) &&
				(category === undefined || categoryOf(flow.draft.trigger) === category) &&
				(isDiga === undefined || String(hasDigaTrigger(flow)) === isDiga),
		});
		return { status: 200, body: { ...page, data: page.data.map((flow) => this.shown(flow)) } };
	}

	private listExecutions(context: Context): ContractReply {
		const flow = this.flowIn(context);
		const {
			status,
			created_after: from,
			created_before: to,
			...query
		} = context.request.query as Record<string, string>;
		const runs = this.truth.runs.filter(({ flowId }) => flowId === flow.id);
		const newestFirst = runs.toSorted((a, b) => Date.parse(b.created) - Date.parse(a.created));
		const page = this.pageOf(newestFirst, query, {
			limit: 10,
			fits: (run) =>
				(status === undefined || this.statusOf(run) === status) &&
				(from === undefined || Date.parse(run.created) >= Date.parse(from)) &&
				(to === undefined || Date.parse(run.created) <= Date.parse(to)),
		});
		return { status: 200, body: { ...page, data: page.data.map((run) => this.shownRun(run)) } };
	}

	/** The status of an execution at the current time: queued, running, then its final status. */
	private statusOf({ status, created, runningAfterMs = 0, finishedAfterMs = 0 }: Run): RunStatus {
		const age = this.now() - Date.parse(created);
		if (age < runningAfterMs) return 'QUEUED';
		return age < finishedAfterMs ? 'RUNNING' : status;
	}

	private shownRun(run: Run): Values {
		const { id, flowId, created, finishedAfterMs = 0, failedStep = null } = run;
		const status = this.statusOf(run);
		const isOver = !['QUEUED', 'RUNNING', 'PAUSED'].includes(status);
		const finished = new Date(Date.parse(created) + finishedAfterMs).toISOString();
		return {
			id,
			flowId,
			status,
			created,
			updated: created,
			flowDisplayName: this.truth.flows.find((flow) => flow.id === flowId)?.draft.name ?? null,
			startTime: status === 'QUEUED' ? null : created,
			finishTime: isOver ? finished : null,
			duration: isOver ? finishedAfterMs : null,
			stepsCount: Object.keys(run.steps ?? {}).length,
			tags: null,
			failedStep,
		};
	}

	private checkBranch(flow: Flow, { stepName, branchIndex }: BranchPlace): void {
		const { branches } = router(this.tree(flow), stepName);
		const branch = branches[branchIndex];
		if (!branch) throw new EngineError('Branch index out of range');
		if (branch.branchType === 'FALLBACK') throw new EngineError('The fallback branch is fixed');
	}

	private addBranch(flow: Flow, { stepName, branchName, branchIndex, conditions }: Values): void {
		const index = Number(branchIndex);
		const { branches } = router(this.tree(flow), String(stepName));
		if (index < 0 || index > branches.length) throw new EngineError('Branch index out of range');
		const empty = [[{ firstValue: '', secondValue: '', operator: 'TEXT_CONTAINS' }]];
		const branch = { branchType: 'CONDITION', branchName, conditions: conditions ?? empty };
		changeBranches(this.tree(flow), String(stepName), (list, children) => {
			list.splice(index, 0, branch);
			children.splice(index, 0, null);
		});
	}

	private duplicateBranch(flow: Flow, place: BranchPlace): void {
		this.checkBranch(flow, place);
		const { stepName, branchIndex } = place;
		const { branches, children } = router(this.tree(flow), stepName);
		const branch = structuredClone(branches[branchIndex]) ?? {};
		const copy = renamedCopy(this.tree(flow), children[branchIndex] ?? null);
		changeBranches(this.tree(flow), stepName, (list, steps) => {
			list.splice(branchIndex + 1, 0, {
				...branch,
				branchName: `${String(branch.branchName)} Copy`,
			});
			steps.splice(branchIndex + 1, 0, copy);
		});
	}

	/** Runs the step, with all of its effects. */
	private testStep(context: Context): ContractReply {
		const flow = this.flowIn(context);
		const step = this.stepIn(context);
		this.truth.tests.push(step.name);
		const { stepError } = this.dialect;
		const output = stepError === undefined ? { ok: true } : null;
		this.samples.set(`${flow.id} ${step.name} OUTPUT`, output);
		this.samples.set(`${flow.id} ${step.name} INPUT`, step.settings.input ?? {});
		return {
			status: 200,
			body: {
				success: stepError === undefined,
				input: step.settings.input ?? {},
				output,
				standardError: stepError ?? '',
				standardOutput: '',
			},
		};
	}

	private testTrigger(context: Context): ContractReply {
		const { type, name } = this.tree(this.flowIn(context));
		if (type === 'EMPTY') throw new EngineError('The trigger is empty');
		this.truth.tests.push(name);
		return { status: 200, body: { events: [{ id: 1 }, { id: 2 }] } };
	}

	private testFlow(context: Context): ContractReply {
		const flow = this.flowIn(context);
		const steps = allSteps(this.tree(flow).nextAction);
		this.truth.tests.push(...steps.map(({ name }) => name));
		const failed = steps.find(({ valid }) => !valid);
		const outputs = Object.fromEntries(steps.map(({ name }) => [name, { output: { ok: true } }]));
		const run = this.start(flow.id, {
			status: failed ? 'FAILED' : 'SUCCEEDED',
			steps: outputs,
			runningAfterMs: 0,
			finishedAfterMs: 0,
			...(failed && { failedStep: { name: failed.name, displayName: failed.displayName } }),
		});
		const { id: runId, status } = run;
		return { status: 200, body: { success: !failed, runId, status, duration: 12, steps: outputs } };
	}

	private listPieces({ request }: Context): ContractReply {
		const {
			search = '',
			suggestion_type: kind,
			categories = [],
		} = request.query as { search?: string; suggestion_type?: string; categories?: string[] };
		const fits = ({ actions, triggers }: (typeof pieces)[number]) =>
			(kind !== 'ACTION' || Object.keys(actions).length > 0) &&
			(kind !== 'TRIGGER' || Object.keys(triggers).length > 0);
		const found = pieces.filter(
			(piece) =>
				piece.displayName.toLowerCase().includes(search.toLowerCase()) &&
				([categories].flat().length === 0 ||
					piece.categories.some((category) => [categories].flat().includes(category))) &&
				fits(piece),
		);
		const body = found.map(({ actions, triggers, ...piece }) => ({
			...piece,
			actions: Object.keys(actions).length,
			triggers: Object.keys(triggers).length,
		}));
		return { status: 200, body };
	}

	private createConnection({ request }: Context): ContractReply {
		const {
			piece_name,
			display_name,
			type,
			value = {},
		} = request.requestBody as Partial<Connection> & Omit<Connection, 'value'>;
		if (!pieceNamed(piece_name)) throw missing(`Piece ${piece_name}`);
		if (type !== 'NO_AUTH' && Object.keys(value).length === 0) {
			throw new EngineError('INVALID_APP_CONNECTION: the value is missing');
		}
		const id = newId();
		const connection: Connection = {
			id,
			external_id: `ext-${id}`,
			display_name,
			piece_name,
			status: 'ACTIVE',
			type,
			value,
		};
		this.truth.connections.push(connection);
		return { status: 200, body: shownConnection(connection) };
	}

	private listTemplates({ request }: Context): ContractReply {
		const { language = 'es', flow_category: category, ...query } = request.query as Values;
		const page = this.pageOf(templates, query, {
			limit: 20,
			fits: (one) =>
				one.language === language && (category === undefined || one.flow_category === category),
		});
		return { status: 200, body: page };
	}

	private templateIn(context: Context) {
		const template = templates.find(({ id }) => id === segment(context, 'template_id'));
		if (!template) throw missing('Template');
		return template;
	}

	private copyTemplate(context: Context): ContractReply {
		const template = this.templateIn(context);
		const sent = (context.request.requestBody ?? {}) as {
			flow_name?: string | null;
			variables?: Values | null;
			connections?: Array<{ key: string; value: string }> | null;
		};
		const given = new Set(sent.connections?.map(({ key }) => key));
		const lacking = template.connections.find(({ key }) => !given.has(key));
		if (lacking) throw new EngineError(`Connection "${lacking.key}" is required`);
		const variables = sent.variables ?? {};
		const filled = JSON.stringify(template.template.trigger).replace(
			/<<(\w+)>>/g,
			(placeholder, name: string) =>
				name in variables ? JSON.stringify(String(variables[name])).slice(1, -1) : placeholder,
		);
		for (const { key, value } of sent.connections ?? []) {
			const id = newId();
			this.truth.connections.push({
				id,
				external_id: `ext-${id}`,
				display_name: key,
				piece_name: template.connections.find((one) => one.key === key)?.piece_name ?? key,
				status: 'ACTIVE',
				type: 'SECRET_TEXT',
				value: { secret_text: value },
			});
		}
		const { id, draft } = this.newFlow(sent.flow_name ?? template.name, stepOf(JSON.parse(filled)));
		const edit_url = `https://app.diga.example/flows/${id}`;
		return { status: 200, body: { flow_id: id, flow_name: draft.name, edit_url } };
	}
}

interface BranchPlace {
	stepName: string;
	branchIndex: number;
}

function shownConnection({ type: _type, value: _value, ...shown }: Connection): Values {
	return shown;
}

function hasDigaTrigger({ draft }: Flow): boolean {
	return draft.trigger?.settings.pieceName === '@activepieces/piece-diga';
}

/** The category, which Diga derives from the trigger and steps. */
function categoryOf(trigger: Step | null): string {
	if (!trigger || trigger.type === 'EMPTY') return 'empty';
	const name = String(trigger.settings.triggerName);
	const dials = allSteps(trigger.nextAction).some(
		({ settings }) => settings.actionName === 'makeCall',
	);
	return CATEGORIES[name] ?? (dials ? 'call_launcher' : 'empty');
}

/** A violation of the contract in FastAPI's format. */
function detailOf({ instancePath, keyword, params = {}, message = '' }: Breach): Values {
	const loc = instancePath
		.split('/')
		.filter((part) => part !== '')
		.map((part) => (part === 'requestBody' ? 'body' : /^\d+$/.test(part) ? Number(part) : part));
	switch (keyword) {
		case 'required':
			return { type: 'missing', loc: [...loc, params.missingProperty], msg: 'Field required' };
		case 'minLength':
			return { type: 'string_too_short', loc, msg: 'String should have at least 1 character' };
		case 'enum': {
			const allowed = [params.allowedValues].flat().map((value) => `'${String(value)}'`);
			return { type: 'enum', loc, msg: `Input should be ${allowed.join(', ')}` };
		}
		case 'additionalProperties': {
			const msg = 'Extra inputs are not permitted';
			return { type: 'extra_forbidden', loc: [...loc, params.additionalProperty], msg };
		}
		default:
			return { type: keyword ?? 'value_error', loc, msg: message };
	}
}

export async function startDiga(port = 0): Promise<DigaSandbox> {
	const service = new DigaService();
	service.prepare();
	const sandbox = await serve(
		{
			name: service.name,
			handle: async (request) => await service.handle(request),
			state: () => service.state(),
			reset: () => {
				service.reset();
			},
			control: {
				// { "agent_id": "..." }
				call: (body) => service.call(String((body as Values).agent_id)),
				// the members of a Call, or {}
				ring: (body) => service.calls.ring(body as Partial<Call>),
			},
		},
		port,
	);
	return {
		...sandbox,
		token: DIGA_KEY,
		truth: service.truth,
		start: service.start,
		agents: service.agents,
		call: (agentId) => service.call(agentId),
		dialect: (dialect) => {
			service.dialect = dialect;
		},
		passTime: (ms) => {
			service.aheadMs += ms;
			service.calls.announce();
		},
		ring: (call) => service.calls.ring(call),
		dropDeliveries: (drops) => {
			service.calls.dropsDeliveries = drops;
		},
	};
}
