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

/** As AppFlow reads it: rate(1days), in the plural and without a blank, which it takes for no schedule at all. */
function normalizeRate(text: string): string {
	const [, count, unit = ''] = RATE.exec(text.trim()) ?? [];
	return Number(count) > 0 ? `rate(${Number(count)}${unit.toLowerCase()}s)` : text.trim();
}

/** Whether it has the form of a schedule that AppFlow reads. */
export function isScheduleExpression(text: string): boolean {
	return EXPRESSION.test(text);
}

const { minute, hour, dayOfMonth, month, dayOfWeek, year } = cronFields;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html: days of the week begin with 1. */
const AWS_CRON = [minute, hour, dayOfMonth, month, { ...dayOfWeek, from: 1 }, year];

/**
 * An expression as it was entered in the form, with the fields of a cron expression checked.
 * @throws Fault that says which field is wrong, and what is allowed in it
 */
export function readScheduleExpression(text: string): string {
	const [, fields] = /^cron\((.*)\)$/i.exec(text) ?? [];
	const label = 'Schedule Expression';
	if (fields === undefined || readCron(fields, [AWS_CRON], label)) return text;
	throw inputError(
		`${label} must have six fields in cron(...): minute, hour, day of the month, month, day of the week and year, but is ${quoted(text)}`,
		'It looks like cron(0 12 * * ? *).',
	);
}

/** A schedule as AppFlow reads it. */
function withNormalRate(schedule: IDataObject): IDataObject {
	const { scheduleExpression: text } = schedule;
	return typeof text === 'string'
		? { ...schedule, scheduleExpression: normalizeRate(text) }
		: schedule;
}

/** A configuration with the rate of its schedule as AppFlow reads it. */
export function normalizeRates(flow: IDataObject): IDataObject {
	return withSchedule(flow, withNormalRate);
}

/** The next time of a rate that has begun; undefined when the expression tells of no such time. */
function nextStart(expression: unknown, startMs: number, nowMs: number): number | undefined {
	const [, count, unit] = RATE.exec(typeof expression === 'string' ? expression : '') ?? [];
	const step = Number(count) * (UNIT_MS[`${unit ?? ''}s`] ?? NaN);
	return step > 0 ? startMs + Math.ceil((nowMs - startMs + 1) / step) * step : undefined;
}

/** A start that is set anew is so far ahead, in ms, that it is not past when AppFlow reads it. */
const LEAD_MS = 60_000;

function isoOf(ms: number): string {
	return new Date(ms).toISOString();
}

/** What becomes of a start that is past, and a sentence that says so. */
function futureStart(
	schedule: IDataObject,
	nowMs: number,
): { schedule: IDataObject; warning?: string } {
	const { scheduleStartTime, scheduleEndTime, ...others } = schedule;
	if (isBlank(scheduleStartTime)) return { schedule };
	const startMs = epochSeconds(scheduleStartTime, 'scheduleStartTime') * 1000;
	if (startMs > nowMs) return { schedule };
	const past = `The schedule began at ${isoOf(startMs)}, and AppFlow takes no start that is past.`;
	const endMs = isBlank(scheduleEndTime)
		? Infinity
		: epochSeconds(scheduleEndTime, 'scheduleEndTime') * 1000;
	const next = nextStart(schedule.scheduleExpression, startMs, nowMs + LEAD_MS);
	if ((next ?? nowMs) >= endMs) {
		return { schedule, warning: `${past} It ends at ${isoOf(endMs)}: set a later End, or none.` };
	}
	if (next === undefined) {
		const rest = isBlank(scheduleEndTime) ? others : { ...others, scheduleEndTime };
		return {
			schedule: rest,
			warning: `${past} It was left out: the schedule begins when it is activated.`,
		};
	}
	return {
		schedule: { ...schedule, scheduleStartTime: next / 1000 },
		warning: `${past} The next time of the same schedule was sent instead: ${isoOf(next)}.`,
	};
}

/**
 * A configuration whose start may be past, as that of every schedule that has been at work: AppFlow is expected to
 * refuse it. It is moved forward by whole periods, so that the schedule stays the same, else left out.
 * @returns the configuration, and what was changed as a sentence or two; nothing is changed of a schedule that has ended
 */
export function withFutureStart(
	config: IDataObject,
	nowMs: number,
): { config: IDataObject; warning?: string } {
	let warning: string | undefined;
	const coming = withSchedule(config, (schedule) => {
		const changed = futureStart(schedule, nowMs);
		({ warning } = changed);
		return changed.schedule;
	});
	return { config: coming, ...(warning !== undefined && { warning }) };
}
