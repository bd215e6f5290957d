import type { CheckOptions, RunPage, RunRules } from './checkRuns';
import type { RunInProgress, Watch } from './watchState';

/** The maximum number of pages per check. */
export const MAX_PAGES = 100;
/** If single runs can be read: how many pages are searched for runs in progress, and how many single runs are read. */
const FIND = { afterPages: 3, maxRuns: 40 };

export function compare(one: bigint | number, other: bigint | number): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}

export function placeOf<Run>(run: Run, { orderOf }: Pick<RunRules<Run>, 'orderOf'>): bigint {
	const order = orderOf(run);
	return typeof order === 'bigint' ? order : BigInt(Math.max(0, Math.trunc(order)));
}

export interface Read<Run> {
	runs: Map<string, Run>;
	hasEnd: boolean;
	isCutOff: boolean;
	/** All runs that were not read are at or below this position. Null if all were read, or if it is unknown. */
	unread: bigint | null;
}

/** Reads pages, newest first, until all further runs are known. */
export async function readBack<Run>(
	pages: AsyncIterable<RunPage<Run>>,
	rules: RunRules<Run>,
	{ before, isOld, isFull = false }: CheckOptions & { isOld: (run: Run) => boolean },
): Promise<Read<Run>> {
	const runs = new Map<string, Run>();
	let oldest: bigint | null = null;
	let count = 0;
	let hasEnd = false;
	let isKnown = false;
	const minPages = before ? 1 : (rules.firstPages ?? 1);
	for await (const { results, isLast, isIncomplete } of pages) {
		for (const run of results) {
			runs.set(String(rules.idOf(run)), run);
			const place = placeOf(run, rules);
			if (oldest === null || place < oldest) oldest = place;
		}
		count++;
		hasEnd = isLast && isIncomplete !== true;
		const top = oldest;
		const isDeeper =
			before?.inProgress.some(
				({ id, order }) => !runs.has(String(id)) && (top === null || order <= top),
			) ?? false;
		const isDone = !isDeeper || (rules.find !== undefined && count >= FIND.afterPages);
		// an empty page shows nothing about the next ones
		isKnown = results.length > 0 && results.every(isOld) && isDone && count >= minPages;
		if (isLast || (isKnown && !isFull) || count >= MAX_PAGES) break;
	}
	return {
		runs,
		hasEnd,
		isCutOff: !hasEnd && !isKnown,
		// after a first check, this position is all that is known about the older runs
		unread: hasEnd || before ? null : oldest,
	};
}

/** Reads the runs in progress that were on no page, longest missing first, and adds them. */
export async function findInProgress<Run>(
	runs: Map<string, Run>,
	{ find }: RunRules<Run>,
	before: Watch,
): Promise<void> {
	if (!find) return;
	const missingFrom = ({ missingSince }: RunInProgress) => missingSince ?? Infinity;
	const missing = before.inProgress
		.filter(({ id }) => !runs.has(String(id)))
		.sort((a, b) => compare(missingFrom(a), missingFrom(b)));
	for (const { id } of missing.slice(0, FIND.maxRuns)) {
		const run = await find(id);
		if (run) runs.set(String(id), run);
	}
}

/** Adds the runs in progress that are on no page of a first check. */
export async function addInProgress<Run>(
	{ runs, hasEnd }: Read<Run>,
	{ inProgress, idOf }: RunRules<Run>,
): Promise<void> {
	if (hasEnd || !inProgress) return;
	for (const run of await inProgress()) {
		const id = String(idOf(run));
		if (!runs.has(id)) runs.set(id, run);
	}
}
