import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import { readDate } from '../../engine/input/date';
import { isBlank, isObject, quoted } from '../../engine/values';

/** Members of responses with times in epoch seconds. Maps with keys chosen by users contain only text, so no name clashes. */
const RESPONSE_TIMES = new Set([
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

/** Members of a flow's schedule with times. */
const SCHEDULE_TIMES = ['scheduleStartTime', 'scheduleEndTime', 'firstExecutionFrom'];

/** Larger numbers are epoch ms, not epoch seconds. */
const LARGEST_SECONDS = 1e11;

function readable(key: string, value: unknown): unknown {
	if (typeof value !== 'number' || !RESPONSE_TIMES.has(key)) return withReadableTimes(value);
	const date = new Date(value * 1000);
	return Number.isNaN(date.getTime()) ? value : date.toISOString();
}

/** A response with its times in ISO 8601; everything else is unchanged. */
export function withReadableTimes<T>(value: T): T;
export function withReadableTimes(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((entry: unknown) => withReadableTimes(entry));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [key, readable(key, inner)]),
	);
}

/**
 * A time in epoch seconds, as AppFlow expects it.
 * @param value ISO 8601 (UTC if it has no zone), a DateTime, epoch seconds or epoch ms
 * @throws OperationError if the value is not a time
 */
export function epochSeconds(value: unknown, label: string): number {
	if (typeof value === 'number' && Math.abs(value) < LARGEST_SECONDS) return value;
	const date = readDate(value, 'UTC');
	if (date) return date.getTime() / 1000;
	throw inputError(
		`${label} must be a date and time, but is ${quoted(value)}`,
		'Use a format such as 2026-12-31T18:00:00Z, or epoch seconds.',
	);
}

/** A flow configuration with its schedule changed, if it has one. */
export function withSchedule(
	flow: IDataObject,
	change: (schedule: IDataObject) => IDataObject,
): IDataObject {
	const { triggerConfig } = flow;
	const properties = isObject(triggerConfig) ? triggerConfig.triggerProperties : undefined;
	const schedule = isObject(properties) ? properties.Scheduled : undefined;
	if (!isObject(triggerConfig) || !isObject(properties) || !isObject(schedule)) return flow;
	return {
		...flow,
		triggerConfig: {
			...triggerConfig,
			triggerProperties: { ...properties, Scheduled: change(schedule) },
		},
	};
}

/** A flow configuration with its schedule times in epoch seconds. */
export function withEpochTimes(flow: IDataObject): IDataObject {
	return withSchedule(flow, (schedule) => {
		const times = SCHEDULE_TIMES.filter((name) => !isBlank(schedule[name])).map((name) => [
			name,
			epochSeconds(schedule[name], name),
		]);
		return { ...schedule, ...(Object.fromEntries(times) as IDataObject) };
	});
}
