import type { PollState } from './pollState';
import type { Id } from './watchState';

/**
 * Which things a poll looks at. What is remembered here spares looks and shares them out, and is in memory alone:
 * when it is lost, as n8n ends, things are looked at once more.
 */
export interface CheckSchedule {
	/** What was looked at last, in turn and wholly. */
	last: Id | null;
	lastWhole: Id | null;
	polls: number;
	/** What the service told of the last run of a thing, and the number of looks since it told so. */
	lastRunHints: Map<string, LastRunHint>;
}

interface LastRunHint {
	lastRun: string;
	checks: number;
}

/** A look at a thing: the first, one at all its runs, or one in turn. */
export interface Check {
	id: Id;
	kind: 'first' | 'whole' | 'turn';
}

/** Something that has runs. */
export interface WatchedResource {
	id: Id;
	/** What the list tells of its last run: another text for another run or state. Spares a look where that is known. */
	lastRun?: string;
	/** When that run began or ended, in epoch ms, where the list tells. */
	lastRunAt?: number;
}

/** How many things one poll looks at; more take turns. */
const CHECKS_PER_POLL = 50;
/** How many more it looks at that it has never looked at. */
const FIRST_CHECKS_PER_POLL = 500;
/** The runs of a thing may become visible a while after the service has told of the last one. */
const CHECKS_AFTER_NEWS = 5;
/** What the service tells of a last run, and in which order runs come, spares looks; it is not all that is believed. */
const FULL_CHECK_EVERY = 60;
/** Bounds for how many triggers something is remembered. */
const TRIGGERS = 1000;

const remembered = new Map<string, CheckSchedule>();

/** What is remembered of a trigger. @param last where it goes on when nothing is */
export function scheduleOf(trigger: string, last: Id | null): CheckSchedule {
	const turns = remembered.get(trigger) ?? {
		last,
		lastWhole: last,
		polls: 0,
		lastRunHints: new Map(),
	};
	remembered.delete(trigger);
	remembered.set(trigger, turns);
	for (const key of [...remembered.keys()].slice(0, -TRIGGERS)) remembered.delete(key);
	return turns;
}

function inOrder(things: WatchedResource[]): Id[] {
	return things.map(({ id }) => id).sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** The next ones after the last, and on from the first of all. */
function next(ids: Id[], last: Id | null): Id[] {
	const found = last === null ? 0 : ids.findIndex((id) => String(id) > String(last));
	const from = found < 0 ? 0 : found;
	return [...ids.slice(from), ...ids.slice(0, from)];
}

/** Whether nothing can have come of this thing: no run is going on, and what the service tells of its last run is known. */
export function hasNoNews(
	{ id, lastRun }: WatchedResource,
	state: PollState,
	turns: CheckSchedule,
): boolean {
	const { before } = state.known(id);
	const told = turns.lastRunHints.get(String(id));
	if (!before || before.inProgress.length > 0 || !told) return false;
	return told.lastRun === lastRun && told.checks >= CHECKS_AFTER_NEWS;
}

/**
 * Shares out the looks of one poll: first what was never looked at, then what is due for a look at all its runs,
 * then the others, in turn.
 * @param isOrdered the service promises the order of runs, so that none has to be looked for among all
 */
export function leastRecentlyChecked(
	things: WatchedResource[],
	{ state, turns, isOrdered }: { state: PollState; turns: CheckSchedule; isOrdered: boolean },
): Check[] {
	const isNew = ({ id }: WatchedResource) => state.known(id).before === undefined;
	const old = things.filter((thing) => !isNew(thing));
	const due = (poll: number) => Math.floor((poll * old.length) / FULL_CHECK_EVERY);
	const share = isOrdered ? 0 : Math.min(due(turns.polls + 1) - due(turns.polls), CHECKS_PER_POLL);
	const wholly = next(inOrder(old), turns.lastWhole).slice(0, share);
	const isLeft = (thing: WatchedResource) =>
		!wholly.includes(thing.id) && !hasNoNews(thing, state, turns);
	const first = next(inOrder(things.filter(isNew)), turns.last);
	const others = next(inOrder(old.filter(isLeft)), turns.last);
	const as = (kind: Check['kind']) => (id: Id) => ({ id, kind });
	return [
		...first.slice(0, state.isFirst ? Infinity : FIRST_CHECKS_PER_POLL).map(as('first')),
		...wholly.map(as('whole')),
		...others.slice(0, CHECKS_PER_POLL - wholly.length).map(as('turn')),
	];
}

/** Remembers which looks were taken. */
export function recordChecked(turns: CheckSchedule, taken: Check[]): void {
	const lastOf = (wanted: Check['kind']) => taken.filter(({ kind }) => kind === wanted).at(-1)?.id;
	turns.polls++;
	turns.lastWhole = lastOf('whole') ?? turns.lastWhole;
	turns.last = lastOf('turn') ?? lastOf('first') ?? turns.last;
}

/** Remembers that a look was made at what the service had told of. */
export function recordHint(
	{ id, lastRun }: WatchedResource,
	{ lastRunHints }: CheckSchedule,
): void {
	if (lastRun === undefined) return;
	const before = lastRunHints.get(String(id));
	const checks = before?.lastRun === lastRun ? before.checks + 1 : 1;
	lastRunHints.set(String(id), { lastRun, checks });
}
