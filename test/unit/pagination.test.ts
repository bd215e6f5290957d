import { readCursorPages } from '../../nodes/engine/pagination.ts';
import type { CursorPage } from '../../nodes/engine/pagination.ts';

/** Hands out these pages by their cursor, and keeps what was asked for. */
function service(pages: Record<string, CursorPage<string>>) {
	const asked: Array<string | undefined> = [];
	const load = async (after: string | undefined): Promise<CursorPage<string>> => {
		asked.push(after);
		return await Promise.resolve(pages[after ?? 'first'] ?? { results: [] });
	};
	return {
		asked,
		read: (wanted = Infinity) => readCursorPages({ wanted, load, idOf: (one) => one }),
	};
}

describe('pages by cursor', () => {
	it('goes on after a short and an empty page, and ends where there is no next', async () => {
		const { asked, read } = service({
			first: { results: ['a', 'b'], next: '2' },
			2: { results: [], next: '3' },
			3: { results: ['c'] },
		});
		expect(await read()).toEqual(['a', 'b', 'c']);
		expect(asked).toEqual([undefined, '2', '3']);
	});

	it('ends when a cursor repeats, with each result once', async () => {
		const { asked, read } = service({
			first: { results: ['a', 'b'], next: '2' },
			2: { results: ['b', 'c'], next: '2' },
		});
		expect(await read()).toEqual(['a', 'b', 'c']);
		expect(asked).toEqual([undefined, '2']);
	});

	it('asks for no more pages than wanted', async () => {
		const { asked, read } = service({
			first: { results: ['a', 'b'], next: '2' },
			2: { results: ['c', 'd'], next: '3' },
		});
		expect(await read(3)).toEqual(['a', 'b', 'c']);
		expect(asked).toEqual([undefined, '2']);
	});
});
