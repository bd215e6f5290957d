import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { storeActivation, readActivation } from './activation';
import { asOperationError, OperationError, nodeError, inputError } from '../errors';
import { eachOf, isOver, checkAll, serverTimeMs } from './checkAll';
import type { Round } from './checkAll';
import { Parameters } from '../input/parameters';
import { pollState, storePollState } from './pollState';
import type { Watching } from './pollState';
import { HttpClient } from '../http/client';
import type { Limits } from '../http/client';
import { NodeRun } from '../nodeRun';
import type { Found, Poll, PollContext, RunTrigger, WatchedResources } from './runTrigger';
import { scheduleOf } from './checkSchedule';
import type { WatchedResource } from './checkSchedule';
import { completed, items, wantedRuns } from './report';
import { byIdentifier, chosenIds, watchFields } from './watchFields';

/** Shorter than those of a node, because a poll should end before the next one starts. */
const limits: Limits = { timeoutMs: 30_000, keepRetryingMs: 30_000 };
/** How many resources a test in the editor checks for a run to show. */
export const MAX_SAMPLES = 20;

/** The triggers with a poll in progress: n8n starts the next poll even if the one before has not ended. */
const polling = new Set<string>();

/** The IDs that the user selected. Undefined for everything. */
export function selectedIds<Api, R extends IDataObject>({ trigger, parameters }: Poll<Api, R>) {
	return chosenIds(parameters, trigger.fields)?.map((text) => trigger.readId(text));
}

/** Lists the resources. The list is optional if the user selected resources: the user may lack permission for it. */
async function listResources<Api, R extends IDataObject>(
	{ trigger, api }: Poll<Api, R>,
	isRequired: boolean,
): Promise<WatchedResources | undefined> {
	const all = await trigger.listAll(api).catch(asOperationError);
	if (!(all instanceof OperationError)) return all;
	if (isRequired) throw all;
	return undefined;
}

export async function watchedResources<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
): Promise<WatchedResources> {
	const { trigger } = poll;
	const ids = selectedIds(poll);
	const all = ids && trigger.listsLastRuns !== true ? undefined : await listResources(poll, !ids);
	if (ids) {
		const byId = new Map(all?.resources.map((resource) => [String(resource.id), resource]));
		const wanted = new Map(ids.map((id) => [String(id), id]));
		return { resources: [...wanted].map(([key, id]) => byId.get(key) ?? { id }), isComplete: true };
	}
	if (all) return all;
	throw inputError(
		`${trigger.service.profile.service} does not offer a list of ${trigger.fields.plural.toLowerCase()}. Select them ${byIdentifier(trigger.fields)}`,
	);
}

/** Returns the latest finished run that is wanted, for a test in the editor. Does not store anything. */
async function sample<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	isWanted: (run: R) => boolean,
): Promise<INodeExecutionData[][]> {
	const { trigger, api, parameters } = poll;
	const found: Array<Found<R>> = [];
	const resources = (await watchedResources(poll)).resources.slice(0, MAX_SAMPLES);
	const check = async (resource: WatchedResource) => {
		for await (const { results } of trigger.pages(api, resource, true)) {
			const matches = (run: R) => isOver(poll, run) && isWanted(run);
			const run = results.find(matches);
			if (run) found.push({ run, id: resource.id });
			return;
		}
	};
	await eachOf(resources, poll.run.scheduler, check, () => true);
	const time = ({ run }: Found<R>) => trigger.timeOf(run) ?? 0;
	const [latest] = found.sort((a, b) => time(b) - time(a));
	if (latest) {
		const context = { parameters, nowMs: serverTimeMs(poll) };
		const run = (await trigger.complete?.(api, latest.run, context)) ?? latest.run;
		return items([{ ...latest, run }], trigger);
	}
	throw inputError(
		`None of the checked ${trigger.fields.plural.toLowerCase()} has a finished ${trigger.fields.run.toLowerCase()} with this outcome`,
		'Run one of them, or select another outcome, and test again.',
	);
}

/** What the user configured. @param kind what is watched, unless it is finished runs of flows */
export function watchingOf<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	kind: string | undefined,
): Watching {
	const { context, trigger } = poll;
	const account = context.getNode().credentials?.[trigger.service.profile.credential]?.id ?? '';
	const chosen = selectedIds(poll) ?? null;
	return { account, chosen, ...(kind !== undefined && { kind }) };
}

/** Loads the resources and their state. Resources that are missing in an incomplete list still exist. */
async function loadRound<Api, R extends IDataObject>(poll: Poll<Api, R>): Promise<Round> {
	const { context, client, key } = poll;
	const node = context.getNode();
	const watching = watchingOf(poll, poll.trigger.kind);
	const { resources, isComplete } = await watchedResources(poll);
	const activatedAt = readActivation(context.getWorkflowStaticData('global'), node.id, watching);
	const state = pollState(context.getWorkflowStaticData('node'), watching, {
		startedAt: activatedAt,
	});
	const schedule = scheduleOf(key, state.last);
	if (isComplete) {
		const ids = resources.map(({ id }) => id);
		if (client.serverTimeMs !== undefined) state.listed(ids, client.serverTimeMs);
		return { resources, state, schedule };
	}
	const listed = new Set(resources.map(({ id }) => String(id)));
	const missing = state.ids().filter((id) => !listed.has(String(id)));
	return { resources: [...resources, ...missing.map((id) => ({ id }))], state, schedule };
}

async function watch<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	isWanted: (run: R) => boolean,
): Promise<INodeExecutionData[][] | null> {
	const { context, trigger, startedAt } = poll;
	const round = await loadRound(poll);
	const { state, schedule } = round;
	const { watching } = state;
	const { found, errors, checks, deadline } = await checkAll(poll, round);
	const gone = errors.find(({ details }) => details.status === 404);
	// a selected resource must exist when the watch starts; a listed one may be deleted at any time
	const isMistake = state.isFirst && watching.chosen !== null && gone !== undefined;
	const error =
		errors.length > 0 && (errors.length === checks || isMistake) ? (gone ?? errors[0]) : undefined;
	const runs = found.filter(({ run }) => isWanted(run));
	const report = await completed(poll, state, { runs, deadline });
	const pollStartedAt = serverTimeMs(poll) - (Date.now() - startedAt);
	// a failed poll does not start the watch
	if (!error || !state.isFirst) {
		storePollState(context.getWorkflowStaticData('node'), state, pollStartedAt, schedule.last);
		const since = state.isKept ? undefined : (state.since ?? pollStartedAt);
		const shared = context.getWorkflowStaticData('global');
		storeActivation(shared, context.getNode().id, { watching, since });
	}
	if (error) throw error;

	const [incomplete] = report.errors;
	if (incomplete && report.found.length === 0) throw incomplete;
	return report.found.length > 0 ? items(report.found, trigger) : null;
}

/**
 * Runs one poll of a trigger node, unless the poll before is still running.
 * @param properties the fields that are read
 * @param body receives whether this is a test in the editor. Returns the items, null if there are none
 * @throws NodeApiError or NodeOperationError
 */
export async function pollWith<Api, R extends IDataObject>(
	context: PollContext,
	trigger: RunTrigger<Api, R>,
	properties: INodeProperties[],
	body: (poll: Poll<Api, R>, isTest: boolean) => Promise<INodeExecutionData[][] | null>,
): Promise<INodeExecutionData[][] | null> {
	const node = context.getNode();
	const { profile, createApi } = trigger.service;
	const run = new NodeRun(undefined, 'automatic', profile.maxParallelRequests);
	const client = new HttpClient(context, profile, limits, run);
	const key = `${context.getWorkflow().id ?? ''} ${node.id}`;
	const isTest = context.getMode() === 'manual';
	if (!isTest && polling.has(key)) return null;
	if (!isTest) polling.add(key);
	try {
		const parameters = Parameters.ofTrigger(context, properties);
		const api = createApi(client);
		const poll = { context, trigger, api, client, run, parameters, key, startedAt: Date.now() };
		return await client.redaction.output(await body(poll, isTest));
	} catch (error) {
		throw nodeError(node, await client.redaction.error(asOperationError(error)));
	} finally {
		if (!isTest) polling.delete(key);
	}
}

/**
 * Runs one poll of a trigger node. Returns each run that has finished since the poll before, exactly once.
 * @returns null if there are no such runs
 * @throws NodeApiError or NodeOperationError; the state stays unchanged, so that no run is lost
 */
export async function pollRuns<Api, R extends IDataObject>(
	context: PollContext,
	trigger: RunTrigger<Api, R>,
): Promise<INodeExecutionData[][] | null> {
	const { properties = watchFields(trigger.fields) } = trigger;
	return await pollWith(context, trigger, properties, async (poll, isTest) => {
		const isWanted = wantedRuns(poll);
		return isTest ? await sample(poll, isWanted) : await watch(poll, isWanted);
	});
}
