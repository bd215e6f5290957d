import type { IDataObject } from 'n8n-workflow';
import type { WatchedResource } from '../../engine/trigger/checkSchedule';
import { epochMs } from '../../engine/values';
import type { RunPage } from '../../engine/trigger/checkRuns';
import type { AmazonAppFlowApi } from './AmazonAppFlowApi';

/** The maximum number of pages per check: 10,000 records. */
const MAX_PAGES = 100;

/** When a run started, in epoch ms. If the record has no start, when it last changed. */
export function startedAtMs({ startedAt, lastUpdatedAt }: IDataObject): number {
	return epochMs(startedAt) ?? epochMs(lastUpdatedAt) ?? 0;
}

function changedAtMs(record: IDataObject): number {
	return epochMs(record.lastUpdatedAt) ?? startedAtMs(record);
}

function isNewestFirst(times: number[]): boolean {
	const [first = 0] = times;
	const isDescending = times.every((time, index) => time <= (times[index - 1] ?? Infinity));
	return isDescending && first > (times.at(-1) ?? first);
}

/** Whether these records are in descending order and include the last run that ListFlows reports. */
function startWithNewest(records: IDataObject[], { lastRunAt }: WatchedResource): boolean {
	if (lastRunAt === undefined) return false;
	const started = records.map(startedAtMs);
	const changed = records.map(changedAtMs);
	const hasLastRun = Math.max(...started, ...changed) >= lastRunAt;
	return hasLastRun && (isNewestFirst(started) || isNewestFirst(changed));
}

/**
 * The runs of a flow, newest first. AppFlow documents no order and offers no filter, so the latest run can be on any
 * page: https://github.com/apache/airflow/issues/72769. Pages are passed on as they arrive if their records are in
 * descending order, otherwise after the last page.
 * @param isComplete read all pages before passing any on
 */
export async function* recordPages(
	api: Pick<AmazonAppFlowApi, 'executionPages'>,
	flow: WatchedResource,
	isComplete: boolean,
): AsyncGenerator<RunPage<IDataObject>> {
	const read: IDataObject[] = [];
	let held: IDataObject[] = [];
	let pages = 0;
	for await (const { results, isLast } of api.executionPages(String(flow.id))) {
		read.push(...results);
		held.push(...results);
		pages++;
		const isFinal = isLast || pages >= MAX_PAGES;
		if (!isFinal && (isComplete || !startWithNewest(read, flow))) continue;
		yield { results: held.toSorted((a, b) => startedAtMs(b) - startedAtMs(a)), isLast };
		if (isFinal) return;
		held = [];
	}
}
