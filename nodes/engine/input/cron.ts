import { inputError } from '../errors';
import type { OperationError } from '../errors';
import { quoted } from '../values';

/** Special characters in a field, besides `*`, lists, ranges and steps. */
type Mark = keyof typeof marks;

/** One field of a cron expression. */
export interface CronField {
	/** The name in messages, e.g. `hour`. */
	name: string;
	/** The minimum and the maximum. */
	from: number;
	to: number;
	/** Names for the numbers, case-insensitive. */
	names?: readonly string[];
	marks?: readonly Mark[];
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/** The fields of common cron dialects, with the values that most of them accept. */
export const cronFields = {
	second: { name: 'second', from: 0, to: 59 },
	minute: { name: 'minute', from: 0, to: 59 },
	hour: { name: 'hour', from: 0, to: 23 },
	dayOfMonth: { name: 'day of the month', from: 1, to: 31, marks: ['?', 'L', 'W'] },
	month: { name: 'month', from: 1, to: 12, names: MONTHS },
	dayOfWeek: { name: 'day of the week', from: 0, to: 7, names: DAYS, marks: ['?', 'L', '#'] },
	year: { name: 'year', from: 1970, to: 2199 },
} satisfies Record<string, CronField>;

function isValue(text: string, { from, to, names = [] }: CronField): boolean {
	if (!/^\d+$/.test(text)) return names.includes(text.toUpperCase());
	return Number(text) >= from && Number(text) <= to;
}

/** Any value, the last value, the nearest weekday, the nth weekday of the month, and a value that the service picks. */
const marks = {
	'?': (text: string) => text === '?',
	L: (text: string, field: CronField) => {
		const [, day = '', before] = /^(.*)L(-\d+)?$/i.exec(text) ?? [];
		return /^L(-\d+)?$/i.test(text) || (before === undefined && isValue(day, field));
	},
	W: (text: string, field: CronField) =>
		/^LW$/i.test(text) || (/^\d+W$/i.test(text) && isValue(text.slice(0, -1), field)),
	'#': (text: string, field: CronField) =>
		/^[^#]+#[1-5]$/.test(text) && isValue(text.slice(0, -2), field),
	H: (text: string) => /^H(\(\d+-\d+\))?$/.test(text),
};

/** Accepts ranges that wrap around, such as 22-2, because some dialects do. */
function isRange(text: string, field: CronField): boolean {
	const ends = text.split('-');
	return ends.length <= 2 && ends.every((end) => isValue(end, field));
}

function isPart(text: string, field: CronField): boolean {
	return (
		text === '*' ||
		isRange(text, field) ||
		(field.marks ?? []).some((mark) => marks[mark](text, field))
	);
}

function allowedIn({ from, to, names }: CronField): string {
	const named = names ? ` or ${names[0] ?? ''} to ${names.at(-1) ?? ''}` : '';
	return `from ${from} to ${to}${named}`;
}

/** The error in a field, if any. */
function errorIn(text: string, field: CronField, label: string): OperationError | undefined {
	for (const one of text.split(',')) {
		const [part = '', step, ...more] = one.split('/');
		if (!isPart(part, field) || more.length > 0) {
			return inputError(
				`${label}: the ${field.name} must be ${allowedIn(field)}, but is ${quoted(text)}`,
				'Lists such as 1,15, ranges such as 1-5, and steps such as */15 are also allowed.',
			);
		}
		if (step !== undefined && !/^0*[1-9]\d*$/.test(step)) {
			return inputError(
				`${label}: the step of the ${field.name} must be 1 or more, but is ${quoted(text)}`,
				'Use a step such as */15 or 8-18/2.',
			);
		}
	}
	return undefined;
}

/**
 * Checks a cron expression.
 * @param forms the supported sequences of fields. The expression must match a form with the same number of fields.
 * @param label the label of the node's field, for messages
 * @returns false if no form has this number of fields
 * @throws OperationError that names the invalid field and the allowed values; if several forms have this number of
 * fields, for the first of them
 */
export function readCron(
	text: string,
	forms: ReadonlyArray<readonly CronField[]>,
	label: string,
): boolean {
	const texts = text.trim().split(/\s+/);
	const fitting = forms.filter(({ length }) => length === texts.length);
	const errors = fitting.map((fields) =>
		fields.map((field, index) => errorIn(texts[index] ?? '', field, label)).find(Boolean),
	);
	const [error] = errors;
	if (error && errors.every(Boolean)) throw error;
	return fitting.length > 0;
}
