import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import { inParallel } from '../node/parallel';
import { keptRuns } from './pollState';
import type { PollState } from './pollState';
import type { Found, Poll } from './runTrigger';
import { recordHint, leastRecentlyChecked, recordChecked } from './checkSchedule';
import type { WatchedResource, CheckSchedule } from './checkSchedule';
import { checkRuns } from './checkRuns';
import type { RunRules } from './checkRuns';
import type { Id } from './watchState';

/** How many looks are taken at once. */
export const PARALLEL = 5;
/** The first poll begins the watch, for as many as there may be; n8n activates the workflow meanwhile. */
const FIRST_POLL_MS = 60_000;
/** For one poll, where n8n sets none: what n8n itself takes when it has no other. */
const BUDGET_MS = 300_000;

/** How long a poll may take. Earlier n8n do not say. */
function budgetMs(context: IPollFunctions): number {
	return 'getPollBudgetMs' in context ? context.getPollBudgetMs() : BUDGET_MS;
}

/** The service's clock, as far as it has told. */
export function timeThere<Api, R extends IDataObject>({ client: client }: Poll<Api, R>): number {
	return client.serverTimeMs ?? Date.now();
}

export function isOver<Api, R extends IDataObject>(poll: Poll<Api, R>, run: R): boolean {
	return poll.trigger.isOver(run, timeThere(poll));
}

/** @returns those that were started with */
export async function eachOf<T>(
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
	const { readRun, runsInProgress } = trigger;
	return {
		...trigger,
		isOver: (run) => isOver(poll, run),
		find: readRun && (async (run) => await readRun(api, run)),
		inProgress: runsInProgress && (async () => await runsInProgress(api, id)),
	};
}

export interface Round {
	things: WatchedResource[];
	state: PollState;
	turns: CheckSchedule;
}

/** Looks at what has waited longest, unless nothing can have come of it. A look that fails leaves what is known of its thing as it was. */
export async function checkAll<Api, R extends IDataObject>(
	poll: Poll<Api, R>,
	{ things, state, turns }: Round,
): Promise<{ found: Array<Found<R>>; errors: OperationError[]; looks: number }> {
	const { context, trigger, api, client: client, startedAt } = poll;
	const longestMs = budgetMs(context) / 2;
	const deadline = startedAt + (state.isFirst ? Math.min(longestMs, FIRST_POLL_MS) : longestMs);
	const isOrdered = trigger.isNewestFirst === true;
	const byId = new Map(things.map((thing) => [thing.id, thing]));
	const found: Array<Found<R>> = [];
	const errors: OperationError[] = [];
	const warn = (text: string, details = {}) => {
		context.logger.warn(`${trigger.service.profile.service}: ${text}`, details);
	};
	const turn = leastRecentlyChecked([...byId.values()], { state, turns, isOrdered });
	const taken = await eachOf(
		turn,
		async ({ id, kind }) => {
			const thing = byId.get(id) ?? { id };
			const isWhole = !isOrdered && kind !== 'turn';
			const from = { ...state.known(id, client.serverTimeMs), now: Date.now(), isWhole };
			const kept = keptRuns(things.length);
			const pages = trigger.pages(api, thing, isWhole);
			const seen = await checkRuns(pages, rulesFor(poll, id), { ...from, kept }).catch(
				asOperationError,
			);
			if (seen instanceof OperationError) {
				errors.push(seen);
				warn(`${id} was not looked at`, { message: seen.message });
				return;
			}
			if (seen.isCutOff) {
				warn(`${id} had more new runs than are read at once; the oldest were left out`);
			}
			state.keep(id, seen.after);
			recordHint(thing, turns);
			found.push(...seen.finished.map((run) => ({ run, id })));
		},
		() => Date.now() < deadline,
	);
	recordChecked(turns, taken);
	return { found, errors, looks: taken.length };
}
