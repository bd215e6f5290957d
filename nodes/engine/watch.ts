/**
 * Finds each finished run of one thing, such as a flow, exactly once, look by look. Pure: what is known
 * goes in and comes out as plain JSON.
 *
 * Runs may appear late and out of order, end in any order, and move from page to page while they are read.
 * So a look goes back until it meets a page on which all is known; the latest runs that were seen to
 * their end are kept by ID, older ones by their place in the order, and those still going on by ID until they end.
 */

export type Id = string | number;

/** How a service's runs are read. */
export interface RunRules<Run> {
	idOf: (run: Run) => Id;
	/** Grows from run to run, ties allowed: an ID that counts up, or the time when it began. */
	orderOf: (run: Run) => number;
	isOver: (run: Run) => boolean;
	/** When it ended or, where that is not told, began: epoch ms by the service's clock. */
	timeOf: (run: Run) => number | undefined;
	/**
	 * Reads one run, undefined when there is none: for those that go on, as paused ones may for days, behind more
	 * runs than are read at once. Without it they are looked for page by page.
	 */
	find?: (id: Id) => Promise<Run | undefined>;
}

type Seen = [id: Id, order: number];

/** A page of runs, newest first. */
export interface RunPage<Run> {
	results: Run[];
	/** True when it is known that none follows. */
	isLast: boolean;
}

/** What is known of the runs of one thing. */
export interface Watch {
	/** All runs at or below this place in the order were seen to their end, but for those in `going`. */
	floor: number | null;
	/** The runs above it that were seen to their end. */
	settled: Seen[];
	/** Those that were still going on, and in how many looks since they were not found. */
	going: Array<[id: Id, order: number, missed: number]>;
}

export interface Look<Run> {
	after: Watch;
	/** Those that ended since the look before, in their order. */
	finished: Run[];
	/** True when there was so much new that older runs were not read any more. */
	isCutOff: boolean;
}

/** How late a run may appear, in runs that came after it. */
const KEPT = 50;
/** A run that is not listed any more is forgotten after so many looks. */
const MISSED = 10;
/** Bounds what is remembered of runs that never end. */
const GOING = 200;
/** Bounds one look. */
const PAGES = 100;
/** Where runs can be read one by one: how many pages are read for those that go on, and how many single ones. */
const FIND = { beyondPages: 3, runs: 40 };

function isKnown<Run>(run: Run, { idOf, orderOf, isOver }: RunRules<Run>, before: Watch): boolean {
	const isGoing = before.going.some(([id]) => id === idOf(run));
	if (isGoing) return !isOver(run);
	return orderOf(run) <= (before.floor ?? -Infinity) || isSettled(idOf(run), before);
}

function isSettled(wanted: Id, { settled }: Watch): boolean {
	return settled.some(([id]) => id === wanted);
}

/** Reads pages, newest first, as far back as something may be new. */
async function readBack<Run>(
	pages: AsyncIterable<RunPage<Run>>,
	rules: RunRules<Run>,
	{ before, since }: { before?: Watch; since?: number },
): Promise<{ runs: Map<Id, Run>; isCutOff: boolean; unread: number | null }> {
	const runs = new Map<Id, Run>();
	let oldest = Infinity;
	let count = 0;
	const isOld = (run: Run) =>
		before
			? isKnown(run, rules, before)
			: !((rules.timeOf(run) ?? -Infinity) >= (since ?? Infinity));
	for await (const page of pages) {
		for (const run of page.results) {
			runs.set(rules.idOf(run), run);
			oldest = Math.min(oldest, rules.orderOf(run));
		}
		const isDeeper = before?.going.some(([id, order]) => !runs.has(id) && order <= oldest) ?? false;
		count++;
		const isDone = !isDeeper || (rules.find !== undefined && count >= FIND.beyondPages);
		// an empty page says nothing of those behind it
		const isEnough = page.results.length > 0 && page.results.every(isOld) && isDone;
		const isCutOff = count >= PAGES && !page.isLast;
		// what was not read is older; after a first look nothing else tells that it was there before
		const unread = page.isLast || before || runs.size === 0 ? null : oldest;
		if (isEnough || isCutOff || page.isLast)
			return { runs, isCutOff: isCutOff && !isEnough, unread };
	}
	return { runs, isCutOff: false, unread: null };
}

/** Adds the runs that went on and were on no page, as they are now; first those that have waited longest for it. */
async function findGoing<Run>(
	runs: Map<Id, Run>,
	{ find }: RunRules<Run>,
	before?: Watch,
): Promise<void> {
	if (!find || !before) return;
	const waiting = before.going.filter(([id]) => !runs.has(id)).sort((a, b) => b[2] - a[2]);
	for (const [id] of waiting.slice(0, FIND.runs)) {
		const run = await find(id);
		if (run) runs.set(id, run);
	}
}

function highest(one: number | null, other: number | null): number | null {
	return one === null || (other !== null && other > one) ? other : one;
}

/** The latest of the runs seen to their end by ID, and the place in the order below which all are. */
function settle(seen: Seen[], floor: number | null): Pick<Watch, 'floor' | 'settled'> {
	const above = seen
		.filter(([, order]) => order > (floor ?? -Infinity))
		.sort((a, b) => b[1] - a[1]);
	const least = above[KEPT - 1]?.[1] ?? -Infinity;
	const dropped = above.find(([, order]) => order < least);
	return {
		floor: dropped ? dropped[1] : floor,
		settled: above.filter(([, order]) => order >= least),
	};
}

/**
 * Looks at the runs of a thing.
 * @param pages newest first; read no further than needed
 * @param before what the look before left; without it, this is the first
 * @param since for a first look: runs that ended from then on are new, epoch ms by the service's clock.
 *   Without it no run is, and the watch begins with this look.
 */
export async function look<Run>(
	pages: AsyncIterable<RunPage<Run>>,
	rules: RunRules<Run>,
	{ before, since }: { before?: Watch; since?: number },
): Promise<Look<Run>> {
	const { idOf, orderOf, isOver, timeOf } = rules;
	const { runs, isCutOff, unread } = await readBack(pages, rules, { before, since });
	await findGoing(runs, rules, before);
	const all = [...runs.values()];
	const over = all.filter(isOver);
	const finished = over.filter((run) =>
		before ? !isKnown(run, rules, before) : (timeOf(run) ?? -Infinity) >= (since ?? Infinity),
	);
	const seen = new Map<Id, number>(before?.settled);
	for (const run of over) seen.set(idOf(run), orderOf(run));
	const missing = (before?.going ?? []).filter(([id]) => !runs.has(id));
	return {
		after: {
			...settle([...seen], highest(before?.floor ?? null, unread)),
			going: [
				...all
					.filter((run) => !isOver(run))
					.map((run): Watch['going'][number] => [idOf(run), orderOf(run), 0]),
				...missing
					.map(([id, order, missed]): Watch['going'][number] => [id, order, missed + 1])
					.filter(([, , missed]) => missed < MISSED),
			].slice(0, GOING),
		},
		finished: finished.sort((a, b) => orderOf(a) - orderOf(b)),
		isCutOff,
	};
}

/** What was stored, if it is a watch. */
export function readWatch(stored: unknown): Watch | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	const { floor, settled, going } = stored as Partial<Record<keyof Watch, unknown>>;
	const isList = (list: unknown, length: number): boolean =>
		Array.isArray(list) &&
		list.every(
			(entry) =>
				Array.isArray(entry) &&
				entry.length === length &&
				['string', 'number'].includes(typeof entry[0]) &&
				entry.slice(1).every((part) => typeof part === 'number'),
		);
	const fits =
		(floor === null || typeof floor === 'number') && isList(settled, 2) && isList(going, 3);
	return fits ? (stored as Watch) : undefined;
}
