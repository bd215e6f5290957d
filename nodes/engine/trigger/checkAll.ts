import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import { inParallel } from '../node/parallel';
import type { Parallel } from '../node/parallel';
import { keptRuns } from './pollState';
import type { PollState } from './pollState';
import type { Found, Poll, PollContext } from './runTrigger';
import { recordHint, leastRecentlyChecked, recordChecked } from './checkSchedule';
import type { WatchedResource, CheckSchedule } from './checkSchedule';
import { checkRuns } from './checkRuns';
import type { RunRules } from './checkRuns';
import type { Id } from './watchState';

/** The time limit of the first poll, which checks all resources while n8n activates the workflow, in ms. */
const FIRST_POLL_MS = 60_000;
/** The time limit of a poll if n8n does not provide one: n8n's default, in ms. */
const BUDGET_MS = 300_000;

/** The time limit of a poll in ms. Older n8n versions do not provide it. */
function budgetMs(context: PollContext): number {
	return 'getPollBudgetMs' in context ? context.getPollBudgetMs() : BUDGET_MS;
}

/** When a poll must stop to check resources, in epoch ms by n8n's clock. */
export function deadlineOf<Api, R extends IDataObject>({
	context,
	startedAt,
}: Poll<Api, R>): number {
	return startedAt + budgetMs(context) / 2;
}

/** The service's clock if known, otherwise this machine's, in epoch ms. */
export function serverTimeMs<Api, R extends IDataObject>({ client }: Poll<Api, R>): number {
	return client.serverTimeMs ?? Date.now();
}

export function isOver<Api, R extends IDataObject>(poll: Poll<Api, R>, run: R): boolean {
	return poll.trigger.isOver(run, serverTimeMs(poll));
}

/** Runs a task for each value, several at a time. @returns the values whose tasks were started */
export async function eachOf<T>(
	all: T[],
	parallel: Parallel,
	task: (one: T) => Promise<void>,
	mayStart: () => boolean,
): Promise<T[]> {
	const one = async (index: number) => {
		for (const each of all.slice(index, index + 1)) await task(each);
	};
	return all.slice(0, await inParallel(all.length, parallel, one, mayStart));
}

function rulesFor<Api, R extends IDataObject>(poll: Poll<Api, R>, id: Id): RunRules<R> {
	const { trigger, api } = poll;
	const { readRun, runsInProgress } = trigger;
	return {
		...trigger,
		isOver: (run) => isOver(poll, run),
		find: readRun && (async (run) => await readRun(api, run)),
		inProgress: runsInProgress && (async () => await runsInProgress(api, id)),
	};
}

/** What a poll works with. */
export interface Round {
	resources: WatchedResource[];
	state: PollState;
	schedule: CheckSchedule;
}

/** Checks the resources that are due. A failed check leaves the known state of its resource unchanged. */
export async function checkAll<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	{ resources, state, schedule }: Round,
): Promise<{ found: Array<Found<R>>; errors: OperationError[]; checks: number; deadline: number }> {
	const { context, trigger, api, client, startedAt } = poll;
	const deadline = Math.min(deadlineOf(poll), state.isFirst ? startedAt + FIRST_POLL_MS : Infinity);
	const isOrdered = trigger.isNewestFirst === true;
	const byId = new Map(resources.map((resource) => [resource.id, resource]));
	const found: Array<Found<R>> = [];
	const errors: OperationError[] = [];
	const warn = (text: string, details = {}) => {
		context.logger.warn(`${trigger.service.profile.service}: ${text}`, details);
	};
	const due = leastRecentlyChecked([...byId.values()], { state, schedule, isOrdered });
	const checked = await eachOf(
		due,
		poll.run.scheduler,
		async ({ id, kind }) => {
			const resource = byId.get(id) ?? { id };
			const isFull = !isOrdered && kind !== 'regular';
			const from = { ...state.known(id, client.serverTimeMs), now: Date.now(), isFull };
			const kept = keptRuns(resources.length);
			const pages = trigger.pages(api, resource, isFull);
			const result = await checkRuns(pages, rulesFor(poll, id), { ...from, kept }).catch(
				asOperationError,
			);
			if (result instanceof OperationError) {
				errors.push(result);
				warn(`${id} was not checked`, { message: result.message });
				return;
			}
			if (result.isCutOff) {
				warn(`${id} has more new runs than one check reads; the oldest were skipped`);
			}
			state.keep(id, result.after);
			recordHint(resource, schedule);
			found.push(...result.finished.map((run) => ({ run, id })));
		},
		() => Date.now() < deadline,
	);
	recordChecked(schedule, checked);
	return { found, errors, checks: checked.length, deadline };
}
