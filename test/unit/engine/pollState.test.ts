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

describe('the stored state of a trigger', () => {
	it('continues where the poll before ended', () => {
		const state = pollState(stored(all, [1, 2]), all);
		expect(state.isFirst).toBe(false);
		expect(state.known(1)).toEqual({ before: watch, since: 1000 });
		expect(state.known('1').before).toEqual(watch);
		expect(state.known(3)).toEqual({ before: undefined, since: 1000 });
	});

	it('starts again for another account', () => {
		const state = pollState(stored(all, [1]), { ...all, account: 'b' });
		expect(state.isFirst).toBe(true);
		expect(state.known(1)).toEqual({ before: undefined, since: undefined });
	});

	it('starts again only for resources that were not watched before, if the user selects others', () => {
		const data = stored({ account: 'a', chosen: [1, 2] }, [1, 2]);
		const state = pollState(data, { account: 'a', chosen: [2, 3] });
		expect(state.known(1).before).toBeUndefined();
		expect(state.known(2).before).toEqual(watch);
		expect(state.known(3)).toEqual({ before: undefined, since: undefined });
	});

	it.each([2100, 5100])('keeps all of %i listed resources', (count) => {
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

	it('forgets a resource that was not listed for a month; then only later runs are new', () => {
		const data = stored(all, [1, 2]);
		const after = (days: number, ids: number[]) => {
			const state = pollState(throughJson(data), all);
			state.listed(ids, days * DAY);
			storePollState(data, state, 1000);
			return pollState(throughJson(data), all).known(1, days * DAY);
		};
		expect(after(10, [2]).before).toEqual(watch);
		expect(after(40, []).before).toEqual(watch);
		// listed again for one poll
		expect(after(41, [1, 2]).before).toEqual(watch);
		expect(after(42, [2]).before).toEqual(watch);
		expect(after(72, [2]).before).toEqual(watch);
		expect(after(73, [2])).toEqual({ before: undefined, since: 43 * DAY });
	});

	it('is not written if nothing has changed', () => {
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

	it('uses the start of the watch if n8n did not keep the state', () => {
		const state = pollState({}, all, { startedAt: 700 });
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

	it('is read in the format of version 0.1.0, and stored in the current one', () => {
		const old = { floor: 5, settled: [['run', 6]], going: [['on', 7, 0]] };
		const entries = [
			[1, 12, old, ['["Successful",1]', 5]],
			['two', 12, null, null],
			[3, 11, { ...old, going: [] }, null],
		];
		const data = throughJson({ runs: { watching: all, since: 1000, turn: 12, things: entries } });
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

describe('the size of the stored state', () => {
	/** Bytes per resource, each with 50 new runs with UUIDs, a minute apart. */
	function bytes(resources: number, hasNoNews = false): number {
		const data = {};
		const state = pollState(data, all);
		const began = BigInt(Date.UTC(2026, 10, 24));
		for (let resource = 0; resource < resources; resource++) {
			const runs = Array.from({ length: keptRuns(resources) }, (_, run) => ({
				mark: markOf(`5f0c1d8e-${resource}-4c1e-9d2a-${run}`),
				order: began - BigInt(run * 60_000),
			}));
			state.keep(`4XVdkuYbc1vYfBaW${resource}`, {
				floor: began - 3_600_000n,
				settled: hasNoNews ? [] : runs,
				settledAt: Number(began),
				inProgress: [],
			});
		}
		storePollState(data, state, Number(began));
		return JSON.stringify(data).length / resources;
	}

	it.each([
		[10, 900],
		[100, 900],
		[1000, 300],
		[10_000, 300],
	])('of %i flows with new runs is at most %i bytes each', (resources, most) => {
		expect(bytes(resources)).toBeLessThanOrEqual(most);
	});

	it('of flows without new runs for an hour is at most 50 bytes each', () => {
		expect(bytes(1000, true)).toBeLessThanOrEqual(50);
	});
});

describe('the schedule', () => {
	let triggers = 0;

	/** Polls without a service. @returns the checks of each poll */
	function polls(count: number, data: IDataObject, resources: WatchedResource[], isOrdered = true) {
		const key = `trigger ${++triggers}`;
		return Array.from({ length: count }, () => {
			const state = pollState(throughJson(data), all);
			const schedule = scheduleOf(key, state.last);
			const taken = leastRecentlyChecked(resources, { state, schedule, isOrdered });
			recordChecked(schedule, taken);
			for (const { id } of taken) {
				const resource = resources.find((one) => one.id === id);
				if (resource) recordHint(resource, schedule);
			}
			return taken;
		});
	}

	const listed = (count: number): WatchedResource[] => numbers(count).map((id) => ({ id }));

	it('checks each of 500 resources within ten polls, even if n8n does not store a poll without runs', () => {
		const seen = polls(10, stored(all, numbers(500)), listed(500)).map((checks) => checks.length);
		expect(seen).toEqual(Array.from({ length: 10 }, () => 50));
		const ids = polls(10, stored(all, numbers(500)), listed(500)).flat();
		expect(new Set(ids.map(({ id }) => id)).size).toBe(500);
	});

	it('starts with resources that were never checked: all in the first poll, 500 in any other', () => {
		const [first = []] = polls(1, {}, listed(3000));
		expect(first).toHaveLength(3000);
		const [second = []] = polls(1, stored(all, numbers(100)), listed(3000));
		expect(second).toHaveLength(550);
		expect(second.filter(({ kind }) => kind === 'first')).toHaveLength(500);
	});

	it('fully checks each resource once in sixty polls, if the order is not guaranteed', () => {
		const taken = polls(60, stored(all, numbers(30)), listed(30), false).flat();
		const full = taken.filter(({ kind }) => kind === 'full').map(({ id }) => Number(id));
		expect(full.sort((a, b) => a - b)).toEqual(numbers(30));
	});

	describe('a resource without news', () => {
		const known = stored(all, [1]);
		const afterChecks = (
			count: number,
			{ data = known, lastRun }: { data?: IDataObject; lastRun?: string },
		) => {
			const schedule = scheduleOf(`trigger ${++triggers}`, null);
			for (let check = 0; check < count; check++) recordHint({ id: 1, lastRun }, schedule);
			const state = pollState(data, all);
			return (now: string | undefined, id = 1) => hasNoNews({ id, lastRun: now }, state, schedule);
		};

		it('was checked five times since its last run appeared in the list', () => {
			expect(afterChecks(4, { lastRun: 'a' })('a')).toBe(false);
			const quiet = afterChecks(5, { lastRun: 'a' });
			expect([quiet('a'), quiet('b'), quiet(undefined), quiet('a', 2)]).toEqual([
				true,
				false,
				false,
				false,
			]);
		});

		it('counts the checks again when another run appears in the list', () => {
			const schedule = scheduleOf(`trigger ${++triggers}`, null);
			for (const lastRun of ['a', 'a', 'a', 'a', 'a', 'b', 'a'])
				recordHint({ id: 1, lastRun }, schedule);
			expect(hasNoNews({ id: 1, lastRun: 'a' }, pollState(known, all), schedule)).toBe(false);
		});

		it('has no run in progress, and a last run in the list', () => {
			const data = {};
			const state = pollState(data, all);
			state.keep(1, { ...watch, inProgress: [{ id: 7, order: 7n, missingSince: null }] });
			storePollState(data, state, 1000);
			expect(afterChecks(9, { data, lastRun: 'a' })('a')).toBe(false);
			expect(afterChecks(9, {})(undefined)).toBe(false);
		});

		it('is still checked once in sixty polls', () => {
			const seen = polls(120, known, [{ id: 1, lastRun: 'a' }], false).map(
				(checks) => checks.length,
			);
			expect(seen.slice(0, 5)).toEqual([1, 1, 1, 1, 1]);
			expect(seen.slice(5).filter((count) => count > 0)).toHaveLength(2);
		});
	});
});
