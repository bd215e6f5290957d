import fc from 'fast-check';
import { readDate } from '../../../nodes/engine/input/date.ts';

it.each([
	['2026-12-31T18:00:00Z', 'America/New_York', '2026-12-31T18:00:00.000Z'],
	['2026-12-31T18:00:00+02:00', 'America/New_York', '2026-12-31T16:00:00.000Z'],
	// as the editor's date picker writes it: in the workflow's time zone
	['2026-12-31T18:00:00', 'UTC', '2026-12-31T18:00:00.000Z'],
	['2026-12-31T18:00:00', 'America/New_York', '2026-12-31T23:00:00.000Z'],
	['2026-07-01 18:00', 'Europe/Berlin', '2026-07-01T16:00:00.000Z'],
	[' 2026-07-01 ', 'Asia/Kolkata', '2026-06-30T18:30:00.000Z'],
	// an hour after daylight saving time started, and a time that was skipped
	['2026-03-29T03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
	['2026-03-29T02:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
	[1798740000000, 'UTC', '2026-12-31T18:00:00.000Z'],
	[new Date('2026-12-31T18:00:00Z'), 'Asia/Tokyo', '2026-12-31T18:00:00.000Z'],
])('accepts %j in %s', (value, zone, expected) => {
	expect(readDate(value, zone)?.toISOString()).toBe(expected);
});

it.each([
	undefined,
	null,
	'',
	'soon',
	{},
	[],
	true,
	NaN,
	new Date(NaN),
	// JavaScript parses these, some of them in the server's time zone
	'flow 12',
	'2026/01/05 10:00',
	'01/02/2026',
	'5 January 2026',
	'2026-02-30',
	'2026-13-01',
	'2026-01-05 10:00 PM',
	'12',
	'2026',
	'2026-01',
	'10:00',
	// seconds, which as milliseconds are in January 1970
	1798740000,
	'1798740000000',
	{ mode: 'iso', value: '2026-01-05' },
])('rejects %j', (value) => {
	expect(readDate(value, 'UTC')).toBeUndefined();
});

it('reads back every time that a Date writes, in any time zone', () => {
	const range = { min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true };
	fc.assert(
		fc.property(
			fc.date(range),
			fc.constantFrom('UTC', 'Asia/Kolkata', 'America/New_York'),
			(date, zone) => {
				expect(readDate(date.toISOString(), zone)?.getTime()).toBe(date.getTime());
				expect(readDate(date, zone)?.getTime()).toBe(date.getTime());
			},
		),
	);
});

it('returns a valid date or undefined for any value', () => {
	fc.assert(
		fc.property(fc.anything(), (value) => {
			expect(readDate(value, 'UTC')?.getTime()).not.toBeNaN();
		}),
		{ numRuns: 2000 },
	);
});
