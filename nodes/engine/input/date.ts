import { DateTime } from 'luxon';
import { isObject } from '../values';

/** Smaller numbers are probably seconds: as ms, they are before 1973. */
const EARLIEST_MS = 1e11;

/** ISO 8601 calendar dates, also with a space before the time, as in SQL. */
const ISO_DATE = /^\d{4}-\d\d-\d\d(?:$|[T ])/;

/**
 * Reads a date and time from ISO 8601 text, epoch ms, or a DateTime or Date.
 * @param zone the time zone for text without one, e.g. `Europe/Berlin`
 * @returns undefined for anything else, such as another date format or a number of seconds
 */
export function readDate(value: unknown, zone: string): Date | undefined {
	if (typeof value === 'number') return validDate(Math.abs(value) < EARLIEST_MS ? NaN : value);
	// a DateTime and a Date serialize to ISO 8601
	const plain: unknown =
		isObject(value) && typeof value.toJSON === 'function'
			? JSON.parse(JSON.stringify(value))
			: value;
	const text = typeof plain === 'string' ? plain.trim() : '';
	return validDate(
		ISO_DATE.test(text) ? DateTime.fromISO(text.replace(' ', 'T'), { zone }).toMillis() : NaN,
	);
}

function validDate(epochMs: number): Date | undefined {
	const date = new Date(epochMs);
	return Number.isNaN(date.getTime()) ? undefined : date;
}
