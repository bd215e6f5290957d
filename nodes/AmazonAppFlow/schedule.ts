import type { IDataObject } from 'n8n-workflow';
import { refusal } from '../engine/fault';
import { isObject, shown } from '../engine/values';
import { epochSeconds } from './times';

const UNIT_MS: Record<string, number> = {
	minutes: 60_000,
	hours: 3_600_000,
	days: 86_400_000,
	weeks: 604_800_000,
};

const RATE = /^rate\(\s*(\d+)\s*(minute|hour|day|week|month)s?\s*\)$/i;

/**
 * A schedule as AppFlow reads it: rate(1days), in the plural and without a blank, which it takes for no schedule at all.
 * @throws Fault when it is neither rate(...) nor cron(...)
 */
export function scheduleExpression(text: string, label: string): string {
	const [, count, unit] = RATE.exec(text.trim()) ?? [];
	if (count !== undefined && unit !== undefined && Number(count) > 0) {
		return `rate(${Number(count)}${unit.toLowerCase()}s)`;
	}
	if (/^cron\(.+\)$/.test(text.trim())) return text.trim();
	throw refusal(`${label} must be like rate(1hours) or cron(0 12 * * ? *), but is ${shown(text)}`);
}

/** The next time of a rate that has begun; undefined when the expression tells of no such time. */
function nextOf(expression: unknown, startMs: number, nowMs: number): number | undefined {
	const [, count, unit] = RATE.exec(typeof expression === 'string' ? expression : '') ?? [];
	const step = Number(count) * (UNIT_MS[`${unit ?? ''}s`] ?? NaN);
	return step > 0 ? startMs + Math.ceil((nowMs - startMs + 1) / step) * step : undefined;
}

/**
 * A configuration that was read, fit to be written: AppFlow is expected to refuse a start that is past,
 * as that of every schedule that has been at work. It is moved forward by whole periods, else left out.
 */
export function withComingStart(config: IDataObject, nowMs: number): IDataObject {
	const trigger = isObject(config.triggerConfig) ? config.triggerConfig : {};
	const properties = isObject(trigger.triggerProperties) ? trigger.triggerProperties : {};
	const schedule = isObject(properties.Scheduled) ? properties.Scheduled : {};
	const { scheduleStartTime, ...rest } = schedule;
	if (scheduleStartTime === undefined) return config;
	const startMs = epochSeconds(scheduleStartTime, 'scheduleStartTime') * 1000;
	if (startMs > nowMs) return config;
	const next = nextOf(schedule.scheduleExpression, startMs, nowMs);
	const Scheduled = next === undefined ? rest : { ...schedule, scheduleStartTime: next / 1000 };
	return {
		...config,
		triggerConfig: { ...trigger, triggerProperties: { ...properties, Scheduled } },
	};
}
