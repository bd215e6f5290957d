import fc from 'fast-check';
import { unsafeNumbers, parseJson } from '../../../nodes/engine/http/body.ts';
import type { Characters } from '../../../nodes/engine/http/body.ts';

/** Text that counts how often it is read, which unlike time is the same on every machine. */
function counted(text: string): Characters & { reads: () => number } {
	let reads = 0;
	return {
		length: text.length,
		charCodeAt: (index) => {
			reads++;
			return text.charCodeAt(index);
		},
		reads: () => reads,
	};
}

/** The result of JSON.parse, or `refused` if it throws. */
function native(text: string): unknown {
	try {
		return { value: JSON.parse(text) as unknown };
	} catch {
		return 'refused';
	}
}

function own(text: string): unknown {
	try {
		return { value: parseJson(text) };
	} catch {
		return 'refused';
	}
}

/** Tokens of JSON, mixed with text that could confuse a parser. */
const hostile = fc
	.array(
		fc.oneof(
			fc.constantFrom('"', '\\"', '\\\\', '\\', '[', '{', ']', '}', ':', ',', '-', '.', 'e', 'E+'),
			fc.constantFrom('9007199254740993', '0', '1e999', '00', ' ', '\n', 'null', '"a":', '\\u0022'),
			fc.string(),
			fc.nat().map(String),
		),
		{ maxLength: 200 },
	)
	.map((pieces) => pieces.join(''));

describe('reading JSON', () => {
	it('reads each character only a few times, for any text', () => {
		const few = (text: string) => {
			const characters = counted(text);
			unsafeNumbers(characters);
			// each step is at most as long as the number or blanks that it skips
			expect(characters.reads()).toBeLessThanOrEqual(8 * text.length + 8);
		};
		fc.assert(fc.property(hostile, few), { numRuns: 2000 });
		for (const piece of ['"', '\\"', '"\\', '"\\"1', '1', '-', '1.', '1e', '1 ', ' ', '":', '{"']) {
			few(piece.repeat(10_000));
			few(`[1234567890123456789,"${piece.repeat(10_000)}`);
		}
	});

	it('accepts and rejects the same texts as JSON.parse', () => {
		fc.assert(
			fc.property(hostile, (text) => {
				expect(own(text) === 'refused').toBe(native(text) === 'refused');
			}),
			{ numRuns: 5000 },
		);
	});

	it('returns the same as JSON.parse, unless a number would lose digits', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
				const text = JSON.stringify(value, undefined, space);
				fc.pre(!/(?<![.\d])\d{16}/.test(text));
				expect(parseJson(text)).toEqual(JSON.parse(text));
			}),
			{ numRuns: 1000 },
		);
	});

	it('keeps all digits of a whole number, at any position', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.string(), (big, text) => {
				const isSafe = Number.isSafeInteger(Number(big));
				const expected = isSafe ? Number(big) : String(big);
				const key = JSON.stringify(text);
				expect(parseJson(`{${key}:[${key}, ${big} ,${big}],"a":\n${big}}`)).toEqual(
					JSON.parse(
						`{${key}:[${key},${JSON.stringify(expected)},${JSON.stringify(expected)}],"a":${JSON.stringify(expected)}}`,
					),
				);
			}),
		);
	});

	it.each([
		['9007199254740991', 9007199254740991],
		['9007199254740992', '9007199254740992'],
		['-9007199254740993', '-9007199254740993'],
		['1e400', '1e400'],
		['-1.5E+400', '-1.5E+400'],
		['1e-400', 0],
		['12345678901234567890.5', 12345678901234567000],
		['"9007199254740993"', '9007199254740993'],
		['"\\"9007199254740993"', '"9007199254740993'],
		['"\\\\",9007199254740993', 'refused'],
		['["\\\\",9007199254740993]', ['\\', '9007199254740993']],
		['{"9007199254740993":1}', { '9007199254740993': 1 }],
	])('%s', (text, expected) => {
		expect(own(text)).toEqual(expected === 'refused' ? expected : { value: expected });
	});

	it.each([
		'{9007199254740993:1}',
		'{9007199254740993 : 1}',
		'09007199254740993',
		'-9007199254740993-',
		'9007199254740993.',
		'9007199254740993e',
		'9007199254740993 9007199254740993',
		'[1e999',
		'-',
	])('rejects %s', (text) => {
		expect(own(text)).toBe('refused');
	});

	it('reads 8 MB of escaped quotes and a long number, and 8 MB of digits', () => {
		const quotes = '\\"'.repeat(4 * 1024 * 1024);
		expect(parseJson(`{"a":"${quotes}","b":9007199254740993}`)).toEqual({
			a: '"'.repeat(4 * 1024 * 1024),
			b: '9007199254740993',
		});
		const digits = '9'.repeat(8 * 1024 * 1024);
		expect(parseJson(`[${digits}]`)).toEqual([digits]);
	});

	it('rejects JSON that is nested too deeply, before it is parsed', () => {
		const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;
		expect(() => parseJson(nested(100_000))).not.toThrow();
		expect(() => parseJson(nested(100_002))).toThrow('nested deeper than 100000 levels');
		expect(() => parseJson('['.repeat(10_000_000))).toThrow('nested deeper');
		expect(parseJson(`"${'['.repeat(200_000)}"`)).toHaveLength(200_000);
	});
});
