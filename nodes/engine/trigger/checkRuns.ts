import { addGoing, compare, findGoing, placeOf, readBack } from './readBack';
import type { Read } from './readBack';
import { markOf } from './watchState';
import type { RunInProgress, Id, Settled, Watch } from './watchState';

/**
 * Finds each finished run of one thing, such as a flow, exactly once, look by look. Pure: what is known goes in
 * and comes out.
 *
 * Runs may appear late and out of order, end in any order, and move from page to page while they are read.
 * So a look goes back until it meets a page on which all is known; the latest runs that were seen to
 * their end are kept by a mark of their ID, older ones by their place in the order, and those still going on by ID
 * until they end.
 */

/** How a service's runs are read. */
export interface RunRules<Run> {
	idOf: (run: Run) => Id;
	/** A whole number that grows from run to run, ties allowed: an ID that counts up, or the ms when it began. */
	orderOf: (run: Run) => number | bigint;
	isOver: (run: Run) => boolean;
	/** When it ended or, where that is not told, began: epoch ms by the service's clock. */
	timeOf: (run: Run) => number | undefined;
	/** Whether the service says that the newest come first; else runs are forgotten only after a look at all of them. */
	isNewestFirst?: boolean;
	/** How many pages a first look reads at least, for runs that go on, or ended late, behind newer ones. */
	firstPages?: number;
	/** All runs that go on, where the service can tell: a first look then need not search the pages for them. */
	inProgress?: () => Promise<Run[]>;
	/**
	 * Reads one run, undefined when there is none: for those that go on, as paused ones may for days, behind more
	 * runs than are read at once. Without it they are looked for page by page.
	 */
	find?: (id: Id) => Promise<Run | undefined>;
}

/** A page of runs, newest first. */
export interface RunPage<Run> {
	results: Run[];
	/** True when it is known that none follows. */
	isLast: boolean;
}

/** What a look starts from. */
export interface CheckOptions {
	/** What the look before left; without it, this is the first. */
	before?: Watch;
	/**
	 * For a first look: runs that ended from then on are new, epoch ms by the service's clock.
	 * Without it no run is, and the watch begins with this look.
	 */
	since?: number;
	/** Epoch ms by n8n's clock: how long something has been so. */
	now: number;
	/** How many runs are kept by their marks: how late a run may appear, in runs of its page that came after it. */
	kept?: number;
	/** Reads all pages, as far as one look may. */
	isWhole?: boolean;
}

export interface CheckResult<Run> {
	after: Watch;
	/** Those that ended since the look before, in their order. */
	finished: Run[];
	/** True when there was so much new that older runs were not read any more. */
	isCutOff: boolean;
}

/** How many are kept, if nothing else is said; and until all runs are read, where no order is promised. */
const KEPT = { least: 50, unread: 200 };
/** How late a run may appear in any case. Of a thing without news for so long, only a place in the order is kept. */
const QUIET_MS = 3_600_000;
/** A run that goes on, and is not listed any more, is forgotten after a day. */
const MISSING_MS = 86_400_000;
/** Bounds what is remembered of runs that never end. */
const MAX_IN_PROGRESS = 200;
/** What a look before has left of a run. */
type Before = 'going' | 'ended' | 'unknown';

function whatIsKnown<Run>(rules: RunRules<Run>, before: Watch): (run: Run) => Before {
	const going = new Set(before.inProgress.map(({ id }) => String(id)));
	const settled = new Set(before.settled.map(({ mark }) => mark));
	return (run) => {
		const id = rules.idOf(run);
		if (going.has(String(id))) return 'going';
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

/** The latest of the runs seen to their end by their marks, and the place in the order below which all are. */
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
 * Looks at the runs of a thing.
 * @param pages newest first; read no further than needed
 */
export async function checkRuns<Run>(
	pages: AsyncIterable<RunPage<Run>>,
	rules: RunRules<Run>,
	from: CheckOptions,
): Promise<CheckResult<Run>> {
	const { before, since = Infinity, now } = from;
	const { idOf, isOver, timeOf } = rules;
	const known = before && whatIsKnown(rules, before);
	const isNew = (run: Run) => {
		if (!known) return (timeOf(run) ?? -Infinity) >= since;
		return known(run) === 'going' ? isOver(run) : known(run) === 'unknown';
	};
	const read = await readBack(pages, rules, { ...from, isOld: (run) => !isNew(run) });
	await (before ? findGoing(read.runs, rules, before) : addGoing(read, rules));
	const all = [...read.runs.values()];
	const over = all.filter(isOver);
	const going = all
		// an answer from before it ended, which a service with several servers may give, does not bring it back
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
			inProgress: [...going, ...missing].slice(0, MAX_IN_PROGRESS),
		},
		finished: over.filter(isNew).sort((a, b) => compare(placeOf(a, rules), placeOf(b, rules))),
		isCutOff: read.isCutOff,
	};
}
