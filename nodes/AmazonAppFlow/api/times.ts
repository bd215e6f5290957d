import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import { readDate } from '../../engine/input/date';
import { isBlank, isObject, quoted } from '../../engine/values';

/** In answers; times are numbers of epoch seconds, with a fraction. Maps whose keys a user chooses hold text only. */
const ANSWERED = new Set([
	'createdAt',
	'lastUpdatedAt',
	'startedAt',
	'registeredAt',
	'mostRecentExecutionTime',
	'dataPullStartTime',
	'dataPullEndTime',
	'scheduleStartTime',
	'scheduleEndTime',
	'firstExecutionFrom',
]);

/** In requests: of the schedule of a flow. */
const ASKED = ['scheduleStartTime', 'scheduleEndTime', 'firstExecutionFrom'];

/** No time that AppFlow knows is as large in seconds: it is one in ms. */
const LARGEST_SECONDS = 1e11;

function readable(key: string, value: unknown): unknown {
	if (typeof value !== 'number' || !ANSWERED.has(key)) return withReadableTimes(value);
	const date = new Date(value * 1000);
	return Number.isNaN(date.getTime()) ? value : date.toISOString();
}

/** An answer with its times as ISO 8601, and nothing else changed. */
export function withReadableTimes<T>(value: T): T;
export function withReadableTimes(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one: unknown) => withReadableTimes(one));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key, readable(key, inner)]),
	);
}

/**
 * A time as AppFlow takes it, in epoch seconds.
 * @param value ISO text (without a zone it is in UTC), a DateTime, or a number of epoch seconds or ms
 */
export function epochSeconds(value: unknown, label: string): number {
	if (typeof value === 'number' && Math.abs(value) < LARGEST_SECONDS) return value;
	const date = readDate(value, 'UTC');
	if (date) return date.getTime() / 1000;
	throw inputError(
		`${label} must be a date and time, but is ${quoted(value)}`,
		'It looks like 2026-12-31T18:00:00Z, or is a number of epoch seconds.',
	);
}

/** A flow's configuration with its schedule changed, where it has one. */
export function withSchedule(
	flow: IDataObject,
	changed: (schedule: IDataObject) => IDataObject,
): IDataObject {
	const { triggerConfig } = flow;
	const properties = isObject(triggerConfig) ? triggerConfig.triggerProperties : undefined;
	const schedule = isObject(properties) ? properties.Scheduled : undefined;
	if (!isObject(triggerConfig) || !isObject(properties) || !isObject(schedule)) return flow;
	return {
		...flow,
		triggerConfig: {
			...triggerConfig,
			triggerProperties: { ...properties, Scheduled: changed(schedule) },
		},
	};
}

/** A flow's configuration with the times of its schedule as AppFlow takes them. */
export function withWireTimes(flow: IDataObject): IDataObject {
	return withSchedule(flow, (schedule) => {
		const times = ASKED.filter((name) => !isBlank(schedule[name])).map((name) => [
			name,
			epochSeconds(schedule[name], name),
		]);
		return { ...schedule, ...(Object.fromEntries(times) as IDataObject) };
	});
}
