import { ItemMemory } from '../../../nodes/engine/itemMemory.ts';

describe('the memory of items', () => {
	it('returns the value that was written last', () => {
		const memory = new ItemMemory<number>();
		expect(memory.get('a')).toBeUndefined();
		memory.set('a', 1);
		memory.set('a', 2);
		expect(memory.get('a')).toBe(2);
	});

	it('is bounded: the values that were written first are dropped', () => {
		const memory = new ItemMemory<number>();
		for (let index = 0; index < 10_000; index++) memory.set(String(index), index);
		memory.set('0', -1);
		memory.set('new', 1);
		expect(memory.get('0')).toBe(-1);
		expect(memory.get('new')).toBe(1);
		expect(memory.get('1')).toBeUndefined();
		expect(memory.get('2')).toBe(2);
	});
});
