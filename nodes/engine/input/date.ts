import { DateTime } from 'luxon';
import { isObject } from '../values';

/** A number below this, as of 1973 in ms, is rather one of seconds. */
const EARLIEST_MS = 1e11;

/** ISO 8601 by calendar dates, to which SQL's blank before the time is near enough. */
const ISO_DATE = /^\d{4}-\d\d-\d\d(?:$|[T ])/;

/**
 * A point in time from ISO 8601 text, a number of epoch ms, or a DateTime or Date.
 * @param zone of the clocks that text without a zone is by, e.g. `Europe/Berlin`
 * @returns undefined when it is anything else, such as a date in another notation or a number of seconds
 */
export function readDate(value: unknown, zone: string): Date | undefined {
	if (typeof value === 'number') return validDate(Math.abs(value) < EARLIEST_MS ? NaN : value);
	// a DateTime and a Date say their time as JSON does
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
