import type { Result } from './bench.ts';
import type { Weight } from './weigh.ts';
import { DEFAULT_PARALLEL } from './ways.ts';

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
/** Response time of the service for an item, in ms. */
const ITEM_MS = 20;

/**
 * The minimum time in which a rate-limited service can create the items, in ms. It accepts `perSecond` items at once
 * and as many each second after that; the last ones take ITEM_MS for every `inFlight` items.
 */
function idealMs(items: number, perSecond: number, inFlight: number): number {
	const last = Math.min(perSecond, items % perSecond || perSecond);
	return (Math.ceil(items / perSecond) - 1) * 1000 + Math.ceil(last / inFlight) * ITEM_MS;
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
	const standard = find('node', DEFAULT_PARALLEL);
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

function limitGoals(result: Result): Goal[] {
	const { label, items, parallel, limitPerSecond, wallMs, lost, duplicated } = result;
	const ideal = idealMs(items, limitPerSecond ?? Infinity, parallel);
	const under = `under the limit (${label})`;
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
	const limited = results.filter(({ limitPerSecond }) => limitPerSecond !== null);
	return [
		...freeGoals(results.filter(({ limitPerSecond }) => limitPerSecond === null)),
		...limited.filter(({ way: mode }) => mode === 'node').flatMap(limitGoals),
		...weightGoals(weight),
	];
}
