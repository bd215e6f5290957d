import { randomUUID } from 'node:crypto';
import type { Context } from 'openapi-backend';
import { changeProblem, flowProblem } from './rules.ts';
import type { End, FlowConfig, Task } from './rules.ts';
import { APPFLOW_KEYS, APPFLOW_REGION, signatureProblem } from './signature.ts';
import { configurationOf, connectors, entitiesOf, fieldsOf, profiles } from './world.ts';
import type { Profile } from './world.ts';
import { breaches, Contract } from '../contract.ts';
import type { ContractReply } from '../contract.ts';
import type { Reply } from '../faultInjection.ts';
import { serve } from '../server.ts';
import type { Arrival, Sandbox } from '../server.ts';

const ACCOUNT = '123456789012';

type Values = Record<string, unknown>;

/** A stored flow. Times are epoch ms here, and epoch seconds with a fraction in responses. */
interface AppFlow extends FlowConfig {
	flowStatus: 'Active' | 'Draft' | 'Suspended' | 'Errored';
	createdAt: number;
	lastUpdatedAt: number;
	schemaVersion: number;
	/** Earlier configurations, with the time until which a run may still use them. */
	stale: Array<{ until: number; config: FlowConfig }>;
}

/** The states of AWS and an unknown state. */
export type RunStatus =
	'InProgress' | 'Successful' | 'Error' | 'CancelStarted' | 'Canceled' | 'TimedOut' | 'Retrying';

/** A run of a flow. Tests can add runs. */
interface Execution {
	executionId: string;
	flowName: string;
	executionStatus: RunStatus;
	startedAt: number;
	/** Runs started through the API end automatically. */
	endsAt?: number;
	fails?: string;
	recordsProcessed?: number;
	/** What the run reads, by the configuration at its start. */
	tasks?: Task[];
}

/** How runs started through the API behave. */
interface Pace {
	/** How long a run is missing from the records, and how long it takes, in ms. */
	hiddenMs: number;
	runningMs: number;
	/** How long the flow does not show a new run, in ms. */
	lastRunDelayMs: number;
	/** How long after an update a run still uses the old configuration, in ms. */
	settleMs: number;
	/** How long a canceled run takes to end, in ms. */
	cancelMs: number;
	/** The error message of the run. If undefined, the run succeeds. */
	fails?: string;
	/** How many runs, from the first one, fail. Default: all. */
	failedRuns?: number;
	recordsProcessed?: number;
}

const PACE: Pace = {
	hiddenMs: 0,
	lastRunDelayMs: 0,
	runningMs: 1000,
	settleMs: 0,
	cancelMs: 300,
	recordsProcessed: 100,
};

/** Variations of undocumented behavior. Each is covered by a test. */
interface Dialect {
	/** Runs have states that are not in the contract. */
	laterStates?: boolean;
	/** Whether the error type is in the header or the body. */
	errorType?: 'header' | 'code' | '__type';
	/** The key of the error message is capitalized. */
	capitalMessage?: boolean;
	/** The maximum page size, regardless of the request. */
	pageSize?: number;
	/** An empty page comes before the first. */
	emptyFirstPage?: boolean;
	/** The token of the last page returns the same page. */
	endlessPages?: boolean;
	/** A flow can be started while it is running. */
	startsAlongside?: boolean;
	/** No run can be canceled; all are listed as invalid. */
	cancelsNothing?: boolean;
	/** The whole map of connectors is on the first page; the list has pages. */
	mapFirst?: boolean;
	/** Empty lists are null. */
	nullLists?: boolean;
	/** Runs are listed newest first, which AWS does not document. */
	newestFirst?: boolean;
	/** The same, except that the latest run is last. */
	newestLast?: boolean;
}

export interface AppFlowSandbox extends Sandbox {
	region: string;
	/** Permanent and temporary credentials. */
	keys: typeof APPFLOW_KEYS;
	dialect: (dialect: Dialect) => void;
	/** How new runs behave. */
	runs: (pace: Partial<Pace>) => void;
	/** The difference of the server's clock, in ms. */
	clock: (offsetMs: number) => void;
	/** The maximum number of flows. */
	quota: (flows: number) => void;
	/** What exists. Flows and runs are in order of creation. */
	truth: { flows: AppFlow[]; executions: Execution[]; profiles: Profile[] };
	/** Adds a flow without a request. */
	addFlow: (config: FlowConfig, more?: Partial<AppFlow>) => AppFlow;
}

interface ConnectorAsked {
	connectorType: string;
	connectorLabel?: string;
}

type EntityAsked = Partial<End> & { connectorEntityName: string };

/** Thrown by handlers and returned as an AWS error. */
class Rejection extends Error {
	readonly status: number;
	readonly type: string;

	constructor(status: number, type: string, message: string) {
		super(message);
		this.status = status;
		this.type = type;
	}
}

const invalid = (message: string) => new Rejection(400, 'ValidationException', message);
const conflict = (message: string) => new Rejection(409, 'ConflictException', message);
const missing = (message: string) => new Rejection(404, 'ResourceNotFoundException', message);

function seconds(ms: number): number {
	return ms / 1000;
}

function arnOf(flowName: string): string {
	return `arn:aws:appflow:${APPFLOW_REGION}:${ACCOUNT}:flow/${flowName}`;
}

function isRunning({ executionStatus }: Execution): boolean {
	return executionStatus === 'InProgress' || executionStatus === 'CancelStarted';
}

function configOf(flow: FlowConfig): FlowConfig {
	const { flowName, description, triggerConfig, sourceFlowConfig } = flow;
	const { destinationFlowConfigList, tasks, metadataCatalogConfig } = flow;
	return {
		flowName,
		description,
		triggerConfig,
		sourceFlowConfig,
		destinationFlowConfigList,
		tasks,
		metadataCatalogConfig,
	};
}

/** AppFlow adds tasks after a Map_all with excluded fields: https://github.com/hashicorp/terraform-provider-aws/issues/25095 */
function shownTasks(tasks: Task[]): Task[] {
	const all = tasks.find(({ taskType }) => taskType === 'Map_all');
	const excluded = all?.taskProperties?.EXCLUDE_SOURCE_FIELDS_LIST;
	if (!all || excluded === undefined || excluded === '[]') return tasks;
	const [key = ''] = Object.keys(all.connectorOperator ?? {});
	return [
		{
			taskType: 'Filter',
			sourceFields: ['kept'],
			connectorOperator: { [key]: 'PROJECTION' },
			taskProperties: {},
		},
		...tasks.filter((task) => task !== all),
		{ ...all, taskProperties: { ...all.taskProperties } },
	];
}

class AppFlowService {
	dialect: Dialect = {};

	pace: Pace = { ...PACE };

	clockOffsetMs = 0;

	quota = Infinity;

	readonly truth: AppFlowSandbox['truth'] = { flows: [], executions: [], profiles: profiles() };

	private readonly answers = new Map<string, { body: string; reply: ContractReply }>();

	private readonly contract = new Contract('appflow.yaml', {
		exactSlashes: true,
		handlers: {
			CreateFlow: (context: Context) =>
				this.once(context, () => this.createFlow(bodyOf(context) as FlowConfig)),
			UpdateFlow: (context: Context) =>
				this.once(context, () => this.updateFlow(bodyOf(context) as FlowConfig)),
			DescribeFlow: (context: Context) => done(this.describeFlow(this.flowIn(context))),
			ListFlows: (context: Context) =>
				this.page(
					context,
					'flows',
					this.truth.flows.map((flow) => this.definition(flow)),
				),
			DeleteFlow: (context: Context) => this.deleteFlow(context),
			StartFlow: (context: Context) =>
				this.once(context, () => this.startFlow(this.flowIn(context))),
			StopFlow: (context: Context) => this.stopFlow(this.flowIn(context)),
			DescribeFlowExecutionRecords: (context: Context) => this.records(context),
			CancelFlowExecutions: (context: Context) => this.cancel(context),
			DescribeConnectorProfiles: (context: Context) => this.listProfiles(context),
			DescribeConnector: (context: Context) =>
				this.describeConnector(bodyOf(context) as ConnectorAsked),
			DescribeConnectors: (context: Context) => this.describeConnectors(context),
			ListConnectors: (context: Context) => this.page(context, 'connectors', connectors),
			ListConnectorEntities: (context: Context) => this.listEntities(context),
			DescribeConnectorEntity: (context: Context) =>
				this.describeEntity(bodyOf(context) as EntityAsked),
			ListTagsForResource: (context: Context) => done({ tags: this.taggedIn(context).tags ?? {} }),
			TagResource: (context: Context) => this.tag(context),
			UntagResource: (context: Context) => this.untag(context),
			validationFail: (context: Context) => {
				const [breach] = breaches(context);
				throw invalid(`Invalid request: ${breach?.instancePath ?? ''} ${breach?.message ?? ''}`);
			},
			notFound: () => {
				throw new Rejection(404, 'UnknownOperationException', 'Unknown operation');
			},
			methodNotAllowed: () => {
				throw new Rejection(405, 'MethodNotAllowedException', 'Method not allowed');
			},
		},
	});

	async handle(arrival: Arrival): Promise<Reply> {
		const id = { 'x-amzn-requestid': randomUUID(), date: new Date(this.now()).toUTCString() };
		try {
			const problem = await signatureProblem(arrival, this.now());
			if (problem) throw new Rejection(problem.status, problem.type, problem.message);
			const reply = await this.contract.reply(arrival);
			const { status, body } = reply;
			if (!this.dialect.nullLists && !this.dialect.laterStates) this.contract.hold(arrival, reply);
			return { status, body: JSON.stringify(body), headers: id };
		} catch (error) {
			if (!(error instanceof Rejection)) throw error;
			return this.reject(error, id);
		}
	}

	state(): Record<string, object[]> {
		return {
			flows: this.truth.flows.map((flow) => this.definition(flow)),
			executions: this.truth.executions.map((one) => this.settled(one)),
			profiles: this.truth.profiles,
		};
	}

	reset(): void {
		this.dialect = {};
		this.pace = { ...PACE };
		this.clockOffsetMs = 0;
		this.quota = Infinity;
		this.answers.clear();
		this.truth.flows.length = 0;
		this.truth.executions.length = 0;
		this.truth.profiles.splice(0, Infinity, ...profiles());
	}

	addFlow(config: FlowConfig, more: Partial<AppFlow> = {}): AppFlow {
		const { clientToken: _token, ...kept } = config;
		const flow: AppFlow = {
			...kept,
			flowStatus: config.triggerConfig.triggerType === 'OnDemand' ? 'Active' : 'Draft',
			createdAt: this.now(),
			lastUpdatedAt: this.now(),
			schemaVersion: 1,
			stale: [],
			...more,
		};
		this.truth.flows.push(flow);
		return flow;
	}

	/** The server's time in epoch ms. */
	private now(): number {
		return Date.now() + this.clockOffsetMs;
	}

	private reject({ status, type, message }: Rejection, headers: Record<string, string>): Reply {
		const { errorType = 'header', capitalMessage } = this.dialect;
		const inBody = {
			header: {},
			code: { code: type },
			__type: { __type: `com.amazonaws.sandstone#${type}` },
		};
		return {
			status,
			body: JSON.stringify({
				...inBody[errorType],
				[capitalMessage ? 'Message' : 'message']: message,
			}),
			headers: {
				...headers,
				...(errorType === 'header' && {
					'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazonaws.sandstone/`,
				}),
			},
		};
	}

	/** The same token with the same request returns the same response; with a different request it is an error. */
	private once({ operation, request }: Context, work: () => ContractReply): ContractReply {
		const { clientToken, ...asked } = request.requestBody as Values;
		if (typeof clientToken !== 'string') return work();
		const key = `${operation.operationId} ${clientToken}`;
		const body = JSON.stringify(asked);
		const before = this.answers.get(key);
		if (before && before.body === body) return before.reply;
		const flow = this.truth.flows.find(({ flowName }) => flowName === asked.flowName);
		const isOnDemandStart =
			operation.operationId === 'StartFlow' && flow?.triggerConfig.triggerType === 'OnDemand';
		if (before && !isOnDemandStart) {
			throw conflict('The client token was used before with other parameters');
		}
		const reply = work();
		this.answers.set(key, { body, reply });
		return reply;
	}

	private flowIn(context: Context): AppFlow {
		const { flowName } = bodyOf(context) as { flowName: string };
		const flow = this.truth.flows.find((one) => one.flowName === flowName);
		if (!flow) throw missing(`Flow with name ${flowName} does not exist`);
		return flow;
	}

	/** The connection of a source or destination, which must exist and be valid. */
	private checkProfile({ connectorType, connectorProfileName }: Partial<End>): Profile | undefined {
		if (connectorProfileName === undefined) return undefined;
		const profile = this.truth.profiles.find(
			(one) => one.connectorProfileName === connectorProfileName,
		);
		if (!profile || (connectorType !== undefined && profile.connectorType !== connectorType)) {
			throw missing(`Connector profile ${connectorProfileName} does not exist`);
		}
		if (profile.isRevoked) {
			throw new Rejection(
				401,
				'ConnectorAuthenticationException',
				`The authentication of the connector profile ${connectorProfileName} failed`,
			);
		}
		return profile;
	}

	private checkFlow(flow: FlowConfig): void {
		const problem = flowProblem(flow, this.now());
		if (problem !== undefined) throw invalid(problem);
		this.checkProfile(flow.sourceFlowConfig);
		for (const end of flow.destinationFlowConfigList) this.checkProfile(end);
		const { S3 } = flow.sourceFlowConfig.sourceConnectorProperties ?? {};
		if (S3?.bucketPrefix === 'empty') {
			throw new Rejection(
				400,
				'ConnectorServerException',
				`The S3 bucket ${String(S3.bucketName)} has no objects under the prefix empty`,
			);
		}
	}

	private createFlow(flow: FlowConfig): ContractReply {
		this.checkFlow(flow);
		const { flowName } = flow;
		if (this.truth.flows.some((one) => one.flowName === flowName)) {
			throw conflict(`A flow with the name ${flowName} already exists`);
		}
		if (this.truth.flows.length >= this.quota) {
			throw new Rejection(
				402,
				'ServiceQuotaExceededException',
				'The number of flows exceeds the quota',
			);
		}
		const { flowStatus } = this.addFlow(flow);
		return done({ flowArn: arnOf(flowName), flowStatus });
	}

	private updateFlow(flow: FlowConfig): ContractReply {
		const old = this.truth.flows.find(({ flowName }) => flowName === flow.flowName);
		if (!old) throw missing(`Flow with name ${flow.flowName} does not exist`);
		this.checkFlow(flow);
		const problem = changeProblem(old, flow);
		if (problem !== undefined) throw invalid(problem);
		const wasOnDemand = old.triggerConfig.triggerType === 'OnDemand';
		const isOnDemand = flow.triggerConfig.triggerType === 'OnDemand';
		const isOther = JSON.stringify(old.tasks) !== JSON.stringify(flow.tasks);
		const { description, triggerConfig, sourceFlowConfig } = flow;
		const { destinationFlowConfigList, tasks, metadataCatalogConfig } = flow;
		old.stale.push({ until: this.now() + this.pace.settleMs, config: configOf(old) });
		Object.assign(old, {
			description,
			triggerConfig,
			sourceFlowConfig,
			destinationFlowConfigList,
			tasks,
			metadataCatalogConfig,
			lastUpdatedAt: this.now(),
			schemaVersion: old.schemaVersion + Number(isOther),
			...(isOnDemand && { flowStatus: 'Active' }),
			...(wasOnDemand && !isOnDemand && { flowStatus: 'Draft' }),
		});
		return done({ flowStatus: old.flowStatus });
	}

	private deleteFlow(context: Context): ContractReply {
		const { forceDelete = false } = bodyOf(context) as { forceDelete?: boolean };
		const flow = this.flowIn(context);
		const isActive = flow.flowStatus === 'Active' && flow.triggerConfig.triggerType !== 'OnDemand';
		if (!forceDelete && (isActive || this.runsOf(flow).some(isRunning))) {
			throw conflict(`Flow ${flow.flowName} is active; stop it, or delete it by force`);
		}
		const { flows, executions } = this.truth;
		flows.splice(flows.indexOf(flow), 1);
		const left = executions.filter(({ flowName }) => flowName !== flow.flowName);
		executions.splice(0, Infinity, ...left);
		return done({});
	}

	private startFlow(flow: AppFlow): ContractReply {
		const { flowName, triggerConfig } = flow;
		if (triggerConfig.triggerType !== 'OnDemand') {
			if (flow.flowStatus === 'Active') throw conflict(`Flow ${flowName} is active already`);
			flow.flowStatus = 'Active';
			return done({ flowArn: arnOf(flowName), flowStatus: flow.flowStatus });
		}
		if (!this.dialect.startsAlongside && this.runsOf(flow).some(isRunning)) {
			throw conflict(`Flow ${flowName} has a run in progress`);
		}
		const now = this.now();
		const { config } = flow.stale.find(({ until }) => now < until) ?? { config: flow };
		const { runningMs, failedRuns = Infinity, recordsProcessed } = this.pace;
		const fails = this.truth.executions.length < failedRuns ? this.pace.fails : undefined;
		const execution: Execution = {
			executionId: randomUUID(),
			flowName,
			executionStatus: 'InProgress',
			startedAt: now,
			endsAt: now + runningMs,
			fails,
			recordsProcessed: this.movesNothing(config) ? 0 : recordsProcessed,
			tasks: config.tasks,
		};
		this.truth.executions.push(execution);
		return done({
			flowArn: arnOf(flowName),
			flowStatus: flow.flowStatus,
			executionId: execution.executionId,
		});
	}

	/** A prefix with a leading slash matches no records: https://github.com/aws/aws-cdk/issues/18899 */
	private movesNothing({ sourceFlowConfig }: FlowConfig): boolean {
		const prefix = sourceFlowConfig.sourceConnectorProperties?.S3?.bucketPrefix;
		return typeof prefix === 'string' && prefix.startsWith('/');
	}

	private stopFlow(flow: AppFlow): ContractReply {
		const { flowName, triggerConfig } = flow;
		if (triggerConfig.triggerType === 'OnDemand') {
			throw new Rejection(
				400,
				'UnsupportedOperationException',
				`Flow ${flowName} is triggered on demand and cannot be stopped`,
			);
		}
		if (flow.flowStatus === 'Draft') throw conflict(`Flow ${flowName} is not active`);
		flow.flowStatus = 'Suspended';
		return done({ flowArn: arnOf(flowName), flowStatus: flow.flowStatus });
	}

	/** A run with its current state. */
	private settled(execution: Execution): Execution {
		const { endsAt = Infinity, fails } = execution;
		if (endsAt <= this.now() && isRunning(execution)) {
			execution.executionStatus =
				execution.executionStatus === 'CancelStarted'
					? 'Canceled'
					: fails === undefined
						? 'Successful'
						: 'Error';
		}
		return execution;
	}

	private runsOf({ flowName }: { flowName: string }): Execution[] {
		return this.truth.executions
			.filter((one) => one.flowName === flowName)
			.map((one) => this.settled(one));
	}

	/** In a varying order, because AWS documents none. */
	private records(context: Context): ContractReply {
		const flow = this.flowIn(context);
		const visible = this.runsOf(flow).filter(
			({ startedAt }) => startedAt + this.pace.hiddenMs <= this.now(),
		);
		const turned = this.inOrder(visible);
		return this.page(
			context,
			'flowExecutions',
			turned.map((one) => this.record(one)),
		);
	}

	private inOrder(runs: Execution[]): Execution[] {
		if (this.dialect.newestLast) {
			const [last, ...others] = runs.sort((a, b) => b.startedAt - a.startedAt);
			return last ? [...others, last] : [];
		}
		if (this.dialect.newestFirst) return runs.sort((a, b) => b.startedAt - a.startedAt);
		return runs.length % 2 === 0 ? runs : runs.reverse();
	}

	private record(execution: Execution): Values {
		const { executionId, executionStatus, startedAt, endsAt = startedAt } = execution;
		const { fails, recordsProcessed } = execution;
		const isOver = !isRunning(execution);
		const result = {
			...(recordsProcessed !== undefined && {
				recordsProcessed,
				bytesProcessed: recordsProcessed * 100,
			}),
			...(executionStatus === 'Error' && {
				errorInfo: { putFailuresCount: 0, executionMessage: fails },
			}),
		};
		return {
			executionId,
			executionStatus,
			...(isOver && { executionResult: result }),
			startedAt: seconds(startedAt),
			lastUpdatedAt: seconds(isOver ? endsAt : this.now()),
		};
	}

	private cancel(context: Context): ContractReply {
		const flow = this.flowIn(context);
		const { executionIds } = bodyOf(context) as { executionIds?: string[] };
		const running = this.runsOf(flow).filter(isRunning);
		const wanted = executionIds ?? running.map(({ executionId }) => executionId);
		if (this.dialect.cancelsNothing) return done({ invalidExecutions: wanted });
		for (const one of running.filter(({ executionId }) => wanted.includes(executionId))) {
			one.executionStatus = 'CancelStarted';
			one.endsAt = Math.min(one.endsAt ?? Infinity, this.now() + this.pace.cancelMs);
		}
		const ids = running.map(({ executionId }) => executionId);
		return done({ invalidExecutions: wanted.filter((id) => !ids.includes(id)) });
	}

	private lastRun(flow: AppFlow): Values {
		const visibleUntil = this.now() - this.pace.lastRunDelayMs;
		const last = this.runsOf(flow)
			.filter(({ startedAt }) => startedAt <= visibleUntil)
			.sort((a, b) => a.startedAt - b.startedAt)
			.at(-1);
		if (!last) return {};
		return {
			lastRunExecutionDetails: {
				mostRecentExecutionStatus: last.executionStatus,
				mostRecentExecutionTime: seconds(last.startedAt),
				...(last.executionStatus === 'Error' && { mostRecentExecutionMessage: last.fails }),
			},
		};
	}

	private describeFlow(flow: AppFlow): Values {
		const { createdAt, lastUpdatedAt, stale: _stale, tasks, ...config } = flow;
		return {
			...config,
			tasks: shownTasks(tasks),
			flowArn: arnOf(flow.flowName),
			createdAt: seconds(createdAt),
			lastUpdatedAt: seconds(lastUpdatedAt),
			createdBy: `arn:aws:iam::${ACCOUNT}:user/n8n`,
			lastUpdatedBy: `arn:aws:iam::${ACCOUNT}:user/n8n`,
			...this.lastRun(flow),
		};
	}

	private definition(flow: AppFlow): Values {
		const { flowName, description, flowStatus, createdAt, lastUpdatedAt, tags } = flow;
		const [destination] = flow.destinationFlowConfigList;
		return {
			flowArn: arnOf(flowName),
			flowName,
			description,
			flowStatus,
			sourceConnectorType: flow.sourceFlowConfig.connectorType,
			destinationConnectorType: destination?.connectorType,
			triggerType: flow.triggerConfig.triggerType,
			createdAt: seconds(createdAt),
			lastUpdatedAt: seconds(lastUpdatedAt),
			createdBy: `arn:aws:iam::${ACCOUNT}:user/n8n`,
			lastUpdatedBy: `arn:aws:iam::${ACCOUNT}:user/n8n`,
			tags,
			...this.lastRun(flow),
		};
	}

	/** A token contains the position in the list. */
	private slice<T>(context: Context, all: T[]): { results: T[]; nextToken?: string } {
		const { maxResults = 20, nextToken } = bodyOf(context) as {
			maxResults?: number;
			nextToken?: string;
		};
		const { pageSize = Infinity, emptyFirstPage, endlessPages } = this.dialect;
		if (emptyFirstPage && nextToken === undefined) return { results: [], nextToken: 'from-0' };
		const from = Number(nextToken?.split('-')[1] ?? 0);
		if (Number.isNaN(from)) throw invalid('The next token is not valid');
		const to = from + Math.min(maxResults, pageSize);
		const isLast = to >= all.length;
		return {
			results: all.slice(from, to),
			nextToken: isLast ? (endlessPages ? `from-${from}` : undefined) : `from-${to}`,
		};
	}

	private page(context: Context, member: string, all: object[]): ContractReply {
		const { results, nextToken } = this.slice(context, all);
		const isNull = this.dialect.nullLists && results.length === 0;
		return done({ [member]: isNull ? null : results, nextToken });
	}

	private listProfiles(context: Context): ContractReply {
		const { connectorProfileNames, connectorType, connectorLabel } = bodyOf(context) as {
			connectorProfileNames?: string[];
			connectorType?: string;
			connectorLabel?: string;
		};
		const found = this.truth.profiles
			.filter(
				(one) =>
					(connectorProfileNames?.includes(one.connectorProfileName) ?? true) &&
					(connectorType ?? one.connectorType) === one.connectorType &&
					(connectorLabel ?? one.connectorLabel) === one.connectorLabel,
			)
			.map(({ isRevoked: _isRevoked, ...one }) => ({
				...one,
				connectorProfileArn: `arn:aws:appflow:${APPFLOW_REGION}:${ACCOUNT}:connectorprofile/${one.connectorProfileName}`,
				credentialsArn: `arn:aws:secretsmanager:${APPFLOW_REGION}:${ACCOUNT}:secret:appflow!${ACCOUNT}-${one.connectorProfileName}`,
			}));
		return this.page(context, 'connectorProfileDetails', found);
	}

	private describeConnector(asked: ConnectorAsked): ContractReply {
		const found = connectors.find(
			({ connectorType, connectorLabel }) =>
				connectorType === asked.connectorType && connectorLabel === asked.connectorLabel,
		);
		if (!found) throw missing(`Connector ${asked.connectorType} does not exist`);
		return done({ connectorConfiguration: configurationOf(found) });
	}

	/** Each page has a map by type and a list of all connectors. */
	private describeConnectors(context: Context): ContractReply {
		const { connectorTypes } = bodyOf(context) as { connectorTypes?: string[] };
		const wanted = connectors.filter(
			({ connectorType }) => connectorTypes?.includes(connectorType) ?? true,
		);
		const { results, nextToken } = this.slice(context, wanted);
		const { nextToken: token } = bodyOf(context) as { nextToken?: string };
		const inMap = this.dialect.mapFirst ? (token === undefined ? wanted : []) : results;
		const own = inMap.filter(({ connectorType }) => connectorType !== 'CustomConnector');
		return done({
			connectorConfigurations: Object.fromEntries(
				own.map((one) => [one.connectorType, configurationOf(one)]),
			),
			connectors: results,
			nextToken,
		});
	}

	private labelOf(asked: Partial<End>): string | undefined {
		const profile = this.checkProfile(asked);
		if (!profile && asked.connectorType !== 'S3') {
			throw invalid('Connector profile name is required');
		}
		return profile?.connectorLabel;
	}

	private listEntities(context: Context): ContractReply {
		const asked = bodyOf(context) as Partial<End> & { entitiesPath?: string };
		const label = this.labelOf(asked);
		const profile = this.checkProfile(asked);
		const type = asked.connectorType ?? profile?.connectorType ?? '';
		const rows = Object.entries(entitiesOf(type, label, asked.entitiesPath)).flatMap(
			([group, entities]) => entities.map((entity) => ({ group, entity })),
		);
		const { results, nextToken } = this.slice(context, rows);
		const connectorEntityMap: Record<string, object[]> = {};
		for (const { group, entity } of results) (connectorEntityMap[group] ??= []).push(entity);
		return done({ connectorEntityMap, nextToken });
	}

	private describeEntity(asked: EntityAsked): ContractReply {
		const label = this.labelOf(asked);
		const type = asked.connectorType ?? this.checkProfile(asked)?.connectorType ?? '';
		const fields = fieldsOf(type, label, asked.connectorEntityName);
		if (!fields) throw missing(`Entity ${asked.connectorEntityName} does not exist`);
		return done({ connectorEntityFields: fields });
	}

	private taggedIn({ request }: Context): AppFlow {
		const { resourceArn } = request.params as { resourceArn: string };
		const flow = this.truth.flows.find(({ flowName }) => arnOf(flowName) === resourceArn);
		if (!flow) throw missing(`Resource ${resourceArn} does not exist`);
		return flow;
	}

	private tag(context: Context): ContractReply {
		const flow = this.taggedIn(context);
		const tags = { ...flow.tags, ...(bodyOf(context) as { tags: Record<string, string> }).tags };
		if (Object.keys(tags).length > 50) throw invalid('A resource has 50 tags at the most');
		flow.tags = tags;
		return done({});
	}

	private untag(context: Context): ContractReply {
		const flow = this.taggedIn(context);
		const keys = [(context.request.query as { tagKeys: string | string[] }).tagKeys].flat();
		const left = Object.entries(flow.tags ?? {}).filter(([key]) => !keys.includes(key));
		flow.tags = Object.fromEntries(left);
		return done({});
	}
}

function done(body: unknown): ContractReply {
	// undefined members are omitted, as in JSON
	return { status: 200, body: JSON.parse(JSON.stringify(body)) as unknown };
}

function bodyOf({ request }: Context): unknown {
	return request.requestBody;
}

export async function startAppFlow(port = 0): Promise<AppFlowSandbox> {
	const service = new AppFlowService();
	const sandbox = await serve(
		{
			name: 'Amazon AppFlow',
			handle: async (request) => await service.handle(request),
			state: () => service.state(),
			reset: () => {
				service.reset();
			},
		},
		port,
	);
	return {
		...sandbox,
		region: APPFLOW_REGION,
		keys: APPFLOW_KEYS,
		truth: service.truth,
		addFlow: (config, more) => service.addFlow(config, more),
		dialect: (dialect) => {
			service.dialect = dialect;
		},
		runs: (pace) => {
			Object.assign(service.pace, pace);
		},
		clock: (offsetMs) => {
			service.clockOffsetMs = offsetMs;
		},
		quota: (flows) => {
			service.quota = flows;
		},
	};
}
