/**
 * Measures the data that a trigger stores in n8n's database: `npm run --silent build && node test/bench/triggerState.ts`.
 * For 10 to 10,000 flows: right after 50 new runs of each flow, and after an hour without runs.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as PollState from '../../nodes/engine/trigger/pollState.ts';
import type * as WatchState from '../../nodes/engine/trigger/watchState.ts';

const load = createRequire(import.meta.url);
const built = join(import.meta.dirname, '../../dist/nodes/engine/trigger');
const { keptRuns, pollState, storePollState } = load(
	join(built, 'pollState.js'),
) as typeof PollState;
const { markOf } = load(join(built, 'watchState.js')) as typeof WatchState;

const MINUTE_MS = 60_000;
const RUNS = 50;

/** @returns the size of the stored data, in bytes */
function bytes(flows: number, hasNoNews: boolean): number {
	const data = {};
	const state = pollState(data, { account: 'V1StGXR8Z5jdHi6B', chosen: null });
	const began = Date.UTC(2026, 10, 24);
	for (let flow = 0; flow < flows; flow++) {
		const runs = Array.from({ length: Math.min(RUNS, keptRuns(flows)) }, (_, run) => ({
			mark: markOf(`5f0c1d8e-${flow}-4c1e-9d2a-${run}`),
			order: BigInt(began - run * MINUTE_MS),
		}));
		state.keep(`4XVdkuYbc1vYfBaW${flow}`, {
			floor: BigInt(began - RUNS * MINUTE_MS),
			settled: hasNoNews ? [] : runs,
			settledAt: began,
			inProgress: [],
		});
	}
	storePollState(data, state, began);
	return JSON.stringify(data).length;
}

console.table(
	[10, 100, 1000, 10_000].map((flows) => {
		const [busy, quiet] = [bytes(flows, false), bytes(flows, true)];
		return {
			flows,
			'bytes, 50 new runs each': busy,
			'for each flow': Math.round(busy / flows),
			'bytes after a quiet hour': quiet,
			'then for each flow': Math.round(quiet / flows),
		};
	}),
);
