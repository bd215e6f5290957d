import type { CheckOptions, RunPage, RunRules } from './checkRuns';
import type { RunInProgress, Watch } from './watchState';

/** Bounds one look. */
const PAGES = 100;
/** Where runs can be read one by one: how many pages are read for those that go on, and how many single ones. */
const FIND = { beyondPages: 3, runs: 40 };

export function compare(one: bigint | number, other: bigint | number): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}

export function placeOf<Run>(run: Run, { orderOf }: RunRules<Run>): bigint {
	const order = orderOf(run);
	return typeof order === 'bigint' ? order : BigInt(Math.max(0, Math.trunc(order)));
}

export interface Read<Run> {
	runs: Map<string, Run>;
	hasEnd: boolean;
	isCutOff: boolean;
	/** All that was not read is at or below this place; null when nothing was left out, or is not known of. */
	unread: bigint | null;
}

/** Reads pages, newest first, as far back as something may be new. */
export async function readBack<Run>(
	pages: AsyncIterable<RunPage<Run>>,
	rules: RunRules<Run>,
	{ before, isOld, isWhole = false }: CheckOptions & { isOld: (run: Run) => boolean },
): Promise<Read<Run>> {
	const runs = new Map<string, Run>();
	let oldest: bigint | null = null;
	let count = 0;
	let hasEnd = false;
	let isEnough = false;
	const least = before ? 1 : (rules.firstPages ?? 1);
	for await (const { results, isLast } of pages) {
		for (const run of results) {
			runs.set(String(rules.idOf(run)), run);
			const place = placeOf(run, rules);
			if (oldest === null || place < oldest) oldest = place;
		}
		count++;
		hasEnd = isLast;
		const top = oldest;
		const isDeeper =
			before?.inProgress.some(
				({ id, order }) => !runs.has(String(id)) && (top === null || order <= top),
			) ?? false;
		const isDone = !isDeeper || (rules.find !== undefined && count >= FIND.beyondPages);
		// an empty page says nothing of those behind it
		isEnough = results.length > 0 && results.every(isOld) && isDone && count >= least;
		if (isLast || (isEnough && !isWhole) || count >= PAGES) break;
	}
	return {
		runs,
		hasEnd,
		isCutOff: !hasEnd && !isEnough,
		// what was not read is older; after a first look nothing else tells that it was there before
		unread: hasEnd || before ? null : oldest,
	};
}

/** Adds the runs that went on and were on no page, as they are now; first those that have waited longest for it. */
export async function findGoing<Run>(
	runs: Map<string, Run>,
	{ find }: RunRules<Run>,
	before: Watch,
): Promise<void> {
	if (!find) return;
	const waitedSince = ({ missingSince }: RunInProgress) => missingSince ?? Infinity;
	const waiting = before.inProgress
		.filter(({ id }) => !runs.has(String(id)))
		.sort((a, b) => compare(waitedSince(a), waitedSince(b)));
	for (const { id } of waiting.slice(0, FIND.runs)) {
		const run = await find(id);
		if (run) runs.set(String(id), run);
	}
}

/** Adds the runs that go on, and are on no page of those that a first look reads. */
export async function addGoing<Run>(
	{ runs, hasEnd }: Read<Run>,
	{ inProgress, idOf }: RunRules<Run>,
): Promise<void> {
	if (hasEnd || !inProgress) return;
	for (const run of await inProgress()) {
		const id = String(idOf(run));
		if (!runs.has(id)) runs.set(id, run);
	}
}
