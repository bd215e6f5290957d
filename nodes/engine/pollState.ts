import type { IDataObject } from 'n8n-workflow';
import { isObject } from './values';
import { readWatch } from './watch';
import type { Id, Watch } from './watch';

/** What a trigger watches, as the user set it. */
export interface Watching {
	/** ID of the credential: another one is another account. */
	account: string;
	/** null for everything. */
	chosen: Id[] | null;
}

/** In n8n's static data of the node: plain JSON, since n8n keeps it in its database. */
interface Stored {
	watching: Watching;
	/** When the watch began, in epoch ms by the service's clock. */
	since: number;
	/** Counts the polls. */
	turn: number;
	/**
	 * The thing, the poll that looked at it last, what is known of its runs (null when no look has succeeded),
	 * and what the service told of its last run, with the number of looks since it told so.
	 */
	things: Array<[id: Id, turn: number, watch: Watch | null, told: Told | null]>;
}

type Told = [lastRun: string, looks: number];

/** The runs of a thing may become visible a while after the service has told of the last one. */
const LOOKS_AT_NEWS = 5;
/** What the service tells of a last run spares looks; it is not all that is believed. */
const LOOK_EVERY = 60;

/** Things that are not listed any more are forgotten beyond so many; one that is missing for a while is not. */
const FORGOTTEN_BEYOND = 2000;

/** What is known at the beginning of a poll, and added to during it. */
export interface PollState {
	watching: Watching;
	/** True when nothing has been watched so far, so that this poll begins the watch. */
	isFirst: boolean;
	since: number | undefined;
	/** The things in the order in which they have waited for a look. */
	inTurn: (ids: Id[]) => Id[];
	/** What a look at this thing starts from. */
	known: (id: Id) => { before?: Watch; since?: number };
	/** Whether nothing can have come of this thing: no run is going on, and what the service tells of its last run is known. */
	isQuiet: (id: Id, lastRun: string | undefined) => boolean;
	/** What a look has found. @param lastRun what the service told of it before the look, if it does */
	keep: (id: Id, watch: Watch, lastRun?: string) => void;
	/** A look that failed: the thing waits for its next turn as the others do, or it would keep them from theirs. */
	pass: (id: Id) => void;
	things: () => Stored['things'];
	turn: number;
}

function same(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function readTold(stored: unknown): Told | null {
	const [lastRun, looks] = Array.isArray(stored) ? (stored as unknown[]) : [];
	return typeof lastRun === 'string' && typeof looks === 'number' ? [lastRun, looks] : null;
}

/** What was stored, when it has our shape. */
function readStored(data: IDataObject): Stored | undefined {
	const stored: unknown =
		data.runs === undefined ? undefined : JSON.parse(JSON.stringify(data.runs));
	if (!isObject(stored) || !isObject(stored.watching)) return undefined;
	const { since, turn, things, watching } = stored as Partial<Record<keyof Stored, unknown>>;
	if (typeof since !== 'number' || typeof turn !== 'number' || !Array.isArray(things))
		return undefined;
	return {
		watching: watching as Watching,
		since,
		turn,
		things: things.flatMap((entry: unknown) => {
			const [id, lookedAt, watch, told] = Array.isArray(entry) ? (entry as unknown[]) : [];
			const known = readWatch(watch);
			const isThing = typeof id === 'string' || typeof id === 'number';
			return (known ?? watch === null) && isThing && typeof lookedAt === 'number'
				? [[id, lookedAt, known ?? null, readTold(told)] satisfies Stored['things'][number]]
				: [];
		}),
	};
}

/**
 * Reads what the poll before left. Another account begins anew; another choice of things begins anew for those
 * that were not watched before, and forgets those that are not any more.
 * @param data n8n's static data of the node
 */
export function pollState(data: IDataObject, watching: Watching): PollState {
	const found = readStored(data);
	const stored = found?.watching.account === watching.account ? found : undefined;
	const isSame = stored !== undefined && same(stored.watching, watching);
	const { chosen } = watching;
	const kept = (stored?.things ?? []).filter(([id]) => chosen?.includes(id) ?? true);
	const things = new Map(kept.map((thing) => [thing[0], thing]));
	const turn = (stored?.turn ?? 0) + 1;
	const since = isSame ? stored.since : undefined;
	return {
		watching,
		isFirst: !isSame,
		since,
		turn,
		inTurn: (ids) => {
			const waited = (id: Id) => things.get(id)?.[1] ?? 0;
			return [...ids].sort((a, b) => waited(a) - waited(b));
		},
		known: (id) => ({ before: things.get(id)?.[2] ?? undefined, since }),
		isQuiet: (id, lastRun) => {
			const [, lookedAt = 0, watch, told] = things.get(id) ?? [];
			if (!watch || !told || watch.going.length > 0 || turn - lookedAt >= LOOK_EVERY) return false;
			return told[0] === lastRun && told[1] >= LOOKS_AT_NEWS;
		},
		keep: (id, watch, lastRun) => {
			const [before, looks] = things.get(id)?.[3] ?? [undefined, 0];
			const told: Told | null =
				lastRun === undefined ? null : [lastRun, lastRun === before ? looks + 1 : 1];
			things.set(id, [id, turn, watch, told]);
		},
		pass: (id) => {
			const [, , watch = null, told = null] = things.get(id) ?? [];
			things.set(id, [id, turn, watch, told]);
		},
		things: () => [...things.values()].sort((a, b) => b[1] - a[1]).slice(0, FORGOTTEN_BEYOND),
	};
}

/**
 * Leaves what is known to the next poll.
 * @param startedAt of this poll, in epoch ms by the service's clock
 */
export function storePollState(data: IDataObject, state: PollState, startedAt: number): void {
	const { watching, turn, since = startedAt } = state;
	const stored: Stored = { watching, since, turn, things: state.things() };
	data.runs = JSON.parse(JSON.stringify(stored)) as IDataObject;
}
