import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { keptRuns, pollState, storePollState } from '../../../nodes/engine/trigger/pollState.ts';
import {
	leastRecentlyChecked,
	recordChecked,
	scheduleOf,
} from '../../../nodes/engine/trigger/checkSchedule.ts';
import { checkRuns } from '../../../nodes/engine/trigger/checkRuns.ts';
import type { RunPage, RunRules } from '../../../nodes/engine/trigger/checkRuns.ts';

/** An event in a service or in n8n. */
type Event =
	| { kind: 'starts'; flow: number; lasts: number; lateBy: number }
	| { kind: 'passes'; seconds: number }
	| { kind: 'polls'; hiccup: Hiccup }
	/** n8n restarts with the stored state or, if lossy, with the state stored before that. */
	| { kind: 'restarts'; isLossy: boolean }
	| { kind: 'vanishes'; flow: number; polls: number };

/** A problem in a poll. */
type Hiccup = 'none' | 'empty list' | 'short list' | 'a page fails' | 'an older response';

interface ModelRun {
	id: string;
	flow: number;
	beganAt: number;
	endsAt: number;
	visibleAt: number;
}

interface Shown extends ModelRun {
	isOver: boolean;
}

const FLOWS = 3;
/** Sequential IDs beyond 2^53. */
const FIRST_ID = 9_007_199_254_740_990n;
const all = { account: 'a', chosen: null };

const second = 1000;
const flow = fc.nat({ max: FLOWS - 1 });
const event: fc.Arbitrary<Event> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('starts' as const),
			flow,
			lasts: fc.oneof(fc.constant(0), fc.nat({ max: 300 }), fc.nat({ max: 200_000 })),
			lateBy: fc.oneof(fc.constant(0), fc.nat({ max: 40 })),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('passes' as const),
			seconds: fc.oneof(fc.nat({ max: 90 }), fc.nat({ max: 3000 })),
		}),
	},
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('polls' as const),
			hiccup: fc.constantFrom<Hiccup>(
				'none',
				'none',
				'none',
				'empty list',
				'short list',
				'a page fails',
				'an older response',
			),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('restarts' as const),
			isLossy: fc.nat({ max: 9 }).map((value) => value === 0),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('vanishes' as const),
			flow,
			polls: fc.nat({ max: 4 }),
		}),
	},
);

let histories = 0;

/** A service whose clock differs from n8n's, and an n8n that polls it. */
class History {
	readonly reported = new Map<string, number>();

	private readonly runs: ModelRun[] = [];

	private readonly gone = new Map<number, number>();

	/** By the service's clock. */
	private watchedSince = 0;

	private now = 1_800_000_000_000;

	private live: IDataObject = {};

	private stored = '{}';

	private storedBefore = '{}';

	/** Whether stored state was lost, so that runs may be reported twice. */
	isLossy = false;

	private process = 0;

	private readonly number = ++histories;

	private readonly aheadMs: number;

	private readonly order: 'id' | 'time';

	private readonly pageSize: number;

	private readonly keeps: 'live' | 'started' | 'cursor';

	constructor(setting: {
		aheadMs: number;
		order: 'id' | 'time';
		pageSize: number;
		keeps: 'live' | 'started' | 'cursor';
	}) {
		this.aheadMs = setting.aheadMs;
		this.order = setting.order;
		this.pageSize = setting.pageSize;
		this.keeps = setting.keeps;
	}

	private get there(): number {
		return this.now + this.aheadMs;
	}

	/** The first poll, after which n8n always stores the state. */
	async begins(): Promise<string[]> {
		for (const run of this.runs) run.visibleAt = Math.min(run.visibleAt, this.there);
		const before = this.runs.filter(({ endsAt }) => endsAt <= this.there).map(({ id }) => id);
		this.watchedSince = this.there;
		await this.polls('none');
		this.store();
		this.storedBefore = this.stored;
		return before;
	}

	private store(): void {
		this.storedBefore = this.stored;
		this.stored = JSON.stringify(this.live);
	}

	starts({ flow: of, lasts, lateBy }: Event & { kind: 'starts' }): void {
		const id = String(FIRST_ID + BigInt(this.runs.length));
		const beganAt = this.there;
		// never at the same time as a poll
		const endsAt = beganAt + lasts * second + 37;
		// a check ends at a page of known runs, so that a late run is found only on the same page
		const visibleAt = beganAt + (this.pageSize > 60 ? lateBy * second : 0);
		this.runs.push({ id, flow: of, beganAt, endsAt, visibleAt });
		this.now += 100;
	}

	async happens(one: Event): Promise<void> {
		if (one.kind === 'starts') this.starts(one);
		if (one.kind === 'passes') this.now += one.seconds * second;
		if (one.kind === 'vanishes') this.gone.set(one.flow, one.polls);
		if (one.kind === 'polls') await this.polls(one.hiccup);
		if (one.kind === 'restarts') {
			if (one.isLossy) this.stored = this.storedBefore;
			this.isLossy ||= one.isLossy;
			this.live = JSON.parse(this.stored) as IDataObject;
			this.process++;
		}
	}

	/** Ends all runs, makes them visible, and polls until all are found. */
	async ends(): Promise<void> {
		this.gone.clear();
		const last = Math.max(...this.runs.flatMap(({ endsAt, visibleAt }) => [endsAt, visibleAt]), 0);
		this.now = Math.max(this.now, last - this.aheadMs) + second;
		for (let poll = 0; poll < 4; poll++) await this.polls('none');
	}

	private shown(of: number, isOlder: boolean): Shown[] {
		// an older response is never from before the watch started: that would move an end into the watch
		const at = isOlder ? Math.max(this.there - 5 * second, this.watchedSince) : this.there;
		return this.runs
			.filter((run) => run.flow === of && run.visibleAt <= this.there)
			.map((run) => ({ ...run, isOver: run.endsAt <= at }))
			.reverse();
	}

	private async *pages(of: number, hiccup: Hiccup): AsyncGenerator<RunPage<Shown>> {
		for (let offset = 0; ; offset += this.pageSize - 1) {
			const results = this.shown(of, hiccup === 'an older response').slice(
				offset,
				offset + this.pageSize,
			);
			if (hiccup === 'a page fails' && (offset > 0 || of === 1)) throw new Error('502');
			await Promise.resolve();
			const isLast = results.length < this.pageSize;
			yield { results, isLast };
			if (isLast) return;
		}
	}

	private rules(of: number): RunRules<Shown> {
		const { order } = this;
		return {
			idOf: ({ id }) => id,
			orderOf: ({ id, beganAt }) => (order === 'id' ? BigInt(id) : beganAt),
			isOver: ({ isOver }) => isOver,
			timeOf: ({ isOver, endsAt, beganAt }) => (isOver ? endsAt : beganAt),
			isNewestFirst: true,
			// for a flow that is first seen late, the pages of a first check contain all runs since the watch started
			firstPages: 30,
			inProgress: async () =>
				await Promise.resolve(this.shown(of, false).filter(({ isOver }) => !isOver)),
		};
	}

	private listed(hiccup: Hiccup): number[] {
		const flows = [...Array(FLOWS).keys()].filter((one) => {
			const left = this.gone.get(one) ?? 0;
			this.gone.set(one, left - 1);
			return left <= 0;
		});
		if (hiccup === 'empty list') return [];
		return hiccup === 'short list' ? flows.slice(1) : flows;
	}

	/** Polls in the same steps as the engine. */
	private async polls(hiccup: Hiccup): Promise<void> {
		if (this.keeps !== 'live') this.live = JSON.parse(this.stored) as IDataObject;
		const before = JSON.stringify(this.live);
		const state = pollState(this.live, all, { now: this.now });
		const schedule = scheduleOf(`${this.number} ${this.process}`, state.last);
		const flows = this.listed(hiccup);
		state.listed(flows, this.there);
		const resources = flows.map((id) => ({ id }));
		const taken = leastRecentlyChecked(resources, { state, schedule, isOrdered: true });
		const found: Shown[] = [];
		for (const { id } of taken) {
			const from = { ...state.known(id, this.there), now: this.now, kept: keptRuns(FLOWS) };
			const of = Number(id);
			const result = await checkRuns(this.pages(of, hiccup), this.rules(of), from).catch(
				() => undefined,
			);
			if (!result) continue;
			state.keep(id, result.after);
			found.push(...result.finished);
		}
		recordChecked(schedule, taken);
		storePollState(this.live, state, this.there, schedule.last);
		for (const { id } of found) this.reported.set(id, (this.reported.get(id) ?? 0) + 1);
		if (found.length > 0 || (this.keeps === 'cursor' && before !== '{}')) {
			this.store();
		}
		this.now += second;
	}

	get ids(): string[] {
		return this.runs.map(({ id }) => id);
	}
}

it('reports each run that ends after the watch has started exactly once, after any sequence of events', async () => {
	const setting = fc.record({
		aheadMs: fc.constantFrom(0, 10_000, -10_000, 5 * 3_600_000, -5 * 3_600_000),
		order: fc.constantFrom('id' as const, 'time' as const),
		pageSize: fc.constantFrom(2, 5, 100),
		keeps: fc.constantFrom('live' as const, 'started' as const, 'cursor' as const),
	});
	const earlier = event.filter(({ kind }) => kind === 'starts' || kind === 'vanishes');
	const histories = fc.record({
		setting,
		before: fc.array(earlier, { maxLength: 12 }),
		later: fc.array(event, { maxLength: 60 }),
	});
	await fc.assert(
		fc.asyncProperty(histories, async ({ setting: set, before, later }) => {
			const history = new History(set);
			for (const one of before) await history.happens(one);
			const old = await history.begins();
			for (const one of later) await history.happens(one);
			await history.ends();
			const expected = history.ids.filter((id) => !old.includes(id));
			const lost = expected.filter((id) => !history.reported.has(id));
			const twice = [...history.reported].filter(
				([id, times]) => (times > 1 && !history.isLossy) || old.includes(id),
			);
			expect({ lost, twice }).toEqual({ lost: [], twice: [] });
		}),
		{ numRuns: 3000 },
	);
}, 13000);
