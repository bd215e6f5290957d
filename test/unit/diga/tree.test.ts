import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import {
	findStep,
	freeName,
	invalidSteps,
	isOpaqueLoop,
	lastName,
	stepsOf,
	titleOf,
	walk,
} from '../../../nodes/Diga/model/tree.ts';

/** A chain of steps, the last of them nested deepest. */
function chain(count: number): IDataObject {
	let next: IDataObject | null = null;
	for (let number = count; number > 0; number--) {
		next = { name: `step_${number}`, type: 'CODE', nextAction: next };
	}
	return { id: 'x', trigger: { name: 'trigger', nextAction: next } };
}

const names = (flow: IDataObject) => stepsOf(flow).map(({ name }) => name);

describe('the tree of a flow', () => {
	const flow: IDataObject = {
		trigger: {
			name: 'trigger',
			nextAction: {
				name: 'step_1',
				type: 'ROUTER',
				children: [
					null,
					{ name: 'step_2', nextAction: { name: 'step_3', children: null } },
					{ name: 'step_4' },
				],
				nextAction: {
					name: 'step_5',
					type: 'LOOP_ON_ITEMS',
					firstLoopAction: { name: 'step_6', valid: false },
					nextAction: { name: 'step_7', displayName: 'Seven', valid: false },
				},
			},
		},
	};

	it('is walked in order; children may be null', () => {
		expect(names(flow)).toEqual([
			'trigger',
			...Array.from({ length: 7 }, (_, index) => `step_${index + 1}`),
		]);
		expect(lastName(flow)).toBe('step_7');
		expect(freeName(flow)).toBe('step_8');
		expect(findStep(flow, 'step_3')).toBeDefined();
		expect(findStep(flow, 'step_9')).toBeUndefined();
		expect(invalidSteps(flow).map(titleOf)).toEqual(['step_6', 'Seven (step_7)']);
	});

	it('may be missing, completely or in part', () => {
		for (const odd of [{}, { trigger: null }, { trigger: 'x' }, { trigger: { nextAction: [] } }]) {
			expect(lastName(odd)).toBe('trigger');
			expect(freeName(odd)).toBe('step_1');
			expect(invalidSteps(odd)).toEqual([]);
		}
		// a number beyond the safe integers is not part of the series
		expect(freeName({ trigger: { name: 'step_99999999999999999999' } })).toBe('step_1');
	});

	it('does not count a skipped step as invalid', () => {
		expect(invalidSteps({ trigger: { name: 'a', valid: false, skip: true } })).toEqual([]);
	});

	it('derives a free name from the highest number in the series, among any other names', () => {
		const named = (...all: string[]) => ({
			trigger: { name: 'trigger', children: all.map((name) => ({ name })) },
		});
		expect(freeName(named('step_3', 'step_10', 'step_x', 'my step_99', 'step_'))).toBe('step_11');
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(
						fc.string(),
						fc.nat().map((n) => `step_${n}`),
					),
				),
				(all) => {
					expect(all).not.toContain(freeName(named(...all)));
				},
			),
		);
	});

	it('distinguishes a loop whose steps are not shown from an empty loop', () => {
		const type = 'LOOP_ON_ITEMS';
		expect(isOpaqueLoop({ type })).toBe(true);
		expect(isOpaqueLoop({ type, children: null })).toBe(true);
		expect(isOpaqueLoop({ type, children: [null] })).toBe(false);
		expect(isOpaqueLoop({ type, firstLoopAction: {} })).toBe(false);
		expect(isOpaqueLoop({ type: 'ROUTER' })).toBe(false);
	});

	it('may be a chain of 100,000 steps, which recursion could not walk', () => {
		const deep = chain(100_000);
		expect(stepsOf(deep)).toHaveLength(100_001);
		expect(lastName(deep)).toBe('step_100000');
		expect(freeName(deep)).toBe('step_100001');
		expect([...walk(deep.trigger)].at(-1)?.name).toBe('step_100000');
	});
});
