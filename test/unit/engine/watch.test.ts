import { checkRuns } from '../../../nodes/engine/trigger/checkRuns.ts';
import type { RunPage, RunRules } from '../../../nodes/engine/trigger/checkRuns.ts';
import { packWatch, unpackWatch } from '../../../nodes/engine/trigger/watchState.ts';
import type { Watch } from '../../../nodes/engine/trigger/watchState.ts';

interface TestRun {
	id: number;
	/** When it appears in the list. */
	visibleAt: number;
	beganAt: number;
	endsAt: number;
	/** Set by the service at the time of a check. */
	over?: boolean;
}

/** By ID, as in Portable, or by the start time in seconds, as in the other services, with ties. */
const orders: Record<string, TestRules> = {
	id: rules(({ id }) => id),
	time: rules(({ beganAt }) => Math.floor(beganAt / 1000) * 1000),
};

type TestRules = RunRules<TestRun> & { orderOf: (run: TestRun) => number };

function rules(orderOf: (run: TestRun) => number): TestRules {
	return {
		idOf: ({ id }) => id,
		orderOf,
		isOver: ({ over }) => over === true,
		timeOf: ({ beganAt, endsAt, over }) => (over === true ? endsAt : beganAt),
		isNewestFirst: true,
	};
}

/** A service that lists the current runs newest first, in pages. */
class Runs {
	readonly all: TestRun[] = [];

	now = 0;

	pagesRead = 0;

	/** Called between two pages, to simulate other users of the service. */
	between: () => void = () => undefined;

	add(run: Partial<TestRun> & { endsAt: number }): TestRun {
		const id = this.all.length + 1;
		const added = { id, beganAt: this.now, visibleAt: this.now, ...run };
		this.all.push(added);
		return added;
	}

	private listed(order: (run: TestRun) => number): TestRun[] {
		return this.all
			.filter(({ visibleAt }) => visibleAt <= this.now)
			.map((run) => ({ ...run, over: run.endsAt <= this.now }))
			.sort((a, b) => order(b) - order(a) || b.id - a.id);
	}

	find(wanted: number): TestRun | undefined {
		return this.listed(orderOf).find(({ id }) => id === wanted);
	}

	inProgress(): TestRun[] {
		return this.listed(orderOf).filter(({ over }) => over !== true);
	}

	async *pages(order: (run: TestRun) => number, size = 100): AsyncGenerator<RunPage<TestRun>> {
		for (let offset = 0; ; offset += size - 1) {
			this.pagesRead++;
			const page = this.listed(order).slice(offset, offset + size);
			await Promise.resolve();
			yield { results: page, isLast: page.length < size };
			if (page.length < size) return;
			this.between();
		}
	}

	/** Ends all runs. */
	endAll(): void {
		this.now = Math.max(this.now, ...this.all.flatMap((run) => [run.endsAt, run.visibleAt])) + 1;
	}
}

const orderOf = ({ id }: TestRun): number => id;
const byId = rules(orderOf);

const HOUR = 3_600_000;

/** No runs are known, and all runs are new. */
const nothing: Watch = { floor: 0n, settled: [], settledAt: 0, inProgress: [] };

/** As stored in n8n's database. */
function throughJson(watch: Watch): Watch {
	const stored = unpackWatch(JSON.parse(JSON.stringify(packWatch(watch))));
	if (!stored) throw new Error('What was stored cannot be read');
	return stored;
}

/** Runs a check. The state passes through JSON, as in n8n's database. */
async function next(
	runs: Runs,
	before?: Watch,
	{ since, size }: { since?: number; size?: number } = {},
) {
	const from = { before, since, now: runs.now };
	const result = await checkRuns(runs.pages(orderOf, size), byId, from);
	const after = throughJson(result.after);
	return { ...result, after, ids: result.finished.map(({ id }) => id) };
}

describe('a check', () => {
	it('starts the watch if it is the first: runs that ended before are not new', async () => {
		const runs = new Runs();
		runs.add({ endsAt: 0 });
		const first = await next(runs);
		expect(first.ids).toEqual([]);
		runs.add({ endsAt: 0 });
		const second = await next(runs, first.after);
		expect(second.ids).toEqual([2]);
		expect((await next(runs, second.after)).ids).toEqual([]);
	});

	it('reports a run in progress when it ends, regardless of how many newer runs there are', async () => {
		const runs = new Runs();
		const long = runs.add({ endsAt: Infinity });
		let { after } = await next(runs);
		for (let day = 0; day < 5; day++) {
			for (let i = 0; i < 60; i++) runs.add({ endsAt: 0 });
			const result = await next(runs, after);
			expect(result.ids).toHaveLength(60);
			after = result.after;
		}
		long.endsAt = 0;
		const result = await next(runs, after);
		expect(result.ids).toEqual([1]);
		expect((await next(runs, result.after)).ids).toEqual([]);
	});

	it('reads a run in progress by its ID, if the service supports it, behind any number of newer runs', async () => {
		const runs = new Runs();
		const long = Array.from({ length: 90 }, () => runs.add({ endsAt: Infinity }));
		const found: number[] = [];
		const rule: TestRules = {
			...byId,
			find: async (id) => {
				found.push(Number(id));
				return await Promise.resolve(runs.find(Number(id)));
			},
		};
		const again = async (before?: Watch) =>
			await checkRuns(runs.pages(orderOf, 10), rule, { before, now: runs.now++ });
		let { after } = await again(nothing);
		for (let i = 0; i < 3000; i++) runs.add({ endsAt: 0 });
		for (let i = 0; i < 20; i++) {
			runs.pagesRead = 0;
			found.length = 0;
			({ after } = await again(after));
			expect(found).toHaveLength(40);
			if (i > 0) expect(runs.pagesRead).toBe(3);
		}
		expect(after.inProgress).toHaveLength(90);
		for (const run of long) run.endsAt = 0;
		const ended: number[] = [];
		for (let i = 0; i < 4; i++) {
			const result = await again(after);
			ended.push(...result.finished.map(({ id }) => id));
			({ after } = result);
		}
		expect(ended.sort((a, b) => a - b)).toEqual(long.map(({ id }) => id));
		expect(after.inProgress).toEqual([]);
	});

	it('finds a run that appears late, behind newer ones', async () => {
		const runs = new Runs();
		const { after } = await next(runs);
		const late = runs.add({ endsAt: 0, visibleAt: Infinity });
		for (let i = 0; i < 30; i++) runs.add({ endsAt: 0 });
		const result = await next(runs, after);
		expect(result.ids).toHaveLength(30);
		late.visibleAt = 0;
		expect((await next(runs, result.after)).ids).toEqual([1]);
	});

	it('finds a run that appears late among many with the same start time', async () => {
		const runs = new Runs();
		const rule = orders.time ?? byId;
		const check = async (before?: Watch) =>
			await checkRuns(runs.pages(rule.orderOf), rule, { before, now: runs.now });
		let { after } = await check();
		for (let i = 0; i < 60; i++) runs.add({ endsAt: 0 });
		({ after } = await check(after));
		runs.add({ endsAt: 0 });
		expect((await check(after)).finished.map(({ id }) => id)).toEqual([61]);
	});

	it('reads only the pages with new runs, and one page if there are none', async () => {
		const runs = new Runs();
		for (let i = 0; i < 1000; i++) runs.add({ endsAt: 0 });
		const first = await next(runs);
		expect(runs.pagesRead).toBe(1);
		for (let i = 0; i < 950; i++) runs.add({ endsAt: 0 });
		const second = await next(runs, first.after);
		expect(second.ids).toEqual(Array.from({ length: 950 }, (_, i) => 1001 + i));
		expect(runs.pagesRead).toBeLessThanOrEqual(12);
		runs.pagesRead = 0;
		expect((await next(runs, second.after)).ids).toEqual([]);
		expect(runs.pagesRead).toBe(1);
	});

	it.each([30, 100])('does not report old runs behind a first page of %i', async (size) => {
		const runs = new Runs();
		for (let i = 0; i < 400; i++) runs.add({ endsAt: 0 });
		let { after } = await next(runs, undefined, { size });
		for (let i = 401; i < 480; i++) {
			runs.add({ endsAt: 0 });
			const result = await next(runs, after, { size });
			expect(result.ids).toEqual([i]);
			after = result.after;
		}
	});

	it('reads past an empty page, and does not report runs of the first check', async () => {
		const runs = new Runs();
		for (let i = 0; i < 200; i++) runs.add({ endsAt: 0 });
		const behindEmpty = async function* () {
			yield { results: [], isLast: false };
			yield* runs.pages(orderOf, 30);
		};
		const first = await checkRuns(behindEmpty(), byId, { now: 0 });
		const before = throughJson(first.after);
		runs.add({ endsAt: 0 });
		const { finished } = await checkRuns(behindEmpty(), byId, { before, now: 0 });
		expect(finished.map(({ id }) => id)).toEqual([201]);
	});

	it('reports that it was cut off if there are more new runs than it reads, and continues from there', async () => {
		const runs = new Runs();
		runs.add({ endsAt: 0 });
		const first = await next(runs, undefined, { size: 10 });
		for (let i = 0; i < 2000; i++) runs.add({ endsAt: 0 });
		const second = await next(runs, first.after, { size: 10 });
		expect(second.isCutOff).toBe(true);
		expect(second.ids.length).toBeGreaterThan(800);
		expect(second.ids.at(-1)).toBe(2001);
		expect((await next(runs, second.after, { size: 10 })).ids).toEqual([]);
	});

	it('does not report that it was cut off if the last page is known', async () => {
		const runs = new Runs();
		for (let i = 0; i < 200; i++) runs.add({ endsAt: 0 });
		const first = await next(runs, undefined, { size: 10 });
		runs.pagesRead = 0;
		for (let i = 0; i < 885; i++) runs.add({ endsAt: 0 });
		const second = await next(runs, first.after, { size: 10 });
		expect([runs.pagesRead, second.isCutOff]).toEqual([100, false]);
		expect(second.ids).toHaveLength(885);
	});

	it('stores at most 200 runs in progress', async () => {
		const runs = new Runs();
		for (let i = 0; i < 500; i++) runs.add({ endsAt: Infinity });
		const { after } = await next(runs, nothing);
		expect(after.inProgress).toHaveLength(200);
		expect(after.inProgress[0]?.id).toBe(500);
	});

	it('reports runs that ended since the start of the watch, in a late first check', async () => {
		const runs = new Runs();
		runs.now = 100;
		runs.add({ beganAt: 10, endsAt: 20 });
		runs.add({ beganAt: 10, endsAt: 60 });
		runs.add({ beganAt: 70, endsAt: 80 });
		runs.add({ beganAt: 70, endsAt: 200 });
		const result = await next(runs, undefined, { since: 50 });
		expect(result.ids).toEqual([2, 3]);
		runs.now = 200;
		expect((await next(runs, result.after, { since: 50 })).ids).toEqual([4]);
	});

	it('does not report a run again that is missing in one check and back in the next', async () => {
		const runs = new Runs();
		const flickers = runs.add({ endsAt: 0 });
		const goes = runs.add({ endsAt: Infinity });
		const first = await next(runs);
		flickers.visibleAt = Infinity;
		goes.visibleAt = Infinity;
		const second = await next(runs, first.after);
		flickers.visibleAt = 0;
		goes.visibleAt = 0;
		goes.endsAt = 0;
		expect((await next(runs, second.after)).ids).toEqual([2]);
	});

	it('stops searching for a run that is no longer listed, after a day', async () => {
		const runs = new Runs();
		const gone = runs.add({ endsAt: Infinity });
		let { after } = await next(runs);
		gone.visibleAt = Infinity;
		for (let i = 0; i < 500; i++) runs.add({ endsAt: 0 });
		for (let hour = 0; hour <= 24; hour++) {
			({ after } = await next(runs, after));
			expect(after.inProgress).toHaveLength(hour < 24 ? 1 : 0);
			runs.now += HOUR;
		}
		runs.pagesRead = 0;
		await next(runs, after);
		expect(runs.pagesRead).toBe(1);
	});
});

describe('a first check', () => {
	it('finds a run in progress behind newer ones, on the pages that it reads', async () => {
		const runs = new Runs();
		const long = [runs.add({ endsAt: Infinity }), runs.add({ endsAt: Infinity })];
		for (let i = 0; i < 40; i++) runs.add({ endsAt: 0 });
		const rule: TestRules = { ...byId, firstPages: 3 };
		const again = async (before?: Watch) =>
			await checkRuns(runs.pages(orderOf, 20), rule, { before, now: 0 });
		const { after } = await again();
		for (const run of long) run.endsAt = 0;
		expect((await again(throughJson(after))).finished.map(({ id }) => id)).toEqual([1, 2]);
	});

	it('lists the runs in progress, if the service supports it, behind any number of newer runs', async () => {
		const runs = new Runs();
		const long = runs.add({ endsAt: Infinity });
		for (let i = 0; i < 5000; i++) runs.add({ endsAt: 0 });
		let requests = 0;
		const rule: TestRules = {
			...byId,
			find: async () => await Promise.resolve(runs.find(1)),
			inProgress: async () => {
				requests++;
				return await Promise.resolve(runs.inProgress());
			},
		};
		const again = async (before?: Watch) =>
			await checkRuns(runs.pages(orderOf), rule, { before, now: 0 });
		const { after } = await again();
		long.endsAt = 0;
		const { finished } = await again(throughJson(after));
		expect(finished.map(({ id }) => id)).toEqual([1]);
		expect(requests).toBe(1);
	});
});

it('does not report a run again that an older response shows as in progress', async () => {
	const runs = new Runs();
	let { after } = await next(runs);
	const run = runs.add({ endsAt: 0 });
	const ends = [0, Infinity, 0];
	const reported: number[] = [];
	for (const endsAt of ends) {
		run.endsAt = endsAt;
		const result = await next(runs, after);
		reported.push(...result.ids);
		({ after } = result);
	}
	expect(reported).toEqual([1]);
});

describe('a resource without new runs for an hour', () => {
	it('is stored as a position in the order', async () => {
		const runs = new Runs();
		for (let i = 0; i < 40; i++) runs.add({ endsAt: 0 });
		let { after } = await next(runs);
		expect(after.settled).toHaveLength(40);
		runs.now += HOUR;
		({ after } = await next(runs, after));
		expect(packWatch(after)).toEqual(['14']);
		runs.add({ endsAt: 0 });
		expect((await next(runs, after)).ids).toEqual([41]);
	});

	it('is stored with its runs until all were read, if the order is not guaranteed', async () => {
		const runs = new Runs();
		for (let i = 0; i < 300; i++) runs.add({ endsAt: 0 });
		const rule: TestRules = { ...byId, isNewestFirst: false };
		const again = async (before: Watch, isFull: boolean) =>
			await checkRuns(runs.pages(orderOf), rule, { before, now: 2 * HOUR, isFull, kept: 10 });
		const known = Array.from({ length: 90 }, (_, index) => ({
			mark: (300 - index).toString(36),
			order: BigInt(300 - index),
		}));
		const before: Watch = { floor: 210n, settled: known, settledAt: 0, inProgress: [] };
		const { after } = await again(before, false);
		expect(after.settled).toHaveLength(90);
		expect((await again(after, true)).after).toEqual({ ...before, floor: 300n, settled: [] });
	});
});

/** mulberry32 */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

/**
 * Simulates one resource: runs start, appear late, overlap and end in any order; pages move while they are read;
 * checks fail; and n8n restarts from the state that it stored last.
 */
async function simulate(seed: number, order: TestRules, pageSize: number): Promise<void> {
	const random = seeded(seed);
	const runs = new Runs();
	const reported = new Map<number, number>();
	const begin = (count: number) => {
		for (let i = 0; i < count; i++) {
			const length = random() < 0.05 ? random() * 200_000 : random() * 20_000;
			const late = random() < 0.2 ? random() * 3000 : 0;
			runs.add({ endsAt: runs.now + length, visibleAt: runs.now + late });
			runs.now += Math.floor(random() * 300);
		}
	};
	runs.between = () => {
		if (random() < 0.5) begin(1);
	};
	begin(Math.floor(random() * 150));
	runs.endAll();
	const before = runs.all.length;

	let known: Watch | undefined;
	let stored: Watch | undefined;
	const step = async () => {
		const pages = runs.pages(order.orderOf, pageSize);
		const find = async (id: unknown) => await Promise.resolve(runs.find(Number(id)));
		const rule = random() < 0.5 ? order : { ...order, find };
		const fails = random() < 0.1;
		const some = async function* () {
			for await (const page of pages) {
				if (fails && random() < 0.5) throw new Error('502');
				yield page;
			}
		};
		const from = { before: known, now: runs.now };
		const result = await checkRuns(some(), rule, from).catch(() => undefined);
		if (!result) return;
		known = throughJson(result.after);
		for (const { id } of result.finished) reported.set(id, (reported.get(id) ?? 0) + 1);
		if (result.finished.length > 0) stored = known;
		// without stored state, the watch would start again; n8n stores the state when the workflow is activated
		stored ??= known;
		if (random() < 0.05) known = throughJson(stored);
	};
	while (!known) await step();
	for (let poll = 0; poll < 60; poll++) {
		// sometimes n8n is down for a long time
		begin(Math.floor(random() * (random() < 0.1 ? 120 : 6)));
		runs.now += Math.floor(random() * 10_000);
		await step();
	}
	runs.between = () => undefined;
	runs.endAll();
	for (let poll = 0; poll < 20; poll++) await step();

	const expected = runs.all.slice(before).map(({ id }) => id);
	const lost = expected.filter((id) => !reported.has(id));
	const twice = [...reported].filter(([id, times]) => times > 1 || id <= before);
	expect({ seed, lost, twice }).toEqual({ seed, lost: [], twice: [] });
}

describe('thousands of runs are each reported exactly once', () => {
	it.each([
		['id', 100],
		['time', 100],
		['id', 30],
		['time', 30],
	])('ordered by %s, %i per page', async (order, pageSize) => {
		for (let seed = 1; seed <= 25; seed++) {
			await simulate(seed * 7919 + pageSize, orders[order] ?? byId, pageSize);
		}
	});
});
