import {
	epochMs,
	isBlank,
	isObject,
	isScalar,
	nonBlankText,
	parseUrl,
	quoted,
	readBoolean,
	readNumber,
	readText,
	textsIn,
	trimmedText,
	unwrapLocator,
	withoutNulls,
} from '../../../nodes/engine/values.ts';

it.each([
	['2026-01-01T00:00:00Z', 1767225600000],
	['2026-01-01T01:00:00.250+01:00', 1767225600250],
	['soon', undefined],
	['', undefined],
	[null, undefined],
	// Date.parse reads a number as a year
	[2026, undefined],
	[1767225600, undefined],
])('the time %j is %j', (value, expected) => {
	expect(epochMs(value)).toBe(expected);
});

it.each([
	['https://api.example.com/a', undefined, 'https://api.example.com/a'],
	['a', 'https://api.example.com/b/', 'https://api.example.com/b/a'],
	['a', undefined, undefined],
	['https://', undefined, undefined],
])('the URL %j with the base %j is %j', (text, base, expected) => {
	expect(parseUrl(text, base)?.href).toBe(expected);
});

it.each([
	[0, 0],
	[-1.5, -1.5],
	['12', 12],
	[' 1.50 ', 1.5],
	['-3', -3],
	...[undefined, null, '', ' ', [], [1], {}, true, false, NaN, Infinity].map((odd) => [
		odd,
		undefined,
	]),
	...['0x10', '1e3', 'Infinity', '1,5', '1_000', '.5', '5 apples'].map((odd) => [odd, undefined]),
	// more digits than a number can hold
	['9007199254740993', undefined],
	['-9007199254740993', undefined],
	['9007199254740991', 9007199254740991],
	// a number has lost its digits before it arrives
	[2 ** 60, 2 ** 60],
])('the number in %j is %j', (value, expected) => {
	expect(readNumber(value)).toBe(expected);
});

it.each([
	['', ''],
	[' a ', ' a '],
	[42, '42'],
	...[undefined, null, NaN, true, [], ['a'], {}].map((odd) => [odd, undefined]),
])('the text in %j is %j', (value, expected) => {
	expect(readText(value)).toBe(expected);
});

it.each([
	[{ __rl: true, mode: 'id', value: '5' }, '5'],
	[{ __rl: true, mode: 'list', value: '', cachedResultName: 'Five' }, ''],
])('the locator %j holds %j', (value, expected) => {
	expect(unwrapLocator(value)).toBe(expected);
});

it.each([
	{ mode: 'full', value: { a: 1 } },
	{ __rl: 'yes', mode: 'id', value: 5 },
	{ __rl: true, mode: 'id' },
	'5',
])('%j is data, not a locator', (value) => {
	expect(unwrapLocator(value)).toBe(value);
});

it.each([
	[
		{ a: null, b: undefined, c: 0, d: '', e: false },
		{ c: 0, d: '', e: false },
	],
	[{ a: { b: null, c: { d: null } } }, { a: { c: {} } }],
	[{ a: [null, 1, { b: null }] }, { a: [null, 1, {}] }],
	[[{ a: null }], [{}]],
	[null, null],
	['text', 'text'],
])('without null members, %j is %j', (value, expected) => {
	expect(withoutNulls(value)).toStrictEqual(expected);
});

it('treats __proto__ as data', () => {
	const value = JSON.parse('{"__proto__": {"a": null, "b": 1}}') as object;
	expect(JSON.stringify(withoutNulls(value))).toBe('{"__proto__":{"b":1}}');
});

it.each<[unknown, boolean]>([
	[0, true],
	['', true],
	[false, true],
	...[undefined, null, {}, [], 1n].map((odd): [unknown, boolean] => [odd, false]),
])('%p is a scalar: %p', (value, expected) => {
	expect(isScalar(value)).toBe(expected);
});

it.each<[unknown, boolean]>([
	...[undefined, null, '', ' \n'].map((blank): [unknown, boolean] => [blank, true]),
	...[0, false, 'a', [], {}].map((other): [unknown, boolean] => [other, false]),
])('%p is blank: %p', (value, expected) => {
	expect(isBlank(value)).toBe(expected);
});

it.each([
	[{}, true],
	...[null, undefined, [], 'a', 1].map((odd): [unknown, boolean] => [odd, false]),
])('%p is an object: %p', (value, expected) => {
	expect(isObject(value)).toBe(expected);
});

it.each<[unknown, boolean | undefined]>([
	...[true, 'true'].map((value): [unknown, boolean] => [value, true]),
	...[false, 'false'].map((value): [unknown, boolean] => [value, false]),
	...[undefined, null, '', 'TRUE', 'yes', 0, 1, {}].map((odd): [unknown, undefined] => [
		odd,
		undefined,
	]),
])('the boolean in %p is %p', (value, expected) => {
	expect(readBoolean(value)).toBe(expected);
});

it.each([
	[' a ', ' a ', 'a'],
	['', undefined, undefined],
	[' \t', undefined, undefined],
	[5, undefined, undefined],
	[undefined, undefined, undefined],
])('the text in the answer %p is %p, without spaces around it %p', (value, text, trimmed) => {
	expect(nonBlankText(value)).toBe(text);
	expect(trimmedText(value)).toBe(trimmed);
});

it('finds the texts and numbers at any depth', () => {
	const value = { a: 'one', b: [2, { c: 'three', d: [null, true, undefined] }], e: {} };
	expect([...textsIn(value)].sort()).toEqual(['2', 'one', 'three']);
	expect([...textsIn('alone')]).toEqual(['alone']);
	expect([...textsIn(null)]).toEqual([]);
});

it('quotes a value for an error, cut to 80 characters', () => {
	expect(quoted(undefined)).toBe('nothing');
	expect(quoted('undefined')).toBe('"undefined"');
	expect(quoted({ a: [1] })).toBe('"{"a":[1]}"');
	expect(quoted(null)).toBe('"null"');
	expect(quoted('x'.repeat(80))).toBe(`"${'x'.repeat(80)}"`);
	expect(quoted('x'.repeat(81))).toBe(`"${'x'.repeat(79)}…"`);
});
