import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { storeActivation, readActivation } from './activation';
import { asOperationError, OperationError, nodeError, inputError } from '../errors';
import { eachOf, isOver, checkAll, PARALLEL, timeThere } from './checkAll';
import type { Round } from './checkAll';
import { Parameters } from '../input/parameters';
import { pollState, storePollState } from './pollState';
import type { Watching } from './pollState';
import { HttpClient } from '../http/client';
import type { Limits } from '../http/client';
import { NodeRun } from '../nodeRun';
import type { Found, Poll, RunTrigger, WatchedResources } from './runTrigger';
import { scheduleOf } from './checkSchedule';
import type { WatchedResource } from './checkSchedule';
import { byIdentifier, chosenIds, chosenOutcome, watchFields } from './watchFields';
import type { Outcome } from './watchFields';
import type { Id } from './watchState';

/** A poll is made again anyway; it must not be on its way still when the next one begins. */
const limits: Limits = { timeoutMs: 30_000, keepRetryingMs: 30_000 };
/** How many things a test run in the editor looks at to find a run to show. */
const SAMPLES = 20;

/** The polls that are under way: n8n starts the next one whether or not the one before has ended. */
const underWay = new Set<string>();

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
): Promise<WatchedResources | undefined> {
	const all = await trigger.listAll(api).catch(asOperationError);
	if (!(all instanceof OperationError)) return all;
	if (isNeeded) throw all;
	return undefined;
}

async function watched<Api, R extends IDataObject>(poll: Poll<Api, R>): Promise<WatchedResources> {
	const { trigger } = poll;
	const ids = chosen(poll);
	const all = ids && trigger.listsLastRuns !== true ? undefined : await listed(poll, !ids);
	if (ids) {
		const byId = new Map(all?.resources.map((thing) => [String(thing.id), thing]));
		const wanted = new Map(ids.map((id) => [String(id), id]));
		return { resources: [...wanted].map(([key, id]) => byId.get(key) ?? { id }), isComplete: true };
	}
	if (all) return all;
	throw inputError(
		`${trigger.service.profile.service} did not offer a list of ${trigger.fields.plural.toLowerCase()}; choose them ${byIdentifier(trigger.fields)}`,
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
	const things = (await watched(poll)).resources.slice(0, SAMPLES);
	const lookAt = async (thing: WatchedResource) => {
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
	throw inputError(
		`None of the ${trigger.fields.plural.toLowerCase()} that were looked at has a finished run that fits`,
		'Run one of them, or choose another outcome, and test again.',
	);
}

/** What is to be looked at, and what is known of it; a list that is not whole does not say that the rest is gone. */
async function begin<Api, R extends IDataObject>(poll: Poll<Api, R>): Promise<Round> {
	const { context, trigger, client: client, key } = poll;
	const node = context.getNode();
	const account = node.credentials?.[trigger.service.profile.credential]?.id ?? '';
	const watching: Watching = { account, chosen: chosen(poll) ?? null };
	const { resources, isComplete } = await watched(poll);
	const began = readActivation(context.getWorkflowStaticData('global'), node.id, watching);
	const state = pollState(context.getWorkflowStaticData('node'), watching, { began });
	const turns = scheduleOf(key, state.last);
	if (isComplete) {
		const { serverTimeMs } = client;
		if (serverTimeMs !== undefined)
			state.listed(
				resources.map(({ id }) => id),
				serverTimeMs,
			);
		return { things: resources, state, turns };
	}
	const there = new Set(resources.map(({ id }) => String(id)));
	const missing = state.ids().filter((id) => !there.has(String(id)));
	return { things: [...resources, ...missing.map((id) => ({ id }))], state, turns };
}

async function watch<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	outcome: Outcome,
): Promise<INodeExecutionData[][] | null> {
	const { context, trigger, startedAt } = poll;
	const round = await begin(poll);
	const { state, turns } = round;
	const { watching } = state;
	const { found, errors, looks } = await checkAll(poll, round);
	const gone = errors.find(({ details }) => details.status === 404);
	// what the user chose must be there when the watch begins; what was listed may be deleted meanwhile
	const isMistake = state.isFirst && watching.chosen !== null && gone !== undefined;
	const error =
		errors.length > 0 && (errors.length === looks || isMistake) ? (gone ?? errors[0]) : undefined;
	const began = timeThere(poll) - (Date.now() - startedAt);
	// a watch does not begin with a poll that failed
	if (!error || !state.isFirst) {
		storePollState(context.getWorkflowStaticData('node'), state, began, turns.last);
		const since = state.isKept ? undefined : (state.since ?? began);
		const shared = context.getWorkflowStaticData('global');
		storeActivation(shared, context.getNode().id, { watching, since });
	}
	if (error) throw error;

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
	const { profile, createApi } = trigger.service;
	const client = new HttpClient(context, profile, limits, new NodeRun(undefined, PARALLEL));
	const key = `${context.getWorkflow().id ?? ''} ${node.id}`;
	const isTest = context.getMode() === 'manual';
	if (!isTest && underWay.has(key)) return null;
	if (!isTest) underWay.add(key);
	try {
		const parameters = Parameters.ofTrigger(context, watchFields(trigger.fields));
		const poll = {
			context,
			trigger,
			api: createApi(client),
			client,
			parameters,
			key,
			startedAt: Date.now(),
		};
		const outcome = chosenOutcome(parameters);
		return await client.redactIn(isTest ? await sample(poll, outcome) : await watch(poll, outcome));
	} catch (error) {
		throw nodeError(node, await client.redact(asOperationError(error)));
	} finally {
		if (!isTest) underWay.delete(key);
	}
}
