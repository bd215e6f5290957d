import {
	redactor,
	secretsForErrors,
	secretsForOutputs,
	mayContain,
	mapTexts,
	mapValues,
	outputRedactor,
} from '../../../nodes/engine/secrets.ts';

describe('P7: redaction', () => {
	const hide = redactor(['tok"en/1', 'tok"en/12', 'tok"en/1']);

	it('replaces longer secrets first, also in JSON notation', () => {
		expect(hide('a tok"en/12 b tok"en/1 c tok\\"en/1')).toBe('a *** b *** c ***');
	});

	it('changes texts and keys at any depth, and keeps other values', () => {
		const date = new Date();
		const value = {
			list: [1, 'tok"en/1', null, { 'tok"en/1': true }],
			date,
			none: undefined,
			number: 7,
		};
		const copy = mapTexts(value, hide);
		expect(copy).toEqual({
			list: [1, '***', null, { '***': true }],
			date,
			none: undefined,
			number: 7,
		});
		expect(Object.keys(copy)).toEqual(Object.keys(value));
		expect(copy.date).toBe(date);
		expect(value.list[1]).toBe('tok"en/1');
		expect(mapTexts('tok"en/1', hide)).toBe('***');
		expect(mapTexts(null, hide)).toBeNull();
	});

	it('supports the maximum depth of a response, and changes no prototype', () => {
		const deep: unknown = JSON.parse(
			`${'{"a":['.repeat(50_000)}"tok\\"en/1"${']}'.repeat(50_000)}`,
		);
		let inner = mapTexts(deep, hide);
		while (typeof inner === 'object' && inner !== null) inner = Object.values(inner)[0] as unknown;
		expect(inner).toBe('***');
		const odd: unknown = JSON.parse('{"__proto__": {"polluted": "tok\\"en/1"}}');
		expect(JSON.stringify(mapTexts(odd, hide))).toBe('{"__proto__":{"polluted":"***"}}');
		expect({}).not.toHaveProperty('polluted');
	});

	it.each([
		['{"a": "xtok/en1x"}', true],
		['{"a": "xtok\\/en1x"}', true],
		['{"a": "xtok\\u002fen1x"}', true],
		['{"a": "x\\n\\"tok"}', false],
	])('finds possible secrets in %s', (text, expected) => {
		expect(mayContain(text, ['tok/en1'])).toBe(expected);
		expect(mayContain(text, [])).toBe(false);
	});

	it('redacts values of a credential from outputs by length and by name', () => {
		const credential = {
			api_key: 'sk_live_0123456789',
			password: 'hunter2!',
			pin: 4711,
			user: 'root',
			port: 5432,
			ssl: true,
			schema: '',
			hosts: ['db1.acme.example', { region: 'eu' }],
		};
		const redact = outputRedactor([credential]);
		const output = {
			message: 'The key sk_live_0123456789 is new, hunter2! is not',
			given: 'hunter2!',
			list: ['hunter2!', 'root', 4711],
			properties: { pin: 4711, user: 'root', ssl: true, schema: '', region: 'eu' },
			id: 4711,
			owner: 'root',
			text: '4711',
			'db1.acme.example': 1,
		};
		expect(mapValues(output, redact)).toEqual({
			message: 'The key *** is new, hunter2! is not',
			given: '***',
			list: ['***', 'root', 4711],
			properties: { pin: '***', user: '***', ssl: true, schema: '', region: '***' },
			id: 4711,
			owner: 'root',
			text: '4711',
			'***': 1,
		});
	});

	it('ignores short values, and redacts only long values in outputs', () => {
		const kept = secretsForErrors([' abc ', ' true ', 'acme.example', 'sk_live_0123456789']);
		expect(kept).toEqual(['true', 'acme.example', 'sk_live_0123456789']);
		expect(secretsForOutputs(kept)).toEqual(['sk_live_0123456789']);
	});
});
