import type { PollState } from './pollState';
import type { Id } from './watchState';

/**
 * Which things a poll looks at. What is remembered here spares looks and shares them out, and is in memory alone:
 * when it is lost, as n8n ends, things are looked at once more.
 */
export interface Turns {
	/** What was looked at last, in turn and wholly. */
	last: Id | null;
	lastWhole: Id | null;
	polls: number;
	/** What the service told of the last run of a thing, and the number of looks since it told so. */
	told: Map<string, Told>;
}

interface Told {
	lastRun: string;
	looks: number;
}

/** A look at a thing: the first, one at all its runs, or one in turn. */
export interface Turn {
	id: Id;
	kind: 'first' | 'whole' | 'turn';
}

/** Something that has runs. */
export interface Thing {
	id: Id;
	/** What the list tells of its last run: another text for another run or state. Spares a look where that is known. */
	lastRun?: string;
	/** When that run began or ended, in epoch ms, where the list tells. */
	lastRunAt?: number;
}

/** How many things one poll looks at; more take turns. */
const LOOKS = 50;
/** How many more it looks at that it has never looked at. */
const FIRST_LOOKS = 500;
/** The runs of a thing may become visible a while after the service has told of the last one. */
const LOOKS_AT_NEWS = 5;
/** What the service tells of a last run, and in which order runs come, spares looks; it is not all that is believed. */
const LOOK_EVERY = 60;
/** Bounds for how many triggers something is remembered. */
const TRIGGERS = 1000;

const remembered = new Map<string, Turns>();

/** What is remembered of a trigger. @param last where it goes on when nothing is */
export function turnsOf(trigger: string, last: Id | null): Turns {
	const turns = remembered.get(trigger) ?? { last, lastWhole: last, polls: 0, told: new Map() };
	remembered.delete(trigger);
	remembered.set(trigger, turns);
	for (const key of [...remembered.keys()].slice(0, -TRIGGERS)) remembered.delete(key);
	return turns;
}

function inOrder(things: Thing[]): Id[] {
	return things.map(({ id }) => id).sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** The next ones after the last, and on from the first of all. */
function next(ids: Id[], last: Id | null): Id[] {
	const found = last === null ? 0 : ids.findIndex((id) => String(id) > String(last));
	const from = found < 0 ? 0 : found;
	return [...ids.slice(from), ...ids.slice(0, from)];
}

/** Whether nothing can have come of this thing: no run is going on, and what the service tells of its last run is known. */
export function isQuiet({ id, lastRun }: Thing, state: PollState, turns: Turns): boolean {
	const { before } = state.known(id);
	const told = turns.told.get(String(id));
	if (!before || before.going.length > 0 || !told) return false;
	return told.lastRun === lastRun && told.looks >= LOOKS_AT_NEWS;
}

/**
 * Shares out the looks of one poll: first what was never looked at, then what is due for a look at all its runs,
 * then the others, in turn.
 * @param isOrdered the service promises the order of runs, so that none has to be looked for among all
 */
export function shareOut(
	things: Thing[],
	{ state, turns, isOrdered }: { state: PollState; turns: Turns; isOrdered: boolean },
): Turn[] {
	const isNew = ({ id }: Thing) => state.known(id).before === undefined;
	const old = things.filter((thing) => !isNew(thing));
	const due = (poll: number) => Math.floor((poll * old.length) / LOOK_EVERY);
	const share = isOrdered ? 0 : Math.min(due(turns.polls + 1) - due(turns.polls), LOOKS);
	const wholly = next(inOrder(old), turns.lastWhole).slice(0, share);
	const isLeft = (thing: Thing) => !wholly.includes(thing.id) && !isQuiet(thing, state, turns);
	const first = next(inOrder(things.filter(isNew)), turns.last);
	const others = next(inOrder(old.filter(isLeft)), turns.last);
	const as = (kind: Turn['kind']) => (id: Id) => ({ id, kind });
	return [
		...first.slice(0, state.isFirst ? Infinity : FIRST_LOOKS).map(as('first')),
		...wholly.map(as('whole')),
		...others.slice(0, LOOKS - wholly.length).map(as('turn')),
	];
}

/** Remembers which looks were taken. */
export function take(turns: Turns, taken: Turn[]): void {
	const lastOf = (wanted: Turn['kind']) => taken.filter(({ kind }) => kind === wanted).at(-1)?.id;
	turns.polls++;
	turns.lastWhole = lastOf('whole') ?? turns.lastWhole;
	turns.last = lastOf('turn') ?? lastOf('first') ?? turns.last;
}

/** Remembers that a look was made at what the service had told of. */
export function looked({ id, lastRun }: Thing, { told }: Turns): void {
	if (lastRun === undefined) return;
	const before = told.get(String(id));
	const looks = before?.lastRun === lastRun ? before.looks + 1 : 1;
	told.set(String(id), { lastRun, looks });
}
