import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { asFault, Fault, nodeError, refusal } from './fault';
import type { Service } from './operation';
import { inParallel } from './parallel';
import { Parameters } from './parameters';
import { leaveBeginning, readBeginning } from './beginning';
import { keptOf, pollState, storePollState } from './pollState';
import type { PollState, Watching } from './pollState';
import { Connection } from './request';
import type { Limits } from './request';
import { Run } from './run';
import { looked, shareOut, take, turnsOf } from './turns';
import type { Thing, Turns } from './turns';
import { look } from './watch';
import type { RunPage, RunRules } from './watch';
import type { Id } from './watchState';
import { byWhat, chosenIds, chosenOutcome, watchFields } from './watchFields';
import type { Outcome, WatchFields } from './watchFields';

/** All things that have runs. */
export interface Things {
	things: Thing[];
	/** False when the service gave a part of them: what is missing may be there. */
	isWhole: boolean;
}

/** How a service's finished runs are watched. The engine does the rest, the same for every service. */
export interface RunTrigger<Api, R extends IDataObject> extends Omit<
	RunRules<R>,
	'find' | 'going' | 'isOver'
> {
	service: Pick<Service<Api>, 'wire' | 'connect'>;
	fields: WatchFields;
	/** All things that have runs; undefined when the service does not offer a list. */
	everything: (api: Api) => Promise<Things | undefined>;
	/** Whether that list tells of last runs, so that it is worth asking for when things are chosen, too. */
	tellsLastRuns?: boolean;
	/** An ID as the user entered it. @throws Fault when it cannot be one */
	readId: (text: string) => Id;
	/**
	 * The runs of a thing, newest first.
	 * @param isWhole all of them are to be read; where the service promises no order, the pages may else end early
	 */
	pages: (api: Api, thing: Thing, isWhole: boolean) => AsyncIterable<RunPage<R>>;
	/** One run by its ID, where the service has that; undefined when there is none. */
	readRun?: (api: Api, run: Id) => Promise<R | undefined>;
	/** The runs of a thing that go on, where the service can tell. */
	goingOn?: (api: Api, id: Id) => Promise<R[]>;
	/** @param nowMs the service's clock, epoch ms */
	isOver: (run: R, nowMs: number) => boolean;
	/** A finished run may have done neither, e.g. one that was cancelled. */
	hasFailed: (run: R) => boolean;
	hasSucceeded: (run: R) => boolean;
	/** What is put out for a run, where the run alone does not say which thing it belongs to. */
	output?: (run: R, id: Id) => IDataObject;
}

/** A poll is made again anyway; it must not be on its way still when the next one begins. */
const limits: Limits = { timeoutMs: 30_000, keepRetryingMs: 30_000 };
const PARALLEL = 5;
/** The first poll begins the watch, for as many as there may be; n8n activates the workflow meanwhile. */
const FIRST_POLL_MS = 60_000;
/** For one poll, where n8n sets none: what n8n itself takes when it has no other. */
const BUDGET_MS = 300_000;
/** How many things a test run in the editor looks at to find a run to show. */
const SAMPLES = 20;

/** The polls that are under way: n8n starts the next one whether or not the one before has ended. */
const underWay = new Set<string>();

interface Poll<Api, R extends IDataObject> {
	context: IPollFunctions;
	trigger: RunTrigger<Api, R>;
	api: Api;
	connection: Connection;
	parameters: Parameters;
	/** Tells this trigger from all others. */
	key: string;
	/** By n8n's clock, epoch ms. */
	startedAt: number;
}

interface Found<R> {
	run: R;
	id: Id;
}

function items<R extends IDataObject>(
	found: Array<Found<R>>,
	{ output = (run) => run }: { output?: (run: R, id: Id) => IDataObject },
): INodeExecutionData[][] {
	return [found.map(({ run, id }) => ({ json: output(run, id) }))];
}

/** What the user watches: the IDs chosen, or undefined for everything. */
function chosen<Api, R extends IDataObject>({ trigger, parameters }: Poll<Api, R>) {
	return chosenIds(parameters, trigger.fields)?.map((text) => trigger.readId(text));
}

/** What the list tells of each thing. It may be denied to a user who may look at what was chosen. */
async function listed<Api, R extends IDataObject>(
	{ trigger, api }: Poll<Api, R>,
	isNeeded: boolean,
): Promise<Things | undefined> {
	const all = await trigger.everything(api).catch(asFault);
	if (!(all instanceof Fault)) return all;
	if (isNeeded) throw all;
	return undefined;
}

async function watched<Api, R extends IDataObject>(poll: Poll<Api, R>): Promise<Things> {
	const { trigger } = poll;
	const ids = chosen(poll);
	const all = ids && trigger.tellsLastRuns !== true ? undefined : await listed(poll, !ids);
	if (ids) {
		const byId = new Map(all?.things.map((thing) => [String(thing.id), thing]));
		const wanted = new Map(ids.map((id) => [String(id), id]));
		return { things: [...wanted].map(([key, id]) => byId.get(key) ?? { id }), isWhole: true };
	}
	if (all) return all;
	throw refusal(
		`${trigger.service.wire.service} did not offer a list of ${trigger.fields.plural.toLowerCase()}; choose them ${byWhat(trigger.fields)}`,
	);
}

/** Whether the user wants runs that ended so. */
function fits<Api, R extends IDataObject>(
	{ hasFailed, hasSucceeded }: RunTrigger<Api, R>,
	run: R,
	outcome: Outcome,
): boolean {
	switch (outcome) {
		case 'any':
			return true;
		case 'failed':
			return hasFailed(run);
		case 'succeeded':
			return hasSucceeded(run);
	}
}

/** The latest finished run that fits, for a test run in the editor. Remembers nothing. */
async function sample<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	outcome: Outcome,
): Promise<INodeExecutionData[][]> {
	const { trigger, api } = poll;
	const found: Array<Found<R>> = [];
	const things = (await watched(poll)).things.slice(0, SAMPLES);
	const lookAt = async (thing: Thing) => {
		for await (const { results } of trigger.pages(api, thing, true)) {
			const fitting = (run: R) => isOver(poll, run) && fits(trigger, run, outcome);
			const run = results.find(fitting);
			if (run) found.push({ run, id: thing.id });
			return;
		}
	};
	await eachOf(things, lookAt, () => true);
	const time = ({ run }: Found<R>) => trigger.timeOf(run) ?? 0;
	const [latest] = found.sort((a, b) => time(b) - time(a));
	if (latest) return items([latest], trigger);
	throw refusal(
		`None of the ${trigger.fields.plural.toLowerCase()} that were looked at has a finished run that fits`,
		'Run one of them, or choose another outcome, and test again.',
	);
}

/** How long a poll may take. Earlier n8n do not say. */
function budgetMs(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context ? context.getPollBudgetMs() : BUDGET_MS;
}

/** The service's clock, as far as it has told. */
function timeThere<Api, R extends IDataObject>({ connection }: Poll<Api, R>): number {
	return connection.serverTimeMs ?? Date.now();
}

function isOver<Api, R extends IDataObject>(poll: Poll<Api, R>, run: R): boolean {
	return poll.trigger.isOver(run, timeThere(poll));
}

/** @returns those that were started with */
async function eachOf<T>(
	all: T[],
	task: (one: T) => Promise<void>,
	mayStart: () => boolean,
): Promise<T[]> {
	const one = async (index: number) => {
		for (const each of all.slice(index, index + 1)) await task(each);
	};
	return all.slice(0, await inParallel(all.length, PARALLEL, one, mayStart));
}

function rulesFor<Api, R extends IDataObject>(poll: Poll<Api, R>, id: Id): RunRules<R> {
	const { trigger, api } = poll;
	const { readRun, goingOn } = trigger;
	return {
		...trigger,
		isOver: (run) => isOver(poll, run),
		find: readRun && (async (run) => await readRun(api, run)),
		going: goingOn && (async () => await goingOn(api, id)),
	};
}

interface Round {
	things: Thing[];
	state: PollState;
	turns: Turns;
}

/** Looks at what has waited longest, unless nothing can have come of it. A look that fails leaves what is known of its thing as it was. */
async function lookAround<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	{ things, state, turns }: Round,
): Promise<{ found: Array<Found<R>>; faults: Fault[]; looks: number }> {
	const { context, trigger, api, connection, startedAt } = poll;
	const longestMs = budgetMs(context) / 2;
	const deadline = startedAt + (state.isFirst ? Math.min(longestMs, FIRST_POLL_MS) : longestMs);
	const isOrdered = trigger.isNewestFirst === true;
	const byId = new Map(things.map((thing) => [thing.id, thing]));
	const found: Array<Found<R>> = [];
	const faults: Fault[] = [];
	const warn = (text: string, details = {}) => {
		context.logger.warn(`${trigger.service.wire.service}: ${text}`, details);
	};
	const turn = shareOut([...byId.values()], { state, turns, isOrdered });
	const taken = await eachOf(
		turn,
		async ({ id, kind }) => {
			const thing = byId.get(id) ?? { id };
			const isWhole = !isOrdered && kind !== 'turn';
			const from = { ...state.known(id, connection.serverTimeMs), now: Date.now(), isWhole };
			const kept = keptOf(things.length);
			const pages = trigger.pages(api, thing, isWhole);
			const seen = await look(pages, rulesFor(poll, id), { ...from, kept }).catch(asFault);
			if (seen instanceof Fault) {
				faults.push(seen);
				warn(`${id} was not looked at`, { message: seen.message });
				return;
			}
			if (seen.isCutOff) {
				warn(`${id} had more new runs than are read at once; the oldest were left out`);
			}
			state.keep(id, seen.after);
			looked(thing, turns);
			found.push(...seen.finished.map((run) => ({ run, id })));
		},
		() => Date.now() < deadline,
	);
	take(turns, taken);
	return { found, faults, looks: taken.length };
}

/** What is to be looked at, and what is known of it; a list that is not whole does not say that the rest is gone. */
async function begin<Api, R extends IDataObject>(poll: Poll<Api, R>): Promise<Round> {
	const { context, trigger, connection, key } = poll;
	const node = context.getNode();
	const account = node.credentials?.[trigger.service.wire.credential]?.id ?? '';
	const watching: Watching = { account, chosen: chosen(poll) ?? null };
	const { things, isWhole } = await watched(poll);
	const began = readBeginning(context.getWorkflowStaticData('global'), node.id, watching);
	const state = pollState(context.getWorkflowStaticData('node'), watching, { began });
	const turns = turnsOf(key, state.last);
	if (isWhole) {
		const { serverTimeMs } = connection;
		if (serverTimeMs !== undefined)
			state.listed(
				things.map(({ id }) => id),
				serverTimeMs,
			);
		return { things, state, turns };
	}
	const there = new Set(things.map(({ id }) => String(id)));
	const missing = state.ids().filter((id) => !there.has(String(id)));
	return { things: [...things, ...missing.map((id) => ({ id }))], state, turns };
}

async function watch<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	outcome: Outcome,
): Promise<INodeExecutionData[][] | null> {
	const { context, trigger, startedAt } = poll;
	const round = await begin(poll);
	const { state, turns } = round;
	const { watching } = state;
	const { found, faults, looks } = await lookAround(poll, round);
	const gone = faults.find(({ parts }) => parts.status === 404);
	// what the user chose must be there when the watch begins; what was listed may be deleted meanwhile
	const isMistake = state.isFirst && watching.chosen !== null && gone !== undefined;
	const fault =
		faults.length > 0 && (faults.length === looks || isMistake) ? (gone ?? faults[0]) : undefined;
	const began = timeThere(poll) - (Date.now() - startedAt);
	// a watch does not begin with a poll that failed
	if (!fault || !state.isFirst) {
		storePollState(context.getWorkflowStaticData('node'), state, began, turns.last);
		const since = state.isKept ? undefined : (state.since ?? began);
		const shared = context.getWorkflowStaticData('global');
		leaveBeginning(shared, context.getNode().id, { watching, since });
	}
	if (fault) throw fault;

	const time = ({ run }: Found<R>) => trigger.timeOf(run) ?? 0;
	const wanted = found
		.filter(({ run }) => fits(trigger, run, outcome))
		.sort((a, b) => time(a) - time(b));
	return wanted.length > 0 ? items(wanted, trigger) : null;
}

/**
 * One poll of a trigger node: each run that has finished since the poll before, once.
 * @returns null when there is none
 * @throws NodeApiError or NodeOperationError; what is known then stays as it was, so that nothing is lost
 */
export async function pollRuns<Api, R extends IDataObject>(
	context: IPollFunctions,
	trigger: RunTrigger<Api, R>,
): Promise<INodeExecutionData[][] | null> {
	const node = context.getNode();
	const { wire, connect } = trigger.service;
	const connection = new Connection(context, wire, limits, new Run(undefined, PARALLEL));
	const key = `${context.getWorkflow().id ?? ''} ${node.id}`;
	const isTest = context.getMode() === 'manual';
	if (!isTest && underWay.has(key)) return null;
	if (!isTest) underWay.add(key);
	try {
		const parameters = Parameters.ofTrigger(context, watchFields(trigger.fields));
		const poll = {
			context,
			trigger,
			api: connect(connection),
			connection,
			parameters,
			key,
			startedAt: Date.now(),
		};
		const outcome = chosenOutcome(parameters);
		return await connection.concealIn(
			isTest ? await sample(poll, outcome) : await watch(poll, outcome),
		);
	} catch (error) {
		throw nodeError(node, await connection.conceal(asFault(error)));
	} finally {
		if (!isTest) underWay.delete(key);
	}
}
