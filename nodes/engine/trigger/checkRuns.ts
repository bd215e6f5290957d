import { addInProgress, compare, findInProgress, placeOf, readBack } from './readBack';
import type { Read } from './readBack';
import { markOf } from './watchState';
import type { RunInProgress, Id, Settled, Watch } from './watchState';

/**
 * Finds each finished run of one resource, such as a flow, exactly once, over several checks. Pure: takes and returns
 * what is known.
 *
 * Runs can appear late and out of order, end in any order, and move between pages while they are read. So a check
 * reads until all runs on a page are known. The latest ended runs are stored by ID, older ones by their position in
 * the order, and runs in progress by ID until they end.
 */

/** How to read the runs of a service. */
export interface RunRules<Run> {
	idOf: (run: Run) => Id;
	/** An integer that increases from run to run, e.g. a sequential ID, or the start time in ms. Ties are allowed. */
	orderOf: (run: Run) => number | bigint;
	isOver: (run: Run) => boolean;
	/** When the run ended or, if unknown, started, in epoch ms by the service's clock. */
	timeOf: (run: Run) => number | undefined;
	/** Whether the service guarantees that the newest run is first. Otherwise only a full check may forget runs. */
	isNewestFirst?: boolean;
	/** The minimum number of pages in a first check, to find runs behind newer ones. Default: 1. */
	firstPages?: number;
	/** The maximum number of stored runs in progress, because some may never end. Default: 200. */
	maxInProgress?: number;
	/** Lists the runs in progress, if the service supports it, so that a first check need not search for them. */
	inProgress?: () => Promise<Run[]>;
	/**
	 * Reads one run. Undefined if it does not exist. Used for runs in progress, which can be paused for days behind many
	 * newer runs. Without it, the pages are searched.
	 */
	find?: (id: Id) => Promise<Run | undefined>;
}

/** A page of runs, newest first. */
export interface RunPage<Run> {
	results: Run[];
	/** True if no page follows. */
	isLast: boolean;
	/** True if the service says that there are more runs, but not how to get them. Only on the last page. */
	isIncomplete?: boolean;
}

/** The starting point of a check. */
export interface CheckOptions {
	/** The result of the check before. Undefined for a first check. */
	before?: Watch;
	/**
	 * For a first check: runs that ended at this time or later are new, in epoch ms by the service's clock. If undefined,
	 * no run is new, and the watch starts with this check.
	 */
	since?: number;
	/** In epoch ms by n8n's clock. */
	now: number;
	/** How many ended runs are stored by ID. A run can appear late if fewer newer runs appeared before it. Default: 50. */
	kept?: number;
	/** Whether to read all pages, up to the limit of a check. */
	isFull?: boolean;
}

export interface CheckResult<Run> {
	after: Watch;
	/** The runs that ended since the check before, in order. */
	finished: Run[];
	/** True if there were so many new runs that older ones were not read. */
	isCutOff: boolean;
}

/** The default number of stored runs, and the number until all runs were read, if the order is not guaranteed. */
const KEPT = { least: 50, unread: 200 };
/** How late a run can appear in any case, in ms. After this time without new runs, only a position in the order is stored. */
const QUIET_MS = 3_600_000;
/** A run in progress that is no longer listed is forgotten after this time, in ms. */
const MISSING_MS = 86_400_000;
/** The default of `maxInProgress`. */
const MAX_IN_PROGRESS = 200;

/** What is known about a run from the check before. */
type Before = 'inProgress' | 'ended' | 'unknown';

function knownBefore<Run>(rules: RunRules<Run>, before: Watch): (run: Run) => Before {
	const inProgress = new Set(before.inProgress.map(({ id }) => String(id)));
	const settled = new Set(before.settled.map(({ mark }) => mark));
	return (run) => {
		const id = rules.idOf(run);
		if (inProgress.has(String(id))) return 'inProgress';
		const isBelow = before.floor !== null && placeOf(run, rules) <= before.floor;
		return isBelow || settled.has(markOf(id)) ? 'ended' : 'unknown';
	};
}

function highest(orders: Array<bigint | null>): bigint | null {
	return orders.reduce(
		(one, other) => (one === null || (other !== null && other > one) ? other : one),
		null,
	);
}

/** Returns the latest ended runs, and the position in the order below which all runs have ended. */
function settle(
	seen: Settled[],
	floor: bigint | null,
	kept: number,
): Pick<Watch, 'floor' | 'settled'> {
	const above = seen
		.filter(({ order }) => floor === null || order > floor)
		.sort((a, b) => compare(b.order, a.order));
	const least = above[kept - 1]?.order;
	if (least === undefined) return { floor, settled: above };
	const dropped = above.find(({ order }) => order < least);
	return {
		floor: dropped ? dropped.order : floor,
		settled: above.filter(({ order }) => order >= least),
	};
}

function settledAfter<Run>(
	over: Run[],
	rules: RunRules<Run>,
	{ before, now, kept = KEPT.least, read }: CheckOptions & { read: Read<Run> },
): Omit<Watch, 'inProgress'> {
	const seen = new Map(before?.settled.map((one) => [one.mark, one]));
	const known = seen.size;
	const floor = highest([before?.floor ?? null, read.unread]);
	for (const run of over) {
		const one = { mark: markOf(rules.idOf(run)), order: placeOf(run, rules) };
		if ((floor === null || one.order > floor) && !seen.has(one.mark)) seen.set(one.mark, one);
	}
	const isVerified = rules.isNewestFirst === true || read.hasEnd;
	const hasNews = before === undefined || seen.size > known;
	const settledAt = hasNews ? now : before.settledAt;
	if (isVerified && now - settledAt >= QUIET_MS) {
		return {
			floor: highest([floor, ...[...seen.values()].map(({ order }) => order)]),
			settled: [],
			settledAt,
		};
	}
	return { ...settle([...seen.values()], floor, isVerified ? kept : KEPT.unread), settledAt };
}

/**
 * Checks the runs of a resource.
 * @param pages newest first; read only as far as needed
 */
export async function checkRuns<Run>(
	pages: AsyncIterable<RunPage<Run>>,
	rules: RunRules<Run>,
	from: CheckOptions,
): Promise<CheckResult<Run>> {
	const { before, since = Infinity, now } = from;
	const { idOf, isOver, timeOf } = rules;
	const known = before && knownBefore(rules, before);
	const isNew = (run: Run) => {
		if (!known) return (timeOf(run) ?? -Infinity) >= since;
		return known(run) === 'inProgress' ? isOver(run) : known(run) === 'unknown';
	};
	const read = await readBack(pages, rules, { ...from, isOld: (run) => !isNew(run) });
	await (before ? findInProgress(read.runs, rules, before) : addInProgress(read, rules));
	const all = [...read.runs.values()];
	const over = all.filter(isOver);
	const inProgress = all
		// a service with several servers may return an ended run in an earlier state
		.filter((run) => !isOver(run) && known?.(run) !== 'ended')
		.map((run): RunInProgress => ({
			id: idOf(run),
			order: placeOf(run, rules),
			missingSince: null,
		}));
	const missing = (before?.inProgress ?? [])
		.filter(({ id }) => !read.runs.has(String(id)))
		.map((one) => ({ ...one, missingSince: one.missingSince ?? now }))
		.filter(({ missingSince }) => now - missingSince < MISSING_MS);
	return {
		after: {
			...settledAfter(over, rules, { ...from, read }),
			inProgress: [...inProgress, ...missing].slice(0, rules.maxInProgress ?? MAX_IN_PROGRESS),
		},
		finished: over.filter(isNew).sort((a, b) => compare(placeOf(a, rules), placeOf(b, rules))),
		isCutOff: read.isCutOff,
	};
}
