import {
	nextLink,
	readCursorList,
	readCursorPages,
	readPages,
} from '../../../nodes/engine/http/pagination.ts';
import type { CursorPage } from '../../../nodes/engine/http/pagination.ts';

/** Returns these pages by cursor, and records the requested cursors. */
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
	it('continues after a short and an empty page, and ends without a next cursor', async () => {
		const { asked, read } = service({
			first: { results: ['a', 'b'], next: '2' },
			2: { results: [], next: '3' },
			3: { results: ['c'] },
		});
		expect(await read()).toEqual(['a', 'b', 'c']);
		expect(asked).toEqual([undefined, '2', '3']);
	});

	it('ends when a cursor repeats, and returns each result once', async () => {
		const { asked, read } = service({
			first: { results: ['a', 'b'], next: '2' },
			2: { results: ['b', 'c'], next: '2' },
		});
		expect(await read()).toEqual(['a', 'b', 'c']);
		expect(asked).toEqual([undefined, '2']);
	});

	it('requests no more pages than needed', async () => {
		const { asked, read } = service({
			first: { results: ['a', 'b'], next: '2' },
			2: { results: ['c', 'd'], next: '3' },
		});
		expect(await read(3)).toEqual(['a', 'b', 'c']);
		expect(asked).toEqual([undefined, '2']);
	});
});

describe('pages by offset', () => {
	const numbers = Array.from({ length: 25 }, (_, index) => index);

	async function read(wanted: number, load: (limit: number, offset: number) => number[]) {
		const asked: Array<[limit: number, offset: number]> = [];
		const results = await readPages<number>({
			pageSize: 10,
			wanted,
			idOf: (one) => one,
			load: async ({ limit, offset }) => {
				asked.push([limit, offset]);
				return await Promise.resolve(load(limit, offset));
			},
		});
		return { asked, results };
	}

	it('ends at the first short page, or when it has enough results', async () => {
		const load = (limit: number, offset: number) => numbers.slice(offset, offset + limit);
		const all = await read(Infinity, load);
		expect(all).toEqual({
			results: numbers,
			asked: [
				[10, 0],
				[10, 10],
				[10, 20],
			],
		});
		const some = await read(12, load);
		expect(some.results).toEqual(numbers.slice(0, 12));
		expect(some.asked).toEqual([
			[10, 0],
			[2, 10],
		]);
	});

	it('ends if a service ignores the offset, and returns each result once', async () => {
		const { results, asked } = await read(Infinity, () => numbers.slice(0, 10));
		expect(results).toEqual(numbers.slice(0, 10));
		expect(asked).toHaveLength(2);
	});
});

describe('incomplete lists', () => {
	const read = async (pages: Array<CursorPage<string>>) => {
		let count = 0;
		const load = async () => await Promise.resolve(pages[count++] ?? { results: [] });
		return await readCursorList({ wanted: Infinity, load, idOf: (one: string) => one });
	};

	it.each<[string, Array<CursorPage<string>>, boolean]>([
		['the last page', [{ results: ['a'] }], true],
		['more results, but no cursor', [{ results: ['a'], hasMore: true }], false],
		[
			'a cursor that repeats',
			[
				{ results: ['a'], next: '1' },
				{ results: ['b'], next: '1' },
			],
			false,
		],
		[
			'page numbers without effect',
			[1, 2, 3].map((next) => ({
				results: ['a'],
				hasMore: true,
				next: String(next),
				fingerprint: 'a',
			})),
			false,
		],
	])('%s', async (_what, pages, isWhole) => {
		expect((await read(pages)).incomplete === undefined).toBe(isWhole);
	});
});

describe('the next page in a Link header', () => {
	it.each([
		['<https://x.example/a?b=1>; rel="next"', 'https://x.example/a?b=1'],
		['</a?b=1>; rel=next', '/a?b=1'],
		['</a>; rel="prev", </b,c?d=2>; title="x"; rel="last next"', '/b,c?d=2'],
		['</a>; rel="prev"', undefined],
		['</a>; rel="nextish"', undefined],
		['', undefined],
		[undefined, undefined],
		[['</a>; rel="next"'], undefined],
	])('%j', (header, address) => {
		expect(nextLink(header)).toBe(address);
	});
});
