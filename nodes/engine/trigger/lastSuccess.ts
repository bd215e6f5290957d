import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../errors';
import type { WatchedResource } from './checkSchedule';
import { MAX_PAGES } from './readBack';
import type { Poll } from './runTrigger';

/** How many pages of runs are searched for the last successful run, if it was before the chosen time. */
const OLDER_PAGES = 20;

/** The runs of a resource, as far as they were read. */
export interface Seen<R> {
	latest?: R;
	success?: R;
	/** When the successful run ended, in epoch ms. */
	successAt?: number;
}

/** Where a search for the latest successful run may end, in epoch ms by the service's clock. */
export interface Search {
	/** The search must show all runs from this time on, because one of them may have succeeded. */
	periodMs: number;
	/** Older runs are not searched. */
	baselineMs: number;
}

/**
 * Searches for the latest successful run.
 * @throws OperationError if it is unknown whether a run has succeeded since the period began
 */
export async function findLastSuccess<Api, R extends IDataObject>(
	{ trigger, api }: Poll<Api, R>,
	resource: WatchedResource,
	{ periodMs, baselineMs }: Search,
): Promise<Seen<R>> {
	const seen: Seen<R> = {};
	const isOrdered = trigger.isNewestFirst === true;
	let pages = 0;
	let isCovered = false;
	for await (const { results, isLast, isIncomplete } of trigger.pages(api, resource, !isOrdered)) {
		pages++;
		for (const run of results) {
			seen.latest ??= run;
			const time = trigger.timeOf(run);
			if (time === undefined || !trigger.hasSucceeded(run)) continue;
			if (time > (seen.successAt ?? -Infinity))
				Object.assign(seen, { success: run, successAt: time });
		}
		const reaches = (timeMs: number) =>
			isOrdered && results.some((run) => (trigger.timeOf(run) ?? Infinity) < timeMs);
		isCovered ||= (isLast && isIncomplete !== true) || reaches(periodMs);
		if (isLast || seen.success || pages >= MAX_PAGES) break;
		if (isCovered && (pages >= OLDER_PAGES || reaches(baselineMs))) break;
	}
	if (isCovered || (seen.successAt ?? -Infinity) >= periodMs) return seen;
	const { plural, run } = trigger.fields;
	throw new OperationError(
		`${trigger.service.profile.service} did not return all ${run.toLowerCase()}s of ${resource.id}`,
		{
			fromService: true,
			description: `It is unknown whether one has succeeded. To check fewer ${run.toLowerCase()}s of the ${plural.toLowerCase()}, enter a shorter time.`,
		},
	);
}
