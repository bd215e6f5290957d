import fc from 'fast-check';
import { readId, readJsonObject } from '../../../nodes/engine/input/read.ts';

describe('readId', () => {
	it.each([
		[568971, 568971],
		['568971', 568971],
		[' 568971\n', 568971],
		['https://app.portable.io/flows/568971', 568971],
		['https://app.portable.io/flows/568971/runs?page=2#top', 568971],
	])('accepts %j', (value, expected) => {
		expect(readId(value, 'Flow')).toBe(expected);
	});

	it.each([
		[undefined, 'Flow is empty'],
		[null, 'Flow is empty'],
		['  ', 'Flow is empty'],
		['0', 'Flow must be a whole number, but is "0"'],
		[-1, 'Flow must be a whole number, but is "-1"'],
		[1.5, 'Flow must be a whole number, but is "1.5"'],
		[NaN, 'Flow must be a whole number, but is "null"'],
		[1e21, 'Flow must be a whole number, but is "1e+21"'],
		['0x1F', 'Flow must be a whole number, but is "0x1F"'],
		[{ id: 1 }, 'Flow must be a whole number, but is "{"id":1}"'],
		[[7], 'Flow must be a whole number, but is "[7]"'],
		[true, 'Flow must be a whole number, but is "true"'],
		['https://app.portable.io/flows', 'Flow is an address without a unique ID'],
		['9007199254740993', 'Flow is too large'],
	])('rejects %j and names the field', (value, message) => {
		expect(() => readId(value, 'Flow')).toThrow(message);
	});

	it('returns a positive safe integer or throws an OperationError, for any value', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				let id: number;
				try {
					id = readId(value, 'Flow');
				} catch (error) {
					expect((error as Error).name).toBe('OperationError');
					return;
				}
				expect(Number.isSafeInteger(id) && id > 0).toBe(true);
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('readJsonObject', () => {
	it('reads back what was written, as text and as an object', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
				const text = JSON.stringify(value);
				expect(JSON.stringify(readJsonObject(text, 'Properties'))).toBe(text);
				expect(readJsonObject(value, 'Properties')).toBe(value);
			}),
		);
	});

	it.each(['{', '[]', '"x"', '42', 'null', '{"a": undefined}', "{'a': 1}"])(
		'rejects %s',
		(text) => {
			expect(() => readJsonObject(text, 'Properties')).toThrow(/^Properties (is not|must be)/);
		},
	);

	it('reads an empty value as no properties', () => {
		expect(readJsonObject(undefined, 'Properties')).toEqual({});
		expect(readJsonObject(' ', 'Properties')).toEqual({});
	});
});
