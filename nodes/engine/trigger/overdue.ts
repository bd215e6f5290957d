import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { asOperationError, inputError, OperationError } from '../errors';
import { longestWithoutSuccess, triggerFields } from './alarmFields';
import { alarmState, storeAlarmState } from './alarmState';
import type { AlarmState } from './alarmState';
import { deadlineOf, eachOf, serverTimeMs } from './checkAll';
import type { WatchedResource } from './checkSchedule';
import { MAX_SAMPLES, pollWith, watchedResources, watchingOf } from './pollingTrigger';
import { findLastSuccess } from './lastSuccess';
import type { Search, Seen } from './lastSuccess';
import type { Poll, RunTrigger } from './runTrigger';

/** The maximum number of flows per poll. */
const CHECKS_PER_POLL = 100;
/** A flow that was reported is checked this often until the time has passed once more. */
const CHECKS_PER_PERIOD = 10;

/**
 * When the next check of a flow can find that it is overdue, in epoch ms by the service's clock, by trigger and flow.
 * In memory only: if n8n restarts, flows are checked once more.
 */
const notBefore = new Map<string, number>();
const MAX_FLOWS = 100_000;

/** What is known about a flow. */
interface Checked<R> extends Seen<R> {
	resource: WatchedResource;
	/** When the time without a successful run began, in epoch ms. */
	sinceMs: number;
}

function output<Api, R extends IDataObject>(
	{ trigger }: Poll<Api, R>,
	{ resource, sinceMs, latest, success }: Checked<R>,
): INodeExecutionData {
	return {
		json: {
			[trigger.fields.by === 'name' ? 'flowName' : 'id']: resource.id,
			noSuccessSince: new Date(sinceMs).toISOString(),
			...(success && { lastSuccessfulRun: success }),
			...(latest && { lastRun: latest }),
		},
	};
}

/** Checks flows. A failed check is repeated by a later poll. */
async function check<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	due: WatchedResource[],
	{
		periodMs,
		baselineOf,
	}: Pick<Search, 'periodMs'> & {
		baselineOf: (resource: WatchedResource) => number;
	},
): Promise<{ checked: Array<Checked<R>>; errors: OperationError[] }> {
	const checked: Array<Checked<R>> = [];
	const errors: OperationError[] = [];
	const { context, trigger } = poll;
	const deadline = deadlineOf(poll);
	await eachOf(
		due,
		poll.run.scheduler,
		async (resource) => {
			const baselineMs = baselineOf(resource);
			const search = { periodMs, baselineMs };
			const seen = await findLastSuccess(poll, resource, search).catch(asOperationError);
			if (seen instanceof OperationError) {
				errors.push(seen);
				context.logger.warn(`${trigger.service.profile.service}: ${resource.id} was not checked`, {
					message: seen.message,
				});
				return;
			}
			checked.push({
				...seen,
				resource,
				sinceMs: Math.max(baselineMs, seen.successAt ?? -Infinity),
			});
		},
		() => Date.now() < deadline,
	);
	return { checked, errors };
}

function remember(key: string, timeMs: number): void {
	notBefore.delete(key);
	notBefore.set(key, timeMs);
	for (const oldest of notBefore.keys()) {
		if (notBefore.size <= MAX_FLOWS) break;
		notBefore.delete(oldest);
	}
}

async function watch<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	state: AlarmState,
): Promise<INodeExecutionData[]> {
	const longestMs = longestWithoutSuccess(poll.parameters);
	const { resources, isComplete } = await watchedResources(poll);
	const nowMs = serverTimeMs(poll);
	const isFirst = state.since === undefined;
	const startedMs = (state.since ??= nowMs);
	const baselineOf = ({ createdAt }: WatchedResource) =>
		Math.max(startedMs, createdAt ?? -Infinity);
	const keyOf = ({ id }: WatchedResource) => JSON.stringify([poll.key, startedMs, longestMs, id]);
	const dueAt = (resource: WatchedResource) =>
		Math.max(baselineOf(resource) + longestMs, notBefore.get(keyOf(resource)) ?? -Infinity);
	const isDue = (resource: WatchedResource) => dueAt(resource) <= nowMs;
	// a selected flow must exist when the watch starts
	const mustExist = isFirst && state.watching.chosen !== null;
	const due = resources
		.filter((resource) => mustExist || isDue(resource))
		.sort((one, other) => dueAt(one) - dueAt(other))
		.slice(0, CHECKS_PER_POLL);
	const { checked, errors } = await check(poll, due, {
		periodMs: nowMs - longestMs,
		baselineOf,
	});
	const gone = errors.find(({ details }) => details.status === 404);
	if (gone && mustExist) throw gone;
	if (errors[0] && errors.length === due.length) throw errors[0];
	const reported = checked.filter(({ resource: { id }, sinceMs }) => {
		const isOverdue = nowMs - sinceMs >= longestMs;
		return isOverdue && sinceMs > (state.marks.get(String(id))?.value ?? -Infinity);
	});
	for (const { resource, sinceMs } of checked) {
		const next = Math.max(sinceMs + longestMs, nowMs + longestMs / CHECKS_PER_PERIOD);
		remember(keyOf(resource), next);
	}
	for (const { resource, sinceMs } of reported) {
		state.marks.set(String(resource.id), { id: resource.id, value: sinceMs });
	}
	if (isComplete) {
		const listed = new Set(resources.map(({ id }) => String(id)));
		for (const key of state.marks.keys()) if (!listed.has(key)) state.marks.delete(key);
	}
	return reported.map((one) => output(poll, one));
}

/** Returns a flow that is overdue now, for a test in the editor. Does not store anything. */
async function sample<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
): Promise<INodeExecutionData[]> {
	const longestMs = longestWithoutSuccess(poll.parameters);
	const resources = (await watchedResources(poll)).resources.slice(0, MAX_SAMPLES);
	const atMs = serverTimeMs(poll) - longestMs;
	const { checked, errors } = await check(poll, resources, {
		periodMs: atMs,
		baselineOf: ({ createdAt }) => createdAt ?? 0,
	});
	const found = checked.find(
		({ sinceMs, successAt }) => sinceMs <= atMs && (successAt ?? 0) <= atMs,
	);
	if (found) return [output(poll, found)];
	if (errors[0]) throw errors[0];
	throw inputError(
		`Each of the checked ${poll.trigger.fields.plural.toLowerCase()} has a successful ${poll.trigger.fields.run.toLowerCase()} in this time`,
		'Enter a shorter time, and test again.',
	);
}

/**
 * Runs one poll of a trigger node. Returns each flow that has had no successful run for the chosen time, once, and again
 * only after a successful run.
 * @returns null if there are none
 * @throws NodeApiError or NodeOperationError; the state stays unchanged
 */
export async function pollOverdue<Api, R extends IDataObject>(
	context: IPollFunctions,
	trigger: RunTrigger<Api, R>,
): Promise<INodeExecutionData[][] | null> {
	return await pollWith(context, trigger, triggerFields(trigger.fields), async (poll, isTest) => {
		if (isTest) return [await sample(poll)];
		const data = context.getWorkflowStaticData('node');
		const state = alarmState(poll.key, data, watchingOf(poll, 'noSuccessfulRun'));
		const found = await watch(poll, state);
		storeAlarmState(poll.key, data, state);
		return found.length > 0 ? [found] : null;
	});
}
