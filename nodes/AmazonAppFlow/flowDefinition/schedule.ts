import type { IDataObject } from 'n8n-workflow';
import { cronFields, readCron } from '../../engine/input/cron';
import { inputError } from '../../engine/errors';
import { isBlank, quoted } from '../../engine/values';
import { epochSeconds, withSchedule } from '../api/times';

const UNIT_MS: Record<string, number> = {
	minutes: 60_000,
	hours: 3_600_000,
	days: 86_400_000,
	weeks: 604_800_000,
};

const RATE = /^rate\(\s*(\d+)\s*(minute|hour|day|week|month)s?\s*\)$/i;

const EXPRESSION = /^(rate\([1-9]\d*(minute|hour|day|week|month)s\)|(cron|at)\(.+\))$/i;

/**
 * A rate with a plural unit and without spaces, such as rate(1days). AppFlow accepts `rate(1 days)`
 * without an error, but does not run the flow: https://github.com/cdklabs/cdk-appflow/issues/334
 */
function normalizeRate(text: string): string {
	const [, count, unit = ''] = RATE.exec(text.trim()) ?? [];
	return Number(count) > 0 ? `rate(${Number(count)}${unit.toLowerCase()}s)` : text.trim();
}

/** Whether AppFlow supports this format of schedule. */
export function isScheduleExpression(text: string): boolean {
	return EXPRESSION.test(text);
}

const { minute, hour, dayOfMonth, month, dayOfWeek, year } = cronFields;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html: days of the week start at 1. */
const AWS_CRON = [minute, hour, dayOfMonth, month, { ...dayOfWeek, from: 1 }, year];

/**
 * Checks the fields of a cron expression from the form. Other expressions are returned unchanged.
 * @throws OperationError that names the invalid field and its allowed values
 */
export function readScheduleExpression(text: string): string {
	const [, fields] = /^cron\((.*)\)$/i.exec(text) ?? [];
	const label = 'Schedule Expression';
	if (fields === undefined || readCron(fields, [AWS_CRON], label)) return text;
	throw inputError(
		`${label} must have six fields in cron(...): minute, hour, day of month, month, day of week and year, but is ${quoted(text)}`,
		'Use a format such as cron(0 12 * * ? *).',
	);
}

function withNormalRate(schedule: IDataObject): IDataObject {
	const { scheduleExpression: text } = schedule;
	return typeof text === 'string'
		? { ...schedule, scheduleExpression: normalizeRate(text) }
		: schedule;
}

/** A flow configuration with the rate of its schedule in AppFlow's format. */
export function normalizeRates(flow: IDataObject): IDataObject {
	return withSchedule(flow, withNormalRate);
}

/** The next time of a rate that has started. Undefined if the expression has no fixed interval. */
function nextStart(expression: unknown, startMs: number, nowMs: number): number | undefined {
	const [, count, unit] = RATE.exec(typeof expression === 'string' ? expression : '') ?? [];
	const step = Number(count) * (UNIT_MS[`${unit ?? ''}s`] ?? NaN);
	return step > 0 ? startMs + Math.ceil((nowMs - startMs + 1) / step) * step : undefined;
}

/** A new start is at least this far in the future, so that it is not past when AppFlow reads it. */
const LEAD_MS = 60_000;

function isoOf(ms: number): string {
	return new Date(ms).toISOString();
}

/** A schedule with its past start replaced or removed, and a sentence about the change. */
function futureStart(
	schedule: IDataObject,
	nowMs: number,
): { schedule: IDataObject; warning?: string } {
	const { scheduleStartTime, scheduleEndTime, ...others } = schedule;
	if (isBlank(scheduleStartTime)) return { schedule };
	const startMs = epochSeconds(scheduleStartTime, 'scheduleStartTime') * 1000;
	if (startMs > nowMs) return { schedule };
	const past = `The schedule started at ${isoOf(startMs)}, and AppFlow rejects a start in the past.`;
	const endMs = isBlank(scheduleEndTime)
		? Infinity
		: epochSeconds(scheduleEndTime, 'scheduleEndTime') * 1000;
	const next = nextStart(schedule.scheduleExpression, startMs, nowMs + LEAD_MS);
	if ((next ?? nowMs) >= endMs) {
		return {
			schedule,
			warning: `${past} It ends at ${isoOf(endMs)}. Set a later End or remove it.`,
		};
	}
	if (next === undefined) {
		const rest = isBlank(scheduleEndTime) ? others : { ...others, scheduleEndTime };
		return {
			schedule: rest,
			warning: `${past} The start was omitted, so the schedule starts when the flow is activated.`,
		};
	}
	return {
		schedule: { ...schedule, scheduleStartTime: next / 1000 },
		warning: `${past} The next time of the schedule was sent instead: ${isoOf(next)}.`,
	};
}

/**
 * Replaces a start in the past, which every active schedule has and which AppFlow rejects. The start moves forward by
 * whole intervals, so that the times of the schedule do not change. Without a fixed interval, it is omitted.
 * @returns the configuration and, if it changed, one or two sentences for the user. A schedule that has ended is unchanged.
 */
export function withFutureStart(
	config: IDataObject,
	nowMs: number,
): { config: IDataObject; warning?: string } {
	let warning: string | undefined;
	const future = withSchedule(config, (schedule) => {
		const changed = futureStart(schedule, nowMs);
		({ warning } = changed);
		return changed.schedule;
	});
	return { config: future, ...(warning !== undefined && { warning }) };
}
