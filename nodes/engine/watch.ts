import { markOf } from './watchState';
import type { Going, Id, Settled, Watch } from './watchState';

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
	/** How many pages a first look reads at least, for runs that go on behind newer ones. */
	firstPages?: number;
	/** All runs that go on, where the service can tell: a first look then need not search the pages for them. */
	going?: () => Promise<Run[]>;
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
export interface LookFrom {
	/** What the look before left; without it, this is the first. */
	before?: Watch;
	/**
	 * For a first look: runs that ended from then on are new, epoch ms by the service's clock.
	 * Without it no run is, and the watch begins with this look.
	 */
	since?: number;
	/** Epoch ms by n8n's clock: how long something has been so. */
	now: number;
	/** How many runs are kept by their marks: how late a run may appear, in runs that came after it. */
	kept?: number;
	/** Reads all pages, as far as one look may. */
	isWhole?: boolean;
}

export interface Look<Run> {
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
const GOING = 200;
/** Bounds one look. */
const PAGES = 100;
/** Where runs can be read one by one: how many pages are read for those that go on, and how many single ones. */
const FIND = { beyondPages: 3, runs: 40 };

interface Known<Run> {
	isKnown: (run: Run) => boolean;
	isSettled: (run: Run) => boolean;
}

function placeOf<Run>(run: Run, { orderOf }: RunRules<Run>): bigint {
	const order = orderOf(run);
	return typeof order === 'bigint' ? order : BigInt(Math.max(0, Math.trunc(order)));
}

function whatIsKnown<Run>(rules: RunRules<Run>, before: Watch): Known<Run> {
	const going = new Set(before.going.map(({ id }) => String(id)));
	const settled = new Set(before.settled.map(({ mark }) => mark));
	const isSettled = (run: Run) => settled.has(markOf(rules.idOf(run)));
	const isBelow = (run: Run) => before.floor !== null && placeOf(run, rules) <= before.floor;
	return {
		isSettled,
		isKnown: (run) =>
			going.has(String(rules.idOf(run))) ? !rules.isOver(run) : isBelow(run) || isSettled(run),
	};
}

interface Read<Run> {
	runs: Map<string, Run>;
	hasEnd: boolean;
	isCutOff: boolean;
	/** All that was not read is at or below this place; null when nothing was left out, or is not known of. */
	unread: bigint | null;
}

/** Reads pages, newest first, as far back as something may be new. */
async function readBack<Run>(
	pages: AsyncIterable<RunPage<Run>>,
	rules: RunRules<Run>,
	{ before, isOld, isWhole = false }: LookFrom & { isOld: (run: Run) => boolean },
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
			before?.going.some(
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
async function findGoing<Run>(
	runs: Map<string, Run>,
	{ find }: RunRules<Run>,
	before: Watch,
): Promise<void> {
	if (!find) return;
	const waitedSince = ({ missingSince }: Going) => missingSince ?? Infinity;
	const waiting = before.going
		.filter(({ id }) => !runs.has(String(id)))
		.sort((a, b) => compare(waitedSince(a), waitedSince(b)));
	for (const { id } of waiting.slice(0, FIND.runs)) {
		const run = await find(id);
		if (run) runs.set(String(id), run);
	}
}

/** Adds the runs that go on, and are on no page of those that a first look reads. */
async function addGoing<Run>(
	{ runs, hasEnd }: Read<Run>,
	{ going, idOf }: RunRules<Run>,
): Promise<void> {
	if (hasEnd || !going) return;
	for (const run of await going()) {
		const id = String(idOf(run));
		if (!runs.has(id)) runs.set(id, run);
	}
}

function compare(one: bigint | number, other: bigint | number): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
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
	{ before, now, kept = KEPT.least, read }: LookFrom & { read: Read<Run> },
): Omit<Watch, 'going'> {
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
export async function look<Run>(
	pages: AsyncIterable<RunPage<Run>>,
	rules: RunRules<Run>,
	from: LookFrom,
): Promise<Look<Run>> {
	const { before, since = Infinity, now } = from;
	const { idOf, isOver, timeOf } = rules;
	const known = before && whatIsKnown(rules, before);
	const isNew = (run: Run) => (known ? !known.isKnown(run) : (timeOf(run) ?? -Infinity) >= since);
	const read = await readBack(pages, rules, { ...from, isOld: (run) => !isNew(run) });
	await (before ? findGoing(read.runs, rules, before) : addGoing(read, rules));
	const all = [...read.runs.values()];
	const over = all.filter(isOver);
	const going = all
		// an answer from before it ended, which a service with several servers may give, does not bring it back
		.filter((run) => !isOver(run) && !known?.isSettled(run))
		.map((run): Going => ({ id: idOf(run), order: placeOf(run, rules), missingSince: null }));
	const missing = (before?.going ?? [])
		.filter(({ id }) => !read.runs.has(String(id)))
		.map((one) => ({ ...one, missingSince: one.missingSince ?? now }))
		.filter(({ missingSince }) => now - missingSince < MISSING_MS);
	return {
		after: {
			...settledAfter(over, rules, { ...from, read }),
			going: [...going, ...missing].slice(0, GOING),
		},
		finished: over.filter(isNew).sort((a, b) => compare(placeOf(a, rules), placeOf(b, rules))),
		isCutOff: read.isCutOff,
	};
}
