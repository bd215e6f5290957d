import type { Context } from 'openapi-backend';
import { breaches, Contract } from '../contract.ts';
import type { Breach } from '../contract.ts';
import type { Reply } from '../faultInjection.ts';
import { serve } from '../server.ts';
import type { Arrival, Sandbox } from '../server.ts';

/** The token that the sandbox accepts. */
export const PORTABLE_TOKEN = 'portable-sandbox-token';

interface PropertyDefinition {
	name: string;
	displayName?: string;
	type: string;
	required: boolean;
	description?: string;
}

interface Spec {
	name: string;
	displayName: string;
	website: string;
	tagLine: string;
	lifecycle: string;
	authenticationStrategy?: string;
	instructions: string;
	propertyDefinitions: PropertyDefinition[];
}

function spec(
	name: string,
	displayName: string,
	definitions: Array<[name: string, type: string]>,
	more: Partial<Spec> = {},
): Spec {
	return {
		name,
		displayName,
		website: `https://${name.replaceAll('_', '-')}.example`,
		tagLine: `${displayName}, as an example`,
		lifecycle: 'STABLE',
		instructions: `Enter what **${displayName}** needs.`,
		propertyDefinitions: definitions.map(([property, type]) => ({
			name: property,
			displayName: property.replaceAll('_', ' '),
			type,
			required: true,
		})),
		...more,
	};
}

const sourceSpecs = [
	spec('google_calendar', 'Google Calendar', [['email', 'STRING']], {
		authenticationStrategy: 'AUTH_CODE',
	}),
	spec(
		'freshsales',
		'Freshsales',
		[
			['domain', 'STRING'],
			['api_key', 'PASSWORD'],
		],
		{ authenticationStrategy: 'TOKEN' },
	),
	{
		...spec('everything', 'Everything', []),
		propertyDefinitions: [
			{ name: 'title', displayName: 'Title', type: 'STRING', required: true },
			{ name: 'notes', type: 'TEXT', required: false, description: 'Notes to keep' },
			{ name: 'api_key', displayName: 'API Key', type: 'PASSWORD', required: true },
			{ name: 'limit', displayName: 'Limit', type: 'NUMBER', required: false },
			{ name: 'live', displayName: 'Live', type: 'BOOLEAN', required: false },
			{ name: 'since', displayName: 'Since', type: 'DATE', required: false },
			{ name: 'until', displayName: 'Until', type: 'DATETIME', required: false },
			{ name: 'daily_at', type: 'TIME', required: false },
			{ name: 'constructor', displayName: 'Constructor', type: 'STRING', required: false },
		],
	},
	spec('undescribed', 'Undescribed', []),
];

const destinationSpecs = [
	spec('snowflake', 'Snowflake', [
		['account', 'STRING'],
		['port', 'NUMBER'],
		['use_ssl', 'BOOLEAN'],
		['password', 'PASSWORD'],
	]),
	spec('bigquery', 'BigQuery', [['project', 'STRING']]),
];

type Values = Record<string, unknown>;

interface Connector {
	id: number;
	displayName: string;
	spec: Spec;
	properties: Values;
	createdAt: string;
}

interface Flow extends Values {
	id: number;
	source: number;
	destination: number;
}

/** A run attempt. Tests may add attempts. */
export interface RunAttempt {
	id: number;
	flow: number;
	trigger: 'manual' | 'scheduled';
	/** ABORTED and SETTLING are made up: states that Portable may add. */
	lifecycle: 'PENDING' | 'RUNNING' | 'NOT_RUNNING' | 'ABORTED' | 'SETTLING';
	disposition: 'SUCCEEDED' | 'FAILED' | 'NONE' | 'LOST';
	resources?: Array<{ name: string; extracted: number; analyzed: number; loaded: number }> | null;
	errors?: string[] | null;
	completedAt: string | null;
	createdAt: string;
	/** Epoch ms, only for attempts that the API started. Their state then changes with time. */
	startedAt?: number;
}

/**
 * Formats of responses. The default is the schema at https://developer.portable.io, whose examples differ from it.
 * A test covers each format.
 */
interface Dialect {
	/** Runs have states that the contract does not include. */
	laterStates?: boolean;
	/** The spec is its name, not an object: https://developer.portable.io/api-reference/sources/create-source, example */
	specAsText?: boolean;
	/** Properties are a list with definitions, not a map: the same example. */
	propertiesAsList?: boolean;
	/** Resources have no envelope `data`, as in older examples. */
	bare?: boolean;
	/** Dates have U+2010 in place of hyphens, as in the examples. */
	oddHyphens?: boolean;
	/** Names, dates and flags are missing, as in the examples, although the schema requires some of them. */
	sparse?: boolean;
	/** Lists do not exist: they are not documented. */
	noLists?: boolean;
	/** GET of a source or flow does not exist: it is not documented. */
	noGets?: boolean;
	/** States and outcomes of runs, and types of properties, are lower case, as in the examples. */
	lowerCase?: boolean;
	/** Lists lack resources younger than this, in ms. */
	lagMs?: number;
	/** By how many ms the clock of creation times is ahead of the Date header. */
	clockMs?: number;
	/** Lists have pages of `size`, announced in one of the ways that are common among services. */
	pages?: {
		size: number;
		says: 'has_more' | 'next' | 'total' | 'link' | 'elsewhere';
		byOffset?: boolean;
	};
	/** IDs exceed 2^53, which a JavaScript number cannot represent exactly. */
	largeIds?: boolean;
}

/** The course of runs that the API starts. */
interface Pace {
	/** How long a run is unlisted, pending and running, in ms. */
	hiddenMs: number;
	pendingMs: number;
	runningMs: number;
	/** Errors of a failed run. Without errors, runs succeed. */
	errors?: string[];
	/** How many runs, from the first one, have these errors. Default: all. */
	failedRuns?: number;
}

const PACE: Pace = { hiddenMs: 0, pendingMs: 200, runningMs: 1500 };

export interface PortableSandbox extends Sandbox {
	token: string;
	dialect: (dialect: Dialect) => void;
	/** Changes the course of runs. */
	runs: (pace: Partial<Pace>) => void;
	/** The existing resources, including secrets, in order of creation. */
	truth: { sources: Connector[]; destinations: Connector[]; flows: Flow[]; runs: RunAttempt[] };
}

class PortableService {
	readonly name = 'Portable';

	dialect: Dialect = {};

	pace: Pace = { ...PACE };

	readonly truth: PortableSandbox['truth'] = { sources: [], destinations: [], flows: [], runs: [] };

	private lastId = 80_000;

	private readonly contract = new Contract('portable.yaml', {
		token: PORTABLE_TOKEN,
		handlers: {
			listSources: () =>
				this.list(this.truth.sources.map((one) => this.connector(one, 'sourceSpec'))),
			listDestinations: () =>
				this.list(this.truth.destinations.map((one) => this.connector(one, 'destinationSpec'))),
			listFlows: () => this.list(this.truth.flows.map((one) => this.flow(one))),
			createSource: (context) => this.createConnector(context, 'sourceSpec'),
			createDestination: (context) => this.createConnector(context, 'destinationSpec'),
			createFlow: (context) => this.createFlow(context),
			getSource: (context) => this.getOne(context, 'source'),
			getFlow: (context) => this.getOne(context, 'flow'),
			updateSource: (context) => this.updateSource(context),
			updateFlow: (context) => this.updateFlow(context),
			verifySource: (context) => this.verify(this.truth.sources, context),
			verifyDestination: (context) => this.verify(this.truth.destinations, context),
			createConfigurationCard: (context) => this.createCard(context),
			getFlowStatus: (context) => this.status(context),
			getWorkflowStatus: (context) => this.status(context),
			getRunAttempts: (context) => this.runAttempts(context),
			cancelFlow: (context) => this.cancel(context),
			runFlow: (context) => this.startRun(context),
			validationFail: (context: Context) => errorReply(400, problem(breaches(context)[0])),
			notFound: () => errorReply(404, 'Not Found'),
			methodNotAllowed: () => errorReply(405, 'Method Not Allowed'),
			unauthorizedHandler: () => errorReply(401, 'Unauthorized'),
		},
	});

	async handle(request: Arrival): Promise<Reply> {
		const isPaged = this.dialect.pages !== undefined && request.method === 'GET';
		return isPaged ? await this.page(request) : await this.whole(request);
	}

	/** A page of a list. Portable documents no pages; the formats are those of other services. */
	private async page(request: Arrival): Promise<Reply> {
		const { size = 50, says, byOffset = false } = this.dialect.pages ?? {};
		const [path = '', query] = request.path.split('?');
		const reply = await this.whole({ ...request, path });
		const { data } = JSON.parse(reply.body ?? '{}') as { data?: unknown };
		if (!Array.isArray(data)) return reply;
		const given = new URLSearchParams(query);
		const from = Number((byOffset && given.get('offset')) || (given.get('cursor') ?? 0));
		const more = from + size < data.length;
		const next = `${path}?cursor=${from + size}`;
		const address = { next, elsewhere: `https://elsewhere.example/all?cursor=${from + size}` };
		const body = {
			data: data.slice(from, from + size),
			...(says === 'has_more' && { has_more: more, last_id: null }),
			...(says === 'total' && { meta: { total: data.length } }),
			...(more &&
				says === 'next' && { links: { next: `http://${String(request.headers.host)}${next}` } }),
			...(more && says === 'elsewhere' && { next: address.elsewhere }),
		};
		return {
			status: reply.status,
			body: JSON.stringify(body),
			...(more && says === 'link' && { headers: { link: `<${next}>; rel="next"` } }),
		};
	}

	private async whole(request: Arrival): Promise<Reply> {
		const reply = await this.contract.reply(request);
		// responses in these formats do not comply with the contract
		if (!this.dialect.bare && !this.dialect.laterStates && ![404, 405].includes(reply.status)) {
			this.contract.hold(request, reply);
		}
		return { status: reply.status, body: this.spell(JSON.stringify(reply.body)) };
	}

	state(): Record<string, object[]> {
		return {
			sources: this.truth.sources.map((one) => this.connector(one, 'sourceSpec')),
			destinations: this.truth.destinations.map((one) => this.connector(one, 'destinationSpec')),
			flows: this.truth.flows,
		};
	}

	reset(): void {
		this.dialect = {};
		this.pace = { ...PACE };
		for (const list of Object.values(this.truth)) list.length = 0;
	}

	private spell(json: string): string {
		const date = /\d{4}-\d\d-\d\d(?=T)/g;
		const id = /(?<="(?:id|source|destination)":)\d+/g;
		const { oddHyphens, largeIds } = this.dialect;
		const spelled = oddHyphens ? json.replace(date, (day) => day.replaceAll('-', '\u2010')) : json;
		return largeIds ? spelled.replace(id, (digits) => `90071992547${digits}`) : spelled;
	}

	private wrap(data: unknown): unknown {
		return this.dialect.bare ? data : { data };
	}

	/** The current time, for creation times. */
	private now(): string {
		return new Date(Date.now() + (this.dialect.clockMs ?? 0)).toISOString();
	}

	private list(all: Values[]) {
		const { noLists, lagMs = 0, clockMs = 0 } = this.dialect;
		if (noLists) return errorReply(404, 'Not Found');
		const until = Date.now() + clockMs - lagMs;
		const resources = all.filter(
			({ createdAt }) => lagMs === 0 || Date.parse(String(createdAt)) <= until,
		);
		return { status: 200, body: this.wrap(resources) };
	}

	private createConnector({ request }: Context, specKey: 'sourceSpec' | 'destinationSpec') {
		const [specs, list, kind] =
			specKey === 'sourceSpec'
				? [sourceSpecs, this.truth.sources, 'source']
				: [destinationSpecs, this.truth.destinations, 'destination'];
		const {
			displayName = '',
			properties = {},
			[specKey]: specName = '',
		} = request.requestBody as {
			displayName?: string;
			properties?: Values;
			sourceSpec?: string;
			destinationSpec?: string;
		};
		const found = specs.find(({ name }) => name === specName);
		if (!found) return errorReply(400, `Unknown ${kind} spec: ${specName}`);
		const connector = {
			id: ++this.lastId,
			displayName,
			spec: found,
			properties,
			createdAt: this.now(),
		};
		list.push(connector);
		return { status: 201, body: this.wrap(this.connector(connector, specKey)) };
	}

	private createFlow({ request }: Context) {
		const input = request.requestBody as { source: number; destination: number };
		const { sources, destinations, flows } = this.truth;
		if (!sources.some(({ id }) => id === input.source)) {
			return errorReply(400, `Source ${input.source} does not exist`);
		}
		if (!destinations.some(({ id }) => id === input.destination)) {
			return errorReply(400, `Destination ${input.destination} does not exist`);
		}
		const now = this.now();
		const flow = { id: ++this.lastId, ...input, disabled: false, createdAt: now, updatedAt: now };
		flows.push(flow);
		return { status: 201, body: this.wrap(this.flow(flow)) };
	}

	private getOne(context: Context, kind: 'source' | 'flow') {
		if (this.dialect.noGets) return errorReply(405, 'Method Not Allowed');
		const id = idIn(context);
		if (kind === 'flow') {
			const flow = this.truth.flows.find((one) => one.id === id);
			return flow ? { status: 200, body: this.wrap(this.flow(flow)) } : notFound();
		}
		const source = this.truth.sources.find((one) => one.id === id);
		if (!source) return notFound();
		return { status: 200, body: this.wrap(this.connector(source, 'sourceSpec')) };
	}

	private updateSource(context: Context) {
		const source = this.truth.sources.find(({ id }) => id === idIn(context));
		if (!source) return notFound();
		const { displayName, properties } = context.request.requestBody as Partial<Connector>;
		if (displayName !== undefined) source.displayName = displayName;
		// Portable does not document whether it merges or replaces properties; a client must not depend on it
		source.properties = { ...source.properties, ...properties };
		return { status: 200, body: this.wrap(this.connector(source, 'sourceSpec')) };
	}

	private updateFlow(context: Context) {
		const flow = this.truth.flows.find(({ id }) => id === idIn(context));
		if (!flow) return notFound();
		const changes = context.request.requestBody as Values;
		if ('cron' in changes) delete flow.frequency;
		if ('frequency' in changes) delete flow.cron;
		Object.assign(flow, changes, { updatedAt: new Date().toISOString() });
		return { status: 200, body: this.wrap(this.flow(flow)) };
	}

	/** An informational entry, then an error for each missing required property. */
	private verify(connectors: Connector[], context: Context) {
		const connector = connectors.find(({ id }) => id === idIn(context));
		if (!connector) return notFound();
		const missing = connector.spec.propertyDefinitions.filter(
			({ name, required }) => required && connector.properties[name] === undefined,
		);
		const checks = [
			{ isError: false, message: `Checked ${connector.spec.displayName}` },
			...missing.map(({ name }) => ({ isError: true, message: `Property ${name} is missing` })),
		];
		return { status: 200, body: this.wrap(checks) };
	}

	private createCard(context: Context) {
		const source = this.truth.sources.find(({ id }) => id === idIn(context));
		if (!source) return notFound();
		const card = context.request.requestBody as Record<string, string>;
		const id = ++this.lastId;
		const data = {
			id,
			hash_id: `card-${id}`,
			expires_at: card.expiresAt,
			type: card.type,
			source_name: source.displayName,
			url: `https://app.portable.example/cards/card-${id}`,
			image_url: card.imageUrl ?? '',
			instruction: card.instruction ?? '',
		};
		return { status: 201, body: this.wrap(data) };
	}

	private runsOf(context: Context): RunAttempt[] | undefined {
		const id = idIn(context);
		if (!this.truth.flows.some((flow) => flow.id === id)) return undefined;
		const { hiddenMs } = this.pace;
		return this.truth.runs
			.map((run) => this.advance(run))
			.filter(({ flow, startedAt = 0 }) => flow === id && Date.now() >= startedAt + hiddenMs)
			.sort((a, b) => a.id - b.id);
	}

	/** Updates the state of a run that the API started. */
	private advance(run: RunAttempt): RunAttempt {
		if (run.startedAt === undefined || run.lifecycle === 'NOT_RUNNING') return run;
		const age = Date.now() - run.startedAt;
		const { pendingMs, runningMs, failedRuns = Infinity } = this.pace;
		const errors = this.truth.runs.indexOf(run) < failedRuns ? this.pace.errors : undefined;
		const counted = Math.min(1, Math.max(0, age - pendingMs) / runningMs);
		run.lifecycle = age < pendingMs ? 'PENDING' : 'RUNNING';
		run.resources = [
			{ name: 'contacts', extracted: Math.floor(100 * counted), analyzed: 0, loaded: 0 },
		];
		if (counted < 1) return run;
		// as in the examples, a failed attempt has errors, but no resources and no completion time
		return Object.assign(run, {
			lifecycle: 'NOT_RUNNING',
			disposition: errors ? 'FAILED' : 'SUCCEEDED',
			...(errors ? { errors, resources: undefined } : { completedAt: new Date().toISOString() }),
		});
	}

	private startRun(context: Context) {
		const runs = this.runsOf(context);
		if (!runs) return notFound();
		if (runs.some(({ lifecycle }) => lifecycle !== 'NOT_RUNNING')) {
			return errorReply(400, 'The flow is already running');
		}
		const startedAt = Date.now();
		this.truth.runs.push({
			id: ++this.lastId,
			flow: idIn(context),
			trigger: 'manual',
			lifecycle: 'PENDING',
			disposition: 'NONE',
			completedAt: null,
			createdAt: new Date(startedAt).toISOString(),
			startedAt,
		});
		return { status: 201, body: { message: 'Created' } };
	}

	private run({ startedAt: _startedAt, lifecycle, disposition, ...rest }: RunAttempt): Values {
		const spell = (text: string) => (this.dialect.lowerCase ? text.toLowerCase() : text);
		return { ...rest, lifecycle: spell(lifecycle), disposition: spell(disposition) };
	}

	/** The status of the latest run. The ID is that of the flow. */
	private status(context: Context) {
		const runs = this.runsOf(context);
		if (!runs) return notFound();
		const id = idIn(context);
		const latest = runs.at(-1);
		const { lifecycle = 'NOT_RUNNING', disposition = 'NONE' } = latest ? this.run(latest) : {};
		const { resources = null, errors = null, completedAt = null } = latest ?? {};
		return { status: 200, body: { id, lifecycle, disposition, resources, errors, completedAt } };
	}

	private runAttempts(context: Context) {
		const runs = this.runsOf(context);
		if (!runs) return notFound();
		const { limit = 100, offset = 0, sort = 'desc' } = context.request.query as Values;
		const ordered = sort === 'asc' ? runs : runs.reverse();
		const page = ordered.slice(Number(offset), Number(offset) + Number(limit));
		return { status: 200, body: this.wrap(page.map((run) => this.run(run))) };
	}

	/** Succeeds also if there is no run to cancel. */
	private cancel(context: Context) {
		const runs = this.runsOf(context);
		if (!runs) return notFound();
		const running = runs.find(({ lifecycle }) => lifecycle !== 'NOT_RUNNING');
		if (running) Object.assign(running, { lifecycle: 'NOT_RUNNING', disposition: 'NONE' });
		return { status: 200, body: { message: 'OK' } };
	}

	/** A source or destination as in responses, with masked secrets. */
	private connector(
		{ id, displayName, spec: { ...ownSpec }, properties, createdAt }: Connector,
		specKey: string,
	): Values {
		if (this.dialect.lowerCase) {
			ownSpec.propertyDefinitions = ownSpec.propertyDefinitions.map(({ type, ...one }) => ({
				...one,
				type: type.toLowerCase(),
			}));
		}
		const secret = (name: string) =>
			ownSpec.propertyDefinitions.some(
				(one) => one.name === name && one.type.toUpperCase() === 'PASSWORD',
			);
		const masked = Object.fromEntries(
			Object.entries(properties).map(([name, value]) => [name, secret(name) ? '********' : value]),
		);
		const { specAsText, propertiesAsList, sparse } = this.dialect;
		return {
			id,
			...(!sparse && { displayName }),
			[specKey]: specAsText ? ownSpec.name : ownSpec,
			properties: propertiesAsList
				? ownSpec.propertyDefinitions.map((one) => ({ ...one, value: masked[one.name] ?? '' }))
				: masked,
			...(!sparse && { createdAt, updatedAt: createdAt }),
		};
	}

	private flow(flow: Flow): Values {
		if (!this.dialect.sparse) return flow;
		const { id, source, destination } = flow;
		return { id, source, destination };
	}
}

function errorReply(status: number, message: string) {
	return { status, body: { message } };
}

function idIn({ request }: Context): number {
	const { id } = request.params as Record<string, string>;
	return Number(id);
}

function notFound() {
	return errorReply(404, 'Not Found');
}

function problem(error?: Breach): string {
	return `Bad Request: ${error?.instancePath ?? ''} ${error?.message ?? ''}`.trim();
}

export async function startPortable(port = 0): Promise<PortableSandbox> {
	const service = new PortableService();
	const sandbox = await serve(
		{
			name: service.name,
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
		token: PORTABLE_TOKEN,
		truth: service.truth,
		dialect: (dialect) => {
			service.dialect = dialect;
		},
		runs: (pace) => {
			Object.assign(service.pace, pace);
		},
	};
}
