import { grouped } from './bench.ts';
import type { Result } from './bench.ts';
import type { Limit } from './server.ts';
import type { Weight } from './weigh.ts';
import { DEFAULT_LABEL } from './ways.ts';

export interface Goal {
	what: string;
	/** The measured value. */
	value: number;
	/** The value must be at most, or at least, this. */
	bound: number;
	side: 'at most' | 'at least';
	/** Unit of the value; undefined for a ratio. */
	unit?: string;
	note?: string;
}

export function isReached({ value, bound, side }: Goal): boolean {
	return side === 'at most' ? value <= bound : value >= bound;
}

/** Maximum ratio of the node's time to the ideal time under a rate limit. */
const LIMIT_RATIO = 1.25;

/**
 * The minimum time in which a rate-limited service can create the items, in ms. It accepts `perSecond` items at once
 * and as many each period after that; the last ones take 20 ms for every `inFlight` items.
 */
function idealMs(items: number, { count, seconds }: Limit, inFlight: number): number {
	const last = Math.min(count, items % count || count);
	return (Math.ceil(items / count) - 1) * seconds * 1000 + Math.ceil(last / inFlight) * 20;
}

function freeGoals(results: Result[]): Goal[] {
	const find = (mode: string, parallel?: number) => {
		const found = results.find(
			(one) => one.way === mode && (parallel ?? one.parallel) === one.parallel,
		);
		if (!found) throw new Error(`There is no result for ${mode}`);
		return found;
	};
	const ten = find('node', 10);
	const http = find('http-request');
	const standard = results.find(({ label }) => label === DEFAULT_LABEL) ?? ten;
	return [
		{
			what: "Time of the node at ten in flight, to plain fetch's",
			value: ten.wallMs / find('fetch', 10).wallMs,
			side: 'at most',
			bound: 1.35,
		},
		{
			what: "HTTP Request node's time, to the node's at ten in flight",
			value: http.wallMs / ten.wallMs,
			side: 'at least',
			bound: 1.25,
		},
		{
			what: "Time of one after another, to the node's at its default",
			value: find('sequential').wallMs / standard.wallMs,
			side: 'at least',
			bound: 4,
		},
		{
			what: "CPU per item of the node at ten in flight, to the HTTP Request node's",
			value: ten.cpuMsPerItem / http.cpuMsPerItem,
			side: 'at most',
			bound: 1,
			note: `${ten.cpuMsPerItem.toFixed(2)} ms and ${http.cpuMsPerItem.toFixed(2)} ms`,
		},
	];
}

/** The default at real latencies: compared with all items at once, and with the best fixed number of plain fetch. */
function latencyGoals(results: Result[]): Goal[] {
	return grouped(results, ({ latencyMs }) => latencyMs).flatMap(([latencyMs, some]) => {
		const standard = some.find(({ label }) => label === DEFAULT_LABEL);
		const http = some.find(({ way }) => way === 'http-request');
		const fetches = some.filter(({ way }) => way === 'fetch').map(({ wallMs }) => wallMs);
		if (!standard || !http || latencyMs < 100) return [];
		return [
			{
				what: `Time of the node at its default, to the HTTP Request node's, ${latencyMs} ms each`,
				value: standard.wallMs / http.wallMs,
				side: 'at most' as const,
				bound: 1.5,
			},
			{
				what: `Time of the node at its default, to the best of plain fetch, ${latencyMs} ms each`,
				value: standard.wallMs / Math.min(...fetches),
				side: 'at most' as const,
				bound: 1.25,
			},
		];
	});
}

function limitGoals(result: Result): Goal[] {
	const { label, items, parallel, limit, wallMs, lost, duplicated } = result;
	const { count, seconds } = limit ?? { count: Infinity, seconds: 0 };
	const ideal = idealMs(items, { count, seconds }, parallel);
	const under = `under ${count} per ${seconds} s (${label})`;
	return [
		{
			what: `Names lost or duplicated ${under}`,
			value: lost + duplicated,
			side: 'at most',
			bound: 0,
			unit: 'names',
		},
		{
			what: `Time ${under}, to the ideal`,
			value: wallMs / ideal,
			side: 'at most',
			bound: LIMIT_RATIO,
			note: `${Math.round(wallMs)} ms and ${ideal} ms`,
		},
	];
}

function weightGoals({ descriptionBytes, n8nDescriptionBytes, tarballBytes }: Weight): Goal[] {
	const { node, bytes } = n8nDescriptionBytes.all;
	const own = Object.entries(descriptionBytes).sort(([, a], [, b]) => b - a)[0];
	return [
		{
			what: 'The package, packed',
			value: tarballBytes,
			side: 'at most',
			bound: 300_000,
			unit: 'bytes',
		},
		{
			what: "Our largest description, to n8n's largest",
			value: (own?.[1] ?? Infinity) / bytes,
			side: 'at most',
			bound: 0.5,
			note: `${own?.[0] ?? 'none'} and ${node}`,
		},
	];
}

/** The performance goals, as ratios within one run, because machines differ. */
export function goals(results: Result[], weight: Weight): Goal[] {
	const limited = results.filter(({ limit }) => limit !== null);
	return [
		...freeGoals(results.filter(({ limit, latencyMs }) => limit === null && latencyMs === 20)),
		...latencyGoals(results.filter(({ limit }) => limit === null)),
		...limited.filter(({ way: mode }) => mode === 'node').flatMap(limitGoals),
		...weightGoals(weight),
	];
}

/** The goal of queue mode, from executions per second. It needs a processor for each worker. */
export function workersGoal(twoWorkers: number, oneWorker: number): Goal {
	return {
		what: 'Executions per second of two workers, to one',
		value: twoWorkers / oneWorker,
		side: 'at least',
		bound: 1.7,
	};
}
