import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { keptRuns, pollState, storePollState } from '../../../nodes/engine/trigger/pollState.ts';
import {
	hasNoNews,
	recordHint,
	leastRecentlyChecked,
	recordChecked,
	scheduleOf,
} from '../../../nodes/engine/trigger/checkSchedule.ts';
import type { WatchedResource } from '../../../nodes/engine/trigger/checkSchedule.ts';
import { markOf } from '../../../nodes/engine/trigger/watchState.ts';
import type { Watch } from '../../../nodes/engine/trigger/watchState.ts';

const DAY = 86_400_000;
const watch: Watch = {
	floor: 5n,
	settled: [{ mark: '6', order: 6n }],
	settledAt: 1000,
	inProgress: [],
};
const all = { account: 'a', chosen: null };

function throughJson(data: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(data)) as IDataObject;
}

function stored(watching: Parameters<typeof pollState>[1], ids: number[]): IDataObject {
	const data = {};
	const state = pollState(data, watching);
	for (const id of ids) state.keep(id, watch);
	storePollState(data, state, 1000);
	return throughJson(data);
}

function numbers(count: number): number[] {
	return Array.from({ length: count }, (_, id) => id);
}

describe('what a trigger keeps from poll to poll', () => {
	it('goes on where the poll before ended', () => {
		const state = pollState(stored(all, [1, 2]), all);
		expect(state.isFirst).toBe(false);
		expect(state.known(1)).toEqual({ before: watch, since: 1000 });
		expect(state.known('1').before).toEqual(watch);
		expect(state.known(3)).toEqual({ before: undefined, since: 1000 });
	});

	it('begins anew for another account', () => {
		const state = pollState(stored(all, [1]), { ...all, account: 'b' });
		expect(state.isFirst).toBe(true);
		expect(state.known(1)).toEqual({ before: undefined, since: undefined });
	});

	it('begins anew, after another choice, for what was not watched, and loses nothing of the rest', () => {
		const data = stored({ account: 'a', chosen: [1, 2] }, [1, 2]);
		const state = pollState(data, { account: 'a', chosen: [2, 3] });
		expect(state.known(1).before).toBeUndefined();
		expect(state.known(2).before).toEqual(watch);
		expect(state.known(3)).toEqual({ before: undefined, since: undefined });
	});

	it.each([2100, 5100])('forgets none of %i things that are listed', (count) => {
		const data = stored(all, numbers(count));
		for (let poll = 0; poll < 3; poll++) {
			const state = pollState(data, all);
			state.listed(numbers(count), poll * 100 * DAY);
			state.keep(poll, { ...watch, floor: BigInt(poll) });
			storePollState(data, state, 1000);
		}
		const { known } = pollState(throughJson(data), all);
		expect(numbers(count).filter((id) => known(id).before === undefined)).toEqual([]);
	});

	it('forgets what has not been listed for a month, and then takes for new what ended since', () => {
		const data = stored(all, [1, 2]);
		const after = (days: number, ids: number[]) => {
			const state = pollState(throughJson(data), all);
			state.listed(ids, days * DAY);
			storePollState(data, state, 1000);
			return pollState(throughJson(data), all).known(1, days * DAY);
		};
		expect(after(10, [2]).before).toEqual(watch);
		expect(after(40, []).before).toEqual(watch);
		// it was back for a moment
		expect(after(41, [1, 2]).before).toEqual(watch);
		expect(after(42, [2]).before).toEqual(watch);
		expect(after(72, [2]).before).toEqual(watch);
		expect(after(73, [2])).toEqual({ before: undefined, since: 43 * DAY });
	});

	it('is not written again when nothing is new', () => {
		const data: IDataObject = stored(all, [1, 2]);
		Object.freeze(data);
		const state = pollState(data, all);
		state.keep(1, watch);
		state.listed([1, 2], 5000);
		storePollState(data, state, 9999, 1);
		state.keep(1, { ...watch, floor: 6n });
		expect(() => {
			storePollState(data, state, 9999, 1);
		}).toThrow(TypeError);
	});

	it('knows where the watch began, when nothing was kept of it', () => {
		const state = pollState({}, all, { began: 700 });
		expect([state.isFirst, state.isKept]).toEqual([false, false]);
		expect(state.known(1)).toEqual({ before: undefined, since: 700 });
	});

	it('survives any stored value', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (runs) => {
				const data = JSON.parse(JSON.stringify({ runs })) as IDataObject;
				expect(pollState(data, all).isFirst).toBe(true);
			}),
		);
	});

	it('is read as 0.1.0 has stored it, and stored anew', () => {
		const old = { floor: 5, settled: [['run', 6]], going: [['on', 7, 0]] };
		const things = [
			[1, 12, old, ['["Successful",1]', 5]],
			['two', 12, null, null],
			[3, 11, { ...old, going: [] }, null],
		];
		const data = throughJson({ runs: { watching: all, since: 1000, turn: 12, things } });
		const read: Watch = {
			floor: 5n,
			settled: [{ mark: markOf('run'), order: 6n }],
			settledAt: 70_000,
			inProgress: [{ id: 'on', order: 7n, missingSince: null }],
		};
		const state = pollState(data, all, { now: 70_000 });
		expect(state.isFirst).toBe(false);
		expect(state.known(1)).toEqual({ before: read, since: 1000 });
		expect(state.known('two')).toEqual({ before: undefined, since: 1000 });
		storePollState(data, state, 2000);
		const next = pollState(throughJson(data), all);
		expect(next.known(1)).toEqual({ before: read, since: 1000 });
		expect(next.known(3)).toEqual({ before: { ...read, inProgress: [] }, since: 1000 });
		expect(JSON.stringify(data)).not.toContain('Successful');
	});
});

describe('how much a trigger keeps', () => {
	/** Bytes for each of so many things of which the latest 50 runs are new, with UUIDs, a minute apart. */
	function bytes(things: number, isQuiet = false): number {
		const data = {};
		const state = pollState(data, all);
		const began = BigInt(Date.UTC(2026, 10, 24));
		for (let thing = 0; thing < things; thing++) {
			const runs = Array.from({ length: keptRuns(things) }, (_, run) => ({
				mark: markOf(`5f0c1d8e-${thing}-4c1e-9d2a-${run}`),
				order: began - BigInt(run * 60_000),
			}));
			state.keep(`4XVdkuYbc1vYfBaW${thing}`, {
				floor: began - 3_600_000n,
				settled: isQuiet ? [] : runs,
				settledAt: Number(began),
				inProgress: [],
			});
		}
		storePollState(data, state, Number(began));
		return JSON.stringify(data).length / things;
	}

	it.each([
		[10, 900],
		[100, 900],
		[1000, 300],
		[10_000, 300],
	])('of %i flows with new runs: at most %i bytes each', (things, most) => {
		expect(bytes(things)).toBeLessThanOrEqual(most);
	});

	it('of flows without news for an hour: at most 50 bytes each', () => {
		expect(bytes(1000, true)).toBeLessThanOrEqual(50);
	});
});

describe('whose turn it is', () => {
	let triggers = 0;

	/** Polls with nothing but what is remembered. @returns what was looked at in each */
	function polls(count: number, data: IDataObject, things: WatchedResource[], isOrdered = true) {
		const key = `trigger ${++triggers}`;
		return Array.from({ length: count }, () => {
			const state = pollState(throughJson(data), all);
			const turns = scheduleOf(key, state.last);
			const taken = leastRecentlyChecked(things, { state, turns, isOrdered });
			recordChecked(turns, taken);
			for (const { id } of taken) {
				const thing = things.find((one) => one.id === id);
				if (thing) recordHint(thing, turns);
			}
			return taken;
		});
	}

	const listed = (count: number): WatchedResource[] => numbers(count).map((id) => ({ id }));

	it('comes to each of 500 within ten polls, also where n8n keeps nothing of a poll that found nothing', () => {
		const seen = polls(10, stored(all, numbers(500)), listed(500)).map((turn) => turn.length);
		expect(seen).toEqual(Array.from({ length: 10 }, () => 50));
		const ids = polls(10, stored(all, numbers(500)), listed(500)).flat();
		expect(new Set(ids.map(({ id }) => id)).size).toBe(500);
	});

	it('comes first to what was never looked at: to all in the first poll, to 500 in another', () => {
		const [first = []] = polls(1, {}, listed(3000));
		expect(first).toHaveLength(3000);
		const [second = []] = polls(1, stored(all, numbers(100)), listed(3000));
		expect(second).toHaveLength(550);
		expect(second.filter(({ kind }) => kind === 'first')).toHaveLength(500);
	});

	it('comes to each once for a look at all its runs in sixty polls, where no order is promised', () => {
		const taken = polls(60, stored(all, numbers(30)), listed(30), false).flat();
		const wholly = taken.filter(({ kind }) => kind === 'whole').map(({ id }) => Number(id));
		expect(wholly.sort((a, b) => a - b)).toEqual(numbers(30));
	});

	describe('a thing of which nothing can have come', () => {
		const known = stored(all, [1]);
		const told = (
			looks: number,
			{ data = known, lastRun }: { data?: IDataObject; lastRun?: string },
		) => {
			const turns = scheduleOf(`trigger ${++triggers}`, null);
			for (let look = 0; look < looks; look++) recordHint({ id: 1, lastRun }, turns);
			const state = pollState(data, all);
			return (now: string | undefined, id = 1) => hasNoNews({ id, lastRun: now }, state, turns);
		};

		it('was looked at five times since the service told of its last run', () => {
			expect(told(4, { lastRun: 'a' })('a')).toBe(false);
			const quiet = told(5, { lastRun: 'a' });
			expect([quiet('a'), quiet('b'), quiet(undefined), quiet('a', 2)]).toEqual([
				true,
				false,
				false,
				false,
			]);
		});

		it('counts the looks anew when the service tells of another run', () => {
			const turns = scheduleOf(`trigger ${++triggers}`, null);
			for (const lastRun of ['a', 'a', 'a', 'a', 'a', 'b', 'a'])
				recordHint({ id: 1, lastRun }, turns);
			expect(hasNoNews({ id: 1, lastRun: 'a' }, pollState(known, all), turns)).toBe(false);
		});

		it('has no run that is going on, and a service that tells', () => {
			const data = {};
			const state = pollState(data, all);
			state.keep(1, { ...watch, inProgress: [{ id: 7, order: 7n, missingSince: null }] });
			storePollState(data, state, 1000);
			expect(told(9, { data, lastRun: 'a' })('a')).toBe(false);
			expect(told(9, {})(undefined)).toBe(false);
		});

		it('is looked at all the same once in sixty polls', () => {
			const seen = polls(120, known, [{ id: 1, lastRun: 'a' }], false).map((turn) => turn.length);
			expect(seen.slice(0, 5)).toEqual([1, 1, 1, 1, 1]);
			expect(seen.slice(5).filter((count) => count > 0)).toHaveLength(2);
		});
	});
});
