import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../values';
import { readLegacyResources } from './legacyState';
import { packWatch, unpackWatch } from './watchState';
import type { Id, KnownResource, PackedWatch, Watch } from './watchState';

/** What a trigger watches, as configured by the user. */
export interface Watching {
	/** The ID of the credential, which identifies the account. */
	account: string;
	/** Null for all resources. */
	chosen: Id[] | null;
	/** What is watched, if a node can watch more than one kind. */
	kind?: string;
}

/** The state in n8n's static data of the node: plain JSON, because n8n stores it in its database. */
interface Stored {
	v: 2;
	watching: Watching;
	/** When the watch started, in epoch ms by the service's clock. */
	since: number;
	/** The last checked resource, if a poll cannot check all. */
	last: Id | null;
	resources: Entry[];
}

/** A {@link KnownResource} as stored, with `goneSince` in epoch s. */
type Entry = [
	id: Id,
	watch: PackedWatch[0],
	inProgress?: PackedWatch[1] | null,
	goneSince?: number,
];

const DAY_MS = 86_400_000;
/**
 * A resource that is no longer listed is forgotten after this time. If it is listed again later, it counts as new.
 * Runs of a new resource are reported only if they ended more recently than this, so that no run is reported twice.
 */
const FORGOTTEN_AFTER_MS = 31 * DAY_MS;
const NEW_SINCE_MS = 30 * DAY_MS;

/** The maximum number of stored runs in total, and the bounds per resource. A run takes about 16 bytes. */
const STORED_RUNS = { total: 14_000, min: 10, max: 50 };

/** What is known at the start of a poll, and updated during the poll. */
export interface PollState {
	watching: Watching;
	/** Whether this poll starts the watch. */
	isFirst: boolean;
	/** Whether n8n kept the state of the poll before, for the same configuration. */
	isKept: boolean;
	since: number | undefined;
	/** The last checked resource when the state was stored. */
	last: Id | null;
	/** The starting point for a check of a resource. @param now epoch ms by the service's clock, if known */
	known: (id: Id, now?: number) => { before?: Watch; since?: number };
	/** The IDs of all known resources. */
	ids: () => Id[];
	/** Updates a resource after a check. */
	keep: (id: Id, watch: Watch) => void;
	/**
	 * Updates which resources exist. Missing ones are kept for a month, because a list may be incomplete for a while.
	 * @param ids the IDs of all resources, from a complete list
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

function readEntry(entry: unknown): KnownResource[] {
	const [id, text, inProgress, goneSince] = Array.isArray(entry) ? (entry as unknown[]) : [];
	const watch = unpackWatch([text, inProgress]);
	if (!isId(id) || !watch) return [];
	return [{ id, watch, goneSince: typeof goneSince === 'number' ? goneSince * 1000 : null }];
}

type State = Omit<Stored, 'v' | 'resources'> & { resources: KnownResource[] };

function readResources(stored: IDataObject, now: number): KnownResource[] | undefined {
	const { v, resources } = stored as Record<string, unknown>;
	if (v !== 2) return readLegacyResources(stored, now);
	return Array.isArray(resources) ? resources.flatMap(readEntry) : undefined;
}

/** Reads the stored state. Undefined if its format is unknown. */
function readStored(data: IDataObject, now: number): State | undefined {
	const stored: unknown =
		data.runs === undefined ? undefined : JSON.parse(JSON.stringify(data.runs));
	if (!isObject(stored) || !isObject(stored.watching)) return undefined;
	const resources = readResources(stored, now);
	const { since, last } = stored as Record<string, unknown>;
	const { account, chosen = null, kind } = stored.watching as Record<string, unknown>;
	if (!resources || typeof since !== 'number' || typeof account !== 'string') return undefined;
	if (chosen !== null && !Array.isArray(chosen)) return undefined;
	return {
		watching: {
			account,
			chosen: chosen === null ? null : (chosen as unknown[]).filter(isId),
			...(typeof kind === 'string' && { kind }),
		},
		since,
		last: isId(last) ? last : null,
		resources,
	};
}

function entryOf({ id, watch, goneSince }: KnownResource): Entry {
	const [text, inProgress] = packWatch(watch);
	if (goneSince !== null) return [id, text, inProgress ?? null, Math.floor(goneSince / 1000)];
	return inProgress ? [id, text, inProgress] : [id, text];
}

/** How many runs of each resource are stored, for this number of resources. */
export function keptRuns(resources: number): number {
	const share = Math.floor(STORED_RUNS.total / Math.max(1, resources));
	return Math.max(STORED_RUNS.min, Math.min(STORED_RUNS.max, share));
}

/**
 * Reads the state of the poll before. For another account, the watch starts again. For other resources, it starts
 * for those that were not watched before, and forgets those that are no longer watched.
 * @param data n8n's static data of the node
 * @param startedAt when the watch started, if n8n did not keep the state, in epoch ms by the service's clock
 */
export function pollState(
	data: IDataObject,
	watching: Watching,
	{ startedAt, now = Date.now() }: { startedAt?: number; now?: number } = {},
): PollState {
	const found = readStored(data, now);
	const isOfThis =
		found?.watching.account === watching.account && found.watching.kind === watching.kind;
	const stored = isOfThis ? found : undefined;
	const isSame = stored !== undefined && same(stored.watching, watching);
	const chosen = watching.chosen && new Set(watching.chosen.map(String));
	const kept = (stored?.resources ?? []).filter(({ id }) => chosen?.has(String(id)) ?? true);
	const resources = new Map(kept.map((resource) => [String(resource.id), resource]));
	const since = isSame ? stored.since : startedAt;
	return {
		watching,
		isFirst: since === undefined,
		isKept: isSame,
		since,
		last: stored?.last ?? null,
		known: (id, serverNow = -Infinity) => ({
			before: resources.get(String(id))?.watch,
			since: since === undefined ? undefined : Math.max(since, serverNow - NEW_SINCE_MS),
		}),
		ids: () => [...resources.values()].map(({ id }) => id),
		keep: (id, watch) => {
			resources.set(String(id), { id, watch, goneSince: null });
		},
		listed: (ids, serverNow) => {
			const listed = new Set(ids.map(String));
			for (const [key, resource] of resources) {
				resource.goneSince = listed.has(key) ? null : (resource.goneSince ?? serverNow);
				if (resource.goneSince !== null && serverNow - resource.goneSince >= FORGOTTEN_AFTER_MS) {
					resources.delete(key);
				}
			}
		},
		stored: (pollStartedAt, last) => ({
			v: 2,
			watching,
			since: since ?? pollStartedAt,
			last,
			resources: [...resources.values()].map(entryOf),
		}),
	};
}

/**
 * Stores the state for the next poll. Writes nothing if nothing has changed, because n8n stores all static data at once.
 * @param startedAt when this poll started, in epoch ms by the service's clock
 * @param last the last checked resource; a change of this alone is not stored
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
