import fc from 'fast-check';
import { readDate, readId, readJsonObject } from '../../nodes/engine/parameters.ts';

describe('readId', () => {
	it.each([
		[568971, 568971],
		['568971', 568971],
		[' 568971\n', 568971],
		['https://app.portable.io/flows/568971', 568971],
		['https://app.portable.io/flows/568971/runs?page=2#top', 568971],
	])('takes %j', (value, expected) => {
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
		['https://app.portable.io/flows', 'Flow must be a whole number'],
		['https://app.portable.io/flows/1/runs/2', 'Flow must be a whole number'],
		['9007199254740993', 'Flow is too large'],
	])('refuses %j, naming the field', (value, message) => {
		expect(() => readId(value, 'Flow')).toThrow(message);
	});

	it('gives a positive safe integer or a refusal, whatever comes', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				let id: number;
				try {
					id = readId(value, 'Flow');
				} catch (error) {
					expect((error as Error).name).toBe('Fault');
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
		'refuses %s',
		(text) => {
			expect(() => readJsonObject(text, 'Properties')).toThrow(/^Properties (is not|must be)/);
		},
	);

	it('takes nothing for no properties', () => {
		expect(readJsonObject(undefined, 'Properties')).toEqual({});
		expect(readJsonObject(' ', 'Properties')).toEqual({});
	});
});

describe('readDate', () => {
	it.each([
		['2026-12-31T18:00:00Z', 'America/New_York', '2026-12-31T18:00:00.000Z'],
		['2026-12-31T18:00:00+02:00', 'America/New_York', '2026-12-31T16:00:00.000Z'],
		// as the editor's date picker writes it: by the clocks of the workflow's time zone
		['2026-12-31T18:00:00', 'UTC', '2026-12-31T18:00:00.000Z'],
		['2026-12-31T18:00:00', 'America/New_York', '2026-12-31T23:00:00.000Z'],
		['2026-07-01 18:00', 'Europe/Berlin', '2026-07-01T16:00:00.000Z'],
		['2026-07-01', 'Asia/Kolkata', '2026-06-30T18:30:00.000Z'],
		// an hour after the clocks were put forward
		['2026-03-29T03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
		[1798740000000, 'UTC', '2026-12-31T18:00:00.000Z'],
		[new Date('2026-12-31T18:00:00Z'), 'Asia/Tokyo', '2026-12-31T18:00:00.000Z'],
	])('takes %j in %s', (value, zone, expected) => {
		expect(readDate(value, zone)?.toISOString()).toBe(expected);
	});

	it.each([undefined, null, '', 'soon', '2026-13-01', {}, [], true, NaN])('refuses %j', (value) => {
		expect(readDate(value, 'UTC')).toBeUndefined();
	});
});
