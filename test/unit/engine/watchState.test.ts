import fc from 'fast-check';
import { readLegacyWatch } from '../../../nodes/engine/trigger/legacyState.ts';
import { markOf, packWatch, unpackWatch } from '../../../nodes/engine/trigger/watchState.ts';
import type { Watch } from '../../../nodes/engine/trigger/watchState.ts';

const order = fc.oneof(
	fc.bigInt({ min: 0n, max: 10n ** 30n }),
	fc.nat().map((value) => BigInt(value)),
);
const seconds = fc.nat({ max: 4_000_000_000 }).map((value) => value * 1000);
const id = fc.oneof(fc.string(), fc.nat());

/** Results of a check: settled runs latest first, and a time if there are any. */
const watches = fc
	.record({
		floor: fc.option(order),
		settled: fc.array(fc.record({ mark: id.map(markOf), order }), { maxLength: 60 }),
		settledAt: seconds,
		inProgress: fc.array(fc.record({ id, order, missingSince: fc.option(seconds) }), {
			maxLength: 5,
		}),
	})
	.map((watch): Watch => {
		const settled = watch.settled.toSorted((a, b) => (a.order < b.order ? 1 : -1));
		return { ...watch, settled, settledAt: settled.length > 0 ? watch.settledAt : 0 };
	});

describe('a stored watch', () => {
	it('is the same when read', () => {
		fc.assert(
			fc.property(watches, (watch) => {
				const stored: unknown = JSON.parse(JSON.stringify(packWatch(watch)));
				const read = unpackWatch(stored);
				expect(new Set(read?.settled)).toEqual(new Set(watch.settled));
				expect({ ...read, settled: [] }).toEqual({ ...watch, settled: [] });
			}),
		);
	});

	it('is undefined or complete for any stored value', () => {
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.tuple(fc.string(), fc.jsonValue())), (stored) => {
				const read = unpackWatch(stored);
				if (read) expect(unpackWatch(packWatch(read))).toBeDefined();
				expect(readLegacyWatch(stored, 0)).toBeUndefined();
			}),
		);
	});

	it.each([[null], ['x'], [[]], [['A;;']], [['1;;x']], [['1;;x.1.2']], [['1', [[1]]]], [['1', 5]]])(
		'is undefined for %j',
		(stored) => {
			expect(unpackWatch(stored)).toBeUndefined();
		},
	);
});

describe('the mark of a run', () => {
	it('is exact for numbers, also as text and beyond 2^53', () => {
		expect(markOf(568971)).toBe(markOf('568971'));
		expect(markOf('9007199254740992')).not.toBe(markOf('9007199254740993'));
	});

	it('has eight characters for any other ID', () => {
		fc.assert(
			fc.property(fc.uuid(), (uuid) => {
				expect(markOf(uuid)).toMatch(/^[\w-]{8}$/);
			}),
		);
		expect(markOf('00123')).not.toBe(markOf('123'));
	});
});

describe('a watch stored by version 0.1.0', () => {
	it('is read', () => {
		const stored = {
			floor: 1000,
			settled: [
				['run-2', 1500],
				[1400, 1400],
			],
			going: [
				['run-3', 1600, 0],
				['run-1', 900, 3],
			],
		};
		expect(readLegacyWatch(JSON.parse(JSON.stringify(stored)), 77_000)).toEqual({
			floor: 1000n,
			settled: [
				{ mark: markOf('run-2'), order: 1500n },
				{ mark: markOf(1400), order: 1400n },
			],
			settledAt: 77_000,
			inProgress: [
				{ id: 'run-3', order: 1600n, missingSince: null },
				{ id: 'run-1', order: 900n, missingSince: 77_000 },
			],
		});
	});

	it.each([
		null,
		5,
		'x',
		{},
		{ floor: null, settled: [], going: [[1]] },
		{ floor: 'a', settled: [], going: [] },
		{ floor: 1, settled: [[{}, 1]], going: [] },
	])('is undefined for %j', (stored) => {
		expect(readLegacyWatch(stored, 0)).toBeUndefined();
	});
});
