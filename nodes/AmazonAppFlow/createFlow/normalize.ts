import type { IDataObject } from 'n8n-workflow';
import { readDate } from '../../engine/parameters';
import { isObject } from '../../engine/values';
import { withoutSlash } from './readEnd';

const TIMES = ['scheduleStartTime', 'scheduleEndTime', 'firstExecutionFrom'];
const PREFIX = 'bucketPrefix';

/** A time that is written as text, as AWS's own documentation shows it, in epoch seconds. */
function seconds(value: string, timezone: string): unknown {
	const date = readDate(value, timezone);
	return date ? Math.floor(date.getTime() / 1000) : value;
}

function normal(name: string, value: unknown, timezone: string): unknown {
	if (Array.isArray(value)) return value.map((one: unknown) => normal('', one, timezone));
	if (isObject(value)) return normalizeBody(value, timezone);
	if (typeof value !== 'string') return value;
	if (name === PREFIX) return withoutSlash(value);
	return TIMES.includes(name) ? seconds(value, timezone) : value;
}

/**
 * A body that a user wrote, in the forms that AppFlow takes: times in epoch seconds, key prefixes without
 * the slash at their start with which a flow succeeds and moves nothing.
 */
export function normalizeBody(body: IDataObject, timezone: string): IDataObject {
	const entries = Object.entries(body).map(([name, value]): [string, unknown] => [
		name,
		normal(name, value, timezone),
	]);
	return Object.fromEntries(entries) as IDataObject;
}
