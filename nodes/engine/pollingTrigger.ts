import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { asFault, Fault, nodeError, refusal } from './fault';
import type { Service } from './operation';
import { inParallel } from './parallel';
import { Parameters } from './parameters';
import { pollState, storePollState } from './pollState';
import type { PollState, Watching } from './pollState';
import { Connection } from './request';
import type { Limits } from './request';
import { Run } from './run';
import { look } from './watch';
import type { Id, Look, RunPage, RunRules } from './watch';
import { byWhat, chosenIds, chosenOutcome, watchFields } from './watchFields';
import type { Outcome, WatchFields } from './watchFields';

/** Something that has runs. */
export interface Thing {
	id: Id;
	/** What the list tells of its last run: another text for another run or state. Spares a look where that is known. */
	lastRun?: string;
}

/** How a service's finished runs are watched. The engine does the rest, the same for every service. */
export interface RunTrigger<Api, R extends IDataObject> extends Omit<RunRules<R>, 'find'> {
	service: Pick<Service<Api>, 'wire' | 'connect'>;
	fields: WatchFields;
	/** All things that have runs; undefined when the service does not offer a list. */
	everything: (api: Api) => Promise<Thing[] | undefined>;
	/** Whether that list tells of last runs, so that it is worth asking for when things are chosen, too. */
	tellsLastRuns?: boolean;
	/** An ID as the user entered it. @throws Fault when it cannot be one */
	readId: (text: string) => Id;
	/** The runs of a thing, newest first. */
	pages: (api: Api, id: Id) => AsyncIterable<RunPage<R>>;
	/** One run by its ID, where the service has that; undefined when there is none. */
	readRun?: (api: Api, run: Id) => Promise<R | undefined>;
	/** A finished run may have done neither, e.g. one that was cancelled. */
	hasFailed: (run: R) => boolean;
	hasSucceeded: (run: R) => boolean;
	/** What is put out for a run, where the run alone does not say which thing it belongs to. */
	output?: (run: R, id: Id) => IDataObject;
}

/** A poll is made again anyway; it must not be on its way still when the next one begins. */
const limits: Limits = { timeoutMs: 30_000, keepRetryingMs: 30_000 };
const PARALLEL = 5;
/** How many things one poll looks at; more take turns. */
const LOOKS = 50;
/** The first poll begins the watch, for as many as there may be. */
const FIRST_LOOKS = 500;
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
): Promise<Map<Id, Thing> | undefined> {
	const things = await trigger.everything(api).catch(asFault);
	if (!(things instanceof Fault)) return things && new Map(things.map((one) => [one.id, one]));
	if (isNeeded) throw things;
	return undefined;
}

async function watched<Api, R extends IDataObject>(poll: Poll<Api, R>): Promise<Thing[]> {
	const { trigger } = poll;
	const ids = chosen(poll);
	const all = ids && trigger.tellsLastRuns !== true ? undefined : await listed(poll, !ids);
	if (ids) return [...new Set(ids)].map((id) => all?.get(id) ?? { id });
	if (all) return [...all.values()];
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
	const things = (await watched(poll)).slice(0, SAMPLES);
	const lookAt = async (index: number) => {
		const { id } = things[index] ?? { id: '' };
		for await (const { results } of trigger.pages(api, id)) {
			const run = results.find((one) => trigger.isOver(one) && fits(trigger, one, outcome));
			if (run) found.push({ run, id });
			return;
		}
	};
	await inParallel(things.length, PARALLEL, lookAt, () => true);
	const time = ({ run }: Found<R>) => trigger.timeOf(run) ?? trigger.orderOf(run);
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

/** Looks at what has waited longest, unless nothing can have come of it. A look that fails leaves what is known of its thing as it was. */
async function lookAround<Api, R extends IDataObject>(
	{ context, trigger, api, startedAt }: Poll<Api, R>,
	state: PollState,
	things: Thing[],
): Promise<{ found: Array<Found<R>>; faults: Fault[]; looks: number }> {
	const deadline = startedAt + budgetMs(context) / 2;
	const lastRuns = new Map(things.map(({ id, lastRun }) => [id, lastRun]));
	const due = [...lastRuns.keys()].filter((id) => !state.isQuiet(id, lastRuns.get(id)));
	const inTurn = state.inTurn(due).slice(0, state.isFirst ? FIRST_LOOKS : LOOKS);
	const found: Array<Found<R>> = [];
	const faults: Fault[] = [];
	const { readRun } = trigger;
	const rules = { ...trigger, find: readRun && (async (run: Id) => await readRun(api, run)) };
	const lookAt = async (index: number) => {
		const id = inTurn[index] ?? '';
		const looked = await look(trigger.pages(api, id), rules, state.known(id)).catch(asFault);
		if (looked instanceof Fault) {
			faults.push(looked);
			state.pass(id);
			context.logger.warn(`${trigger.service.wire.service}: ${id} was not looked at`, {
				message: looked.message,
			});
			return;
		}
		found.push(...settled(looked, { context, id, lastRun: lastRuns.get(id), state }));
	};
	const looks = await inParallel(inTurn.length, PARALLEL, lookAt, () => Date.now() < deadline);
	return { found, faults, looks };
}

function settled<R>(
	{ after, finished, isCutOff }: Look<R>,
	{ context, id, lastRun, state }: Thing & { context: IPollFunctions; state: PollState },
): Array<Found<R>> {
	if (isCutOff) {
		context.logger.warn(`${id} had more new runs than are read at once; the oldest were left out`);
	}
	state.keep(id, after, lastRun);
	return finished.map((run) => ({ run, id }));
}

async function watch<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	outcome: Outcome,
): Promise<INodeExecutionData[][] | null> {
	const { context, trigger, connection, startedAt } = poll;
	const account = context.getNode().credentials?.[trigger.service.wire.credential]?.id ?? '';
	const watching: Watching = { account, chosen: chosen(poll) ?? null };
	const data = context.getWorkflowStaticData('node');
	const things = await watched(poll);
	const state = pollState(data, watching);
	const { found, faults, looks } = await lookAround(poll, state, things);
	const gone = faults.find(({ parts }) => parts.status === 404);
	// what the user chose must be there when the watch begins; what was listed may be deleted meanwhile
	const isMistake = state.isFirst && watching.chosen !== null && gone !== undefined;
	const fault = faults.length === looks || isMistake ? (gone ?? faults[0]) : undefined;
	const serverTimeMs = connection.serverTimeMs ?? Date.now();
	// of a poll that failed, the turns are kept; a watch does not begin with it
	if (!fault || !state.isFirst) {
		storePollState(data, state, serverTimeMs - (Date.now() - startedAt));
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
