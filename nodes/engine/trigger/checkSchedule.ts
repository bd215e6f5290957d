import type { PollState } from './pollState';
import type { Id } from './watchState';

/**
 * Which resources a poll checks. Kept in memory only, to reduce and distribute checks: if n8n restarts, resources are
 * checked once more.
 */
export interface CheckSchedule {
	/** The last resource in a regular check. */
	last: Id | null;
	/** The last resource in a full check. */
	lastFull: Id | null;
	/** The number of polls so far. */
	polls: number;
	/** By resource ID. */
	lastRunHints: Map<string, LastRunHint>;
}

/** The last run of a resource, as the service's list shows it, and the number of checks since it appeared there. */
interface LastRunHint {
	lastRun: string;
	checks: number;
}

/** A check of one resource: its first check, a full check of all its runs, or a regular check. */
export interface Check {
	id: Id;
	kind: 'first' | 'full' | 'regular';
}

/** A resource that has runs. */
export interface WatchedResource {
	id: Id;
	/** Identifies the last run and its state in the service's list. If it is already known, the check is skipped. */
	lastRun?: string;
	/** When that run started or ended, in epoch ms, if the list shows it. */
	lastRunAt?: number;
	/** When the resource was created, in epoch ms, if the list shows it. */
	createdAt?: number;
}

/** The maximum number of resources per poll, least recently checked first. */
const CHECKS_PER_POLL = 50;
/** The maximum number of additional resources per poll that were never checked. */
const FIRST_CHECKS_PER_POLL = 500;
/** How often a resource is checked after its last run has changed: the list of runs may be delayed. */
const CHECKS_AFTER_NEWS = 5;
/** A full check of each resource every this many polls, because a service's hints and order may be wrong. */
const FULL_CHECK_EVERY = 60;
/** The maximum number of triggers in memory. */
const MAX_TRIGGERS = 1000;

const schedules = new Map<string, CheckSchedule>();

/** Returns the schedule of a trigger. @param last the last checked resource, if no schedule is in memory */
export function scheduleOf(trigger: string, last: Id | null): CheckSchedule {
	const schedule = schedules.get(trigger) ?? {
		last,
		lastFull: last,
		polls: 0,
		lastRunHints: new Map(),
	};
	schedules.delete(trigger);
	schedules.set(trigger, schedule);
	for (const key of [...schedules.keys()].slice(0, -MAX_TRIGGERS)) schedules.delete(key);
	return schedule;
}

function sortedIds(resources: WatchedResource[]): Id[] {
	return resources.map(({ id }) => id).sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** The IDs after the last one, then those from the start. */
function startingAfter(ids: Id[], last: Id | null): Id[] {
	const found = last === null ? 0 : ids.findIndex((id) => String(id) > String(last));
	const from = found < 0 ? 0 : found;
	return [...ids.slice(from), ...ids.slice(0, from)];
}

/** Whether a check cannot find anything: no run is in progress, and the last run in the list is already known. */
export function hasNoNews(
	{ id, lastRun }: WatchedResource,
	state: PollState,
	schedule: CheckSchedule,
): boolean {
	const { before } = state.known(id);
	const hint = schedule.lastRunHints.get(String(id));
	if (!before || before.inProgress.length > 0 || !hint) return false;
	return hint.lastRun === lastRun && hint.checks >= CHECKS_AFTER_NEWS;
}

/**
 * Returns the checks of one poll: first checks, then full checks that are due, then regular checks, each least
 * recently checked first.
 * @param isOrdered whether the service guarantees the order of runs, so that full checks are not needed
 */
export function leastRecentlyChecked(
	resources: WatchedResource[],
	{ state, schedule, isOrdered }: { state: PollState; schedule: CheckSchedule; isOrdered: boolean },
): Check[] {
	const isNew = ({ id }: WatchedResource) => state.known(id).before === undefined;
	const old = resources.filter((resource) => !isNew(resource));
	const due = (poll: number) => Math.floor((poll * old.length) / FULL_CHECK_EVERY);
	const fullCount = isOrdered
		? 0
		: Math.min(due(schedule.polls + 1) - due(schedule.polls), CHECKS_PER_POLL);
	const full = startingAfter(sortedIds(old), schedule.lastFull).slice(0, fullCount);
	const isRegular = (resource: WatchedResource) =>
		!full.includes(resource.id) && !hasNoNews(resource, state, schedule);
	const first = startingAfter(sortedIds(resources.filter(isNew)), schedule.last);
	const regular = startingAfter(sortedIds(old.filter(isRegular)), schedule.last);
	const as = (kind: Check['kind']) => (id: Id) => ({ id, kind });
	return [
		...first.slice(0, state.isFirst ? Infinity : FIRST_CHECKS_PER_POLL).map(as('first')),
		...full.map(as('full')),
		...regular.slice(0, CHECKS_PER_POLL - full.length).map(as('regular')),
	];
}

/** Records the checks of a poll. */
export function recordChecked(schedule: CheckSchedule, checks: Check[]): void {
	const lastOf = (wanted: Check['kind']) => checks.filter(({ kind }) => kind === wanted).at(-1)?.id;
	schedule.polls++;
	schedule.lastFull = lastOf('full') ?? schedule.lastFull;
	schedule.last = lastOf('regular') ?? lastOf('first') ?? schedule.last;
}

/** Records that a resource was checked with this last run in the list. */
export function recordHint(
	{ id, lastRun }: WatchedResource,
	{ lastRunHints }: CheckSchedule,
): void {
	if (lastRun === undefined) return;
	const before = lastRunHints.get(String(id));
	const checks = before?.lastRun === lastRun ? before.checks + 1 : 1;
	lastRunHints.set(String(id), { lastRun, checks });
}
