import type { IDataObject } from 'n8n-workflow';
import type { WatchedResource } from '../../engine/trigger/checkSchedule';
import { epochMs } from '../../engine/values';
import type { RunPage } from '../../engine/trigger/checkRuns';
import type { AmazonAppFlowApi } from './AmazonAppFlowApi';

/** Bounds one look: 10,000 records. */
const PAGES = 100;

/** When it began; of a record that does not tell, when it changed last. */
export function beganAtMs({ startedAt, lastUpdatedAt }: IDataObject): number {
	return epochMs(startedAt) ?? epochMs(lastUpdatedAt) ?? 0;
}

function changedAtMs(record: IDataObject): number {
	return epochMs(record.lastUpdatedAt) ?? beganAtMs(record);
}

function falls(times: number[]): boolean {
	const [first = 0] = times;
	const isFalling = times.every((time, index) => time <= (times[index - 1] ?? Infinity));
	return isFalling && first > (times.at(-1) ?? first);
}

/** Whether these records, as they came, show that the newest come first, the last run that the list of flows tells of among them. */
function showNewestFirst(records: IDataObject[], { lastRunAt }: WatchedResource): boolean {
	if (lastRunAt === undefined) return false;
	const began = records.map(beganAtMs);
	const changed = records.map(changedAtMs);
	const hasLast = Math.max(...began, ...changed) >= lastRunAt;
	return hasLast && (falls(began) || falls(changed));
}

/**
 * The runs of a flow, newest first. AppFlow documents no order, and offers no filter: the latest run may be on any page
 * (apache/airflow 72769). So the pages are given on one by one while they show the newest first themselves; else
 * when all are read.
 * @param isWhole reads all in any case
 */
export async function* recordPages(
	api: Pick<AmazonAppFlowApi, 'executionPages'>,
	flow: WatchedResource,
	isWhole: boolean,
): AsyncGenerator<RunPage<IDataObject>> {
	const read: IDataObject[] = [];
	let held: IDataObject[] = [];
	let pages = 0;
	for await (const { results, isLast } of api.executionPages(String(flow.id))) {
		read.push(...results);
		held.push(...results);
		pages++;
		const isEnd = isLast || pages >= PAGES;
		if (!isEnd && (isWhole || !showNewestFirst(read, flow))) continue;
		yield { results: held.toSorted((a, b) => beganAtMs(b) - beganAtMs(a)), isLast };
		if (isEnd) return;
		held = [];
	}
}
