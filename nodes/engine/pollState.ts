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
	/** The thing, the poll that looked at it last, and what is known of its runs; null when no look has succeeded. */
	things: Array<[id: Id, turn: number, watch: Watch | null]>;
}

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
	keep: (id: Id, watch: Watch) => void;
	/** A look that failed: the thing waits for its next turn as the others do, or it would keep them from theirs. */
	pass: (id: Id) => void;
	things: () => Stored['things'];
	turn: number;
}

function same(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
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
			const [id, lookedAt, watch] = Array.isArray(entry) ? (entry as unknown[]) : [];
			const known = readWatch(watch);
			const isThing = typeof id === 'string' || typeof id === 'number';
			return (known ?? watch === null) && isThing && typeof lookedAt === 'number'
				? [[id, lookedAt, known ?? null] satisfies Stored['things'][number]]
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
		keep: (id, watch) => things.set(id, [id, turn, watch]),
		pass: (id) => things.set(id, [id, turn, things.get(id)?.[2] ?? null]),
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
