import { validateCronExpression } from 'cron';
import fc from 'fast-check';
import { cronFields, readCron } from '../../../nodes/engine/input/cron.ts';
import type { CronField } from '../../../nodes/engine/input/cron.ts';
import { asOperationError } from '../../../nodes/engine/errors.ts';
import { readScheduleExpression } from '../../../nodes/AmazonAppFlow/flowDefinition/schedule.ts';
import { readPortableCron } from '../../../nodes/Portable/resources/flow/schedule.ts';

const { second, minute, hour, dayOfMonth, month, dayOfWeek, year } = cronFields;

describe('a cron expression for Portable', () => {
	it.each([
		'7 5 * * 5',
		'*/15 * * * *',
		'0 0 1,15 * 1-5',
		'0 22-2 * * *',
		'5/10 9-17/2 * JAN-mar SUN,Sat',
		'0 0 L * ?',
		'0 0 LW * ?',
		'0 0 15W * ?',
		'0 0 L-3 * ?',
		'0 0 ? * 5L',
		'0 0 ? * FRI#2',
		'0 0 * * 7',
		'H H(0-7) * * *',
		// with seconds at the start, or a year at the end
		'30 7 5 * * 5',
		'0 12 * * ? 2027',
		'0 12 * * ? 2027-2030',
		'@daily',
		'@Midnight',
		'@every 1h30m',
	])('accepts %s', (text) => {
		expect(readPortableCron(text)).toBe(text);
	});

	it.each([
		['99 5 * * *', 'Cron Expression: the minute must be from 0 to 59, but is "99"'],
		['0 24 * * *', 'Cron Expression: the hour must be from 0 to 23, but is "24"'],
		['0 0 0 * *', 'Cron Expression: the day of the month must be from 1 to 31, but is "0"'],
		['0 0 * 13 *', 'Cron Expression: the month must be from 1 to 12 or JAN to DEC, but is "13"'],
		['0 0 * FOO *', 'Cron Expression: the month must be from 1 to 12 or JAN to DEC, but is "FOO"'],
		['0 0 * * 8', 'Cron Expression: the day of the week must be from 0 to 7 or SUN to SAT'],
		['0 0 * * MON-FRY', /^Cron Expression: the day of the week must be .* but is "MON-FRY"$/],
		['0-60 0 * * *', /^Cron Expression: the minute must be .* but is "0-60"$/],
		['*/0 0 * * *', 'Cron Expression: the step of the minute must be 1 or more, but is "*/0"'],
		['*/ 0 * * *', 'Cron Expression: the step of the minute must be 1 or more, but is "*/"'],
		['1,,2 0 * * *', /^Cron Expression: the minute must be .* but is "1,,2"$/],
		['-5 0 * * *', /^Cron Expression: the minute must be .* but is "-5"$/],
		['? 0 * * *', /^Cron Expression: the minute must be .* but is "\?"$/],
		['0 0 ? * 5#6', /^Cron Expression: the day of the week must be .* but is "5#6"$/],
		['99 7 5 * * 5', 'Cron Expression: the second must be from 0 to 59, but is "99"'],
		['0 24 * * ? 2027', 'Cron Expression: the hour must be from 0 to 23, but is "24"'],
		['0 0 * * * 1066', 'Cron Expression: the year must be from 1970 to 2199, but is "1066"'],
		['* * * *', 'Cron Expression must have five or six fields, or be a macro such as @daily'],
		['0 0 * * * * *', /^Cron Expression must have five or six fields/],
		['@dayly', /^Cron Expression must have five or six fields, or be a macro such as @daily/],
		['@every', /^Cron Expression must have five or six fields, or be a macro such as @daily/],
	])('rejects %s and names the field', (text, message) => {
		expect(() => readPortableCron(text)).toThrow(message);
	});

	it('describes the allowed values in the error', () => {
		let description: string | undefined;
		try {
			readPortableCron('99 5 * * *');
		} catch (error) {
			({ description } = asOperationError(error).details);
		}
		expect(description).toContain('steps such as */15');
	});
});

describe('a schedule expression of AppFlow, as entered in the form', () => {
	it.each(['cron(0 12 * * ? *)', 'cron(0/15 8-18 ? * 2-6 2027)', 'rate(1hours)', 'at(x)', 'x'])(
		'accepts %s, because only cron fields are checked',
		(text) => {
			expect(readScheduleExpression(text)).toBe(text);
		},
	);

	it.each([
		['cron(99 12 * * ? *)', 'Schedule Expression: the minute must be from 0 to 59, but is "99"'],
		['cron(0 12 ? * 0 *)', /the day of the week must be from 1 to 7 or SUN to SAT, but is "0"$/],
		['cron(0 12 * * ? 99)', 'Schedule Expression: the year must be from 1970 to 2199'],
		[
			'cron(0 12 * * ?)',
			'Schedule Expression must have six fields in cron(...): minute, hour, day',
		],
	])('rejects %s and names the field', (text, message) => {
		expect(() => readScheduleExpression(text)).toThrow(message);
	});
});

describe('compared with the package cron, which n8n uses', () => {
	const forms = [[minute, hour, dayOfMonth, month, dayOfWeek]];
	const withSeconds = [[second, ...(forms[0] ?? [])]];
	const accepts = (text: string, fields: CronField[][]) => {
		try {
			return readCron(text, fields, 'Cron');
		} catch {
			return false;
		}
	};
	const atom = fc.oneof(fc.constantFrom('*', 'XYZ'), fc.integer({ min: -1, max: 62 }).map(String));
	const range = fc.oneof(
		atom,
		fc.tuple(atom, atom).map(([from, to]) => `${from}-${to}`),
	);
	const stepped = fc.oneof(
		range,
		fc.tuple(range, fc.integer({ min: 0, max: 70 })).map(([from, step]) => `${from}/${step}`),
	);
	const list = fc.array(stepped, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));

	it.each([
		[5, forms],
		[6, withSeconds],
	])('accepts everything that cron accepts, with %i fields', (count, fields) => {
		const place = fc.integer({ min: 0, max: count - 1 });
		const expressions = fc
			.tuple(place, list)
			.map(([at, text]) => fields[0]?.map((_, index) => (index === at ? text : '*')).join(' '));
		const some = fc.sample(expressions, { numRuns: 20_000, seed: 7 }).map(String);
		const valid = some.filter((text) => validateCronExpression(text).valid);
		expect(valid.length).toBeGreaterThan(1000);
		expect(valid.filter((text) => !accepts(text, fields))).toEqual([]);
	});

	/** Values and ascending ranges within the bounds of a field. */
	const inBounds = ({ from, to }: CronField) => {
		const value = fc.integer({ min: from, max: to });
		const rising = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
		const some = fc.oneof(fc.constant('*'), value.map(String), rising);
		const every = fc.tuple(fc.oneof(fc.constant('*'), rising), fc.integer({ min: 1, max: 6 }));
		const part = fc.oneof(
			some,
			every.map(([of, step]) => `${of}/${step}`),
		);
		return fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));
	};

	it('accepts values within the bounds of each field, as cron does', () => {
		// cron rejects days that a month does not have
		const fields = [second, minute, hour, { ...dayOfMonth, to: 28 }, month, dayOfWeek];
		const expression = fc.tuple(...fields.map(inBounds)).map((parts) => parts.join(' '));
		fc.assert(
			fc.property(expression, (text) => {
				expect(accepts(text, withSeconds)).toBe(true);
				expect(validateCronExpression(text)).toEqual({ valid: true });
			}),
		);
	});

	it('rejects a number beyond the bounds, at any position', () => {
		const all = [minute, hour, dayOfMonth, month, dayOfWeek, year];
		const place = fc.integer({ min: 0, max: all.length - 1 });
		const shape = fc.constantFrom('N', '1,N', 'N/2', 'N,1');
		fc.assert(
			fc.property(place, fc.integer({ min: 1, max: 9999 }), shape, (at, beyond, text) => {
				const fields = all.map(() => '*');
				fields[at] = text.replace('N', String((all[at]?.to ?? 0) + beyond));
				expect(accepts(fields.join(' '), [all])).toBe(false);
			}),
		);
	});
});
