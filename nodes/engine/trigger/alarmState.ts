import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../values';
import type { Watching } from './pollState';
import type { Id } from './watchState';

/** What an alarm knows at the start of a poll, and updates during the poll. */
export interface AlarmState {
	watching: Watching;
	/** When the watch started, in epoch ms by the service's clock. Undefined if this poll starts it. */
	since: number | undefined;
	/** A value for each marked resource. The meaning of a mark depends on the alarm. */
	marks: Map<string, { id: Id; value: number }>;
}

/** The maximum number of triggers in memory. */
const MAX_TRIGGERS = 1000;

/**
 * The states of the last polls, by trigger. n8n may drop what a poll that does not start the workflow has stored, as
 * with N8N_SCHEDULER_POLL_TRIGGERS_ENABLED.
 */
const latest = new Map<string, AlarmState>();

function readMark(entry: unknown): Array<[string, { id: Id; value: number }]> {
	const [id, value] = Array.isArray(entry) ? (entry as unknown[]) : [];
	const isId = typeof id === 'string' || typeof id === 'number';
	return isId && typeof value === 'number' ? [[String(id), { id, value }]] : [];
}

function readStored({ runs: stored }: IDataObject): AlarmState | undefined {
	if (!isObject(stored) || !isObject(stored.watching)) return undefined;
	const { since, marks, watching } = stored as Record<string, unknown>;
	if (typeof since !== 'number' || !Array.isArray(marks)) return undefined;
	return {
		watching: watching as Watching,
		since,
		marks: new Map((marks as unknown[]).flatMap(readMark)),
	};
}

function sameWatch(one: Watching, other: Watching): boolean {
	return one.account === other.account && one.kind === other.kind;
}

/**
 * Reads the state of the poll before. For another account or event, the watch starts again.
 * @param data n8n's static data of the node. It has one state, so that another event starts its own watch
 */
export function alarmState(key: string, data: IDataObject, watching: Watching): AlarmState {
	const known = [latest.get(key), readStored(data)].find(
		(state) => state && sameWatch(state.watching, watching),
	);
	if (!known) return { watching, since: undefined, marks: new Map() };
	const isSame = JSON.stringify(known.watching.chosen) === JSON.stringify(watching.chosen);
	return { watching, since: isSame ? known.since : undefined, marks: new Map(known.marks) };
}

/** Stores the state for the next poll. Writes nothing if nothing has changed, because n8n stores all static data at once. */
export function storeAlarmState(key: string, data: IDataObject, state: AlarmState): void {
	latest.delete(key);
	latest.set(key, state);
	for (const oldest of [...latest.keys()].slice(0, -MAX_TRIGGERS)) latest.delete(oldest);
	const { watching, since, marks } = state;
	const stored = {
		watching,
		since,
		marks: [...marks.values()].map(({ id, value }) => [id, value]),
	};
	if (JSON.stringify(data.runs) === JSON.stringify(stored)) return;
	data.runs = JSON.parse(JSON.stringify(stored)) as IDataObject;
}
