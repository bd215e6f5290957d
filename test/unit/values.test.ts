import { epochMs, urlOf } from '../../nodes/engine/values.ts';

it.each([
	['2026-01-01T00:00:00Z', 1767225600000],
	['2026-01-01T01:00:00.250+01:00', 1767225600250],
	['soon', undefined],
	['', undefined],
	[null, undefined],
	[1767225600, undefined],
])('the time %j is %j', (value, expected) => {
	expect(epochMs(value)).toBe(expected);
});

it.each([
	['https://api.example.com/a', undefined, 'https://api.example.com/a'],
	['a', 'https://api.example.com/b/', 'https://api.example.com/b/a'],
	['a', undefined, undefined],
	['https://', undefined, undefined],
])('the address %j on %j is %j', (text, base, expected) => {
	expect(urlOf(text, base)?.href).toBe(expected);
});
