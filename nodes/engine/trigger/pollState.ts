import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../values';
import { packWatch, unpackWatch, upgradeWatch } from './watchState';
import type { Id, PackedWatch, Watch } from './watchState';

/** What a trigger watches, as the user set it. */
export interface Watching {
	/** ID of the credential: another one is another account. */
	account: string;
	/** null for everything. */
	chosen: Id[] | null;
}

/** In n8n's static data of the node: plain JSON, since n8n keeps it in its database. */
interface Stored {
	v: 2;
	watching: Watching;
	/** When the watch began, in epoch ms by the service's clock. */
	since: number;
	/** The thing that was looked at last, where a poll cannot look at all. */
	last: Id | null;
	things: Entry[];
}

/** `goneSince` in epoch s by the service's clock: since when a list of all things has not had it; null while it has. */
type Entry = [id: Id, watch: PackedWatch[0], going?: PackedWatch[1] | null, goneSince?: number];

interface Known {
	id: Id;
	watch: Watch;
	goneSince: number | null;
}

const DAY_MS = 86_400_000;
/**
 * A thing that is not listed any more is forgotten after so long. One that comes back later is as new, and of
 * a new one only runs that ended more recently are: so none comes twice.
 */
const FORGOTTEN_AFTER_MS = 31 * DAY_MS;
const NEW_SINCE_MS = 30 * DAY_MS;

/** What a trigger keeps of all things together by marks of IDs, and of one of them: about 16 bytes each. */
const KEPT = { together: 14_000, least: 10, most: 50 };

/** What is known at the beginning of a poll, and added to during it. */
export interface PollState {
	watching: Watching;
	/** True when nothing has been watched so far, so that this poll begins the watch. */
	isFirst: boolean;
	/** True when n8n has kept what the poll before stored, of the same choice. */
	isKept: boolean;
	since: number | undefined;
	/** The thing that was looked at last when this was stored. */
	last: Id | null;
	/** What a look at this thing starts from. @param now epoch ms by the service's clock, if it is known */
	known: (id: Id, now?: number) => { before?: Watch; since?: number };
	/** The things of which something is known. */
	ids: () => Id[];
	/** What a look has found. */
	keep: (id: Id, watch: Watch) => void;
	/**
	 * What is there. Of what is not, something is known for a month more: a list may be short for a while.
	 * @param ids of all things, by a list that is whole
	 * @param now epoch ms by the service's clock
	 */
	listed: (ids: Id[], now: number) => void;
	stored: (since: number, last: Id | null) => Stored;
}

function same(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

function isId(value: unknown): value is Id {
	return typeof value === 'string' || typeof value === 'number';
}

function readEntry(entry: unknown): Known[] {
	const [id, text, going, goneSince] = Array.isArray(entry) ? (entry as unknown[]) : [];
	const watch = unpackWatch([text, going]);
	if (!isId(id) || !watch) return [];
	return [{ id, watch, goneSince: typeof goneSince === 'number' ? goneSince * 1000 : null }];
}

/** Of 0.1.0: the thing, the poll that looked at it last, what is known of its runs, and what spared looks. */
function upgradeEntry(entry: unknown, now: number): Known[] {
	const [id, , stored] = Array.isArray(entry) ? (entry as unknown[]) : [];
	const watch = upgradeWatch(stored, now);
	return isId(id) && watch ? [{ id, watch, goneSince: null }] : [];
}

type Read = Omit<Stored, 'v' | 'things'> & { things: Known[] };

/** What was stored, when it has our shape. */
function readStored(data: IDataObject, now: number): Read | undefined {
	const stored: unknown =
		data.runs === undefined ? undefined : JSON.parse(JSON.stringify(data.runs));
	if (!isObject(stored) || !isObject(stored.watching)) return undefined;
	const { v, since, turn, last, things } = stored as Record<string, unknown>;
	const isOurs = v === 2 || (v === undefined && typeof turn === 'number');
	const { account, chosen = null } = stored.watching as Record<string, unknown>;
	if (!isOurs || typeof since !== 'number' || !Array.isArray(things)) return undefined;
	if (typeof account !== 'string' || (chosen !== null && !Array.isArray(chosen))) return undefined;
	return {
		watching: { account, chosen: chosen === null ? null : (chosen as unknown[]).filter(isId) },
		since,
		last: isId(last) ? last : null,
		things: things.flatMap((entry: unknown) =>
			v === 2 ? readEntry(entry) : upgradeEntry(entry, now),
		),
	};
}

function entryOf({ id, watch, goneSince }: Known): Entry {
	const [text, going] = packWatch(watch);
	if (goneSince !== null) return [id, text, going ?? null, Math.floor(goneSince / 1000)];
	return going ? [id, text, going] : [id, text];
}

/** How many runs of a thing are kept by their marks, when there are so many things. */
export function keptRuns(things: number): number {
	const share = Math.floor(KEPT.together / Math.max(1, things));
	return Math.max(KEPT.least, Math.min(KEPT.most, share));
}

/**
 * Reads what the poll before left. Another account begins anew; another choice of things begins anew for those
 * that were not watched before, and forgets those that are not any more.
 * @param data n8n's static data of the node
 * @param began when the watch began though nothing was stored of it, epoch ms by the service's clock
 */
export function pollState(
	data: IDataObject,
	watching: Watching,
	{ began, now = Date.now() }: { began?: number; now?: number } = {},
): PollState {
	const found = readStored(data, now);
	const stored = found?.watching.account === watching.account ? found : undefined;
	const isSame = stored !== undefined && same(stored.watching, watching);
	const chosen = watching.chosen && new Set(watching.chosen.map(String));
	const kept = (stored?.things ?? []).filter(({ id }) => chosen?.has(String(id)) ?? true);
	const things = new Map(kept.map((thing) => [String(thing.id), thing]));
	const since = isSame ? stored.since : began;
	return {
		watching,
		isFirst: since === undefined,
		isKept: isSame,
		since,
		last: stored?.last ?? null,
		known: (id, nowThere = -Infinity) => ({
			before: things.get(String(id))?.watch,
			since: since === undefined ? undefined : Math.max(since, nowThere - NEW_SINCE_MS),
		}),
		ids: () => [...things.values()].map(({ id }) => id),
		keep: (id, watch) => {
			things.set(String(id), { id, watch, goneSince: null });
		},
		listed: (ids, nowThere) => {
			const there = new Set(ids.map(String));
			for (const [key, thing] of things) {
				thing.goneSince = there.has(key) ? null : (thing.goneSince ?? nowThere);
				if (thing.goneSince !== null && nowThere - thing.goneSince >= FORGOTTEN_AFTER_MS) {
					things.delete(key);
				}
			}
		},
		stored: (beganNow, last) => ({
			v: 2,
			watching,
			since: since ?? beganNow,
			last,
			things: [...things.values()].map(entryOf),
		}),
	};
}

/**
 * Leaves what is known to the next poll. Where nothing is new, nothing is written: n8n stores all at once.
 * @param startedAt of this poll, in epoch ms by the service's clock
 * @param last the thing that was looked at last; alone it is no news
 */
export function storePollState(
	data: IDataObject,
	state: PollState,
	startedAt: number,
	last: Id | null = null,
): void {
	const stored = state.stored(startedAt, last);
	const before = isObject(data.runs) ? data.runs : {};
	if (same({ ...before, last }, { ...stored })) return;
	data.runs = JSON.parse(JSON.stringify(stored)) as IDataObject;
}
