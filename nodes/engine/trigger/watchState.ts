import { createHash } from 'node:crypto';

export type Id = string | number;

/** The known runs of one resource, such as a flow. */
export interface Watch {
	/** All runs at or below this position in the order have ended, except those in `inProgress`. */
	floor: bigint | null;
	/** Runs above it that have ended. */
	settled: Settled[];
	/** When the last of them was added, in epoch ms by n8n's clock. */
	settledAt: number;
	/** Runs that are still in progress. */
	inProgress: RunInProgress[];
}

export interface Settled {
	/** The run, as {@link markOf} encodes its ID. */
	mark: string;
	order: bigint;
}

export interface RunInProgress {
	id: Id;
	order: bigint;
	/** Since when it has not been found, in epoch ms by n8n's clock. Null if the last check found it. */
	missingSince: number | null;
}

/** A resource and what is known about it. */
export interface KnownResource {
	id: Id;
	watch: Watch;
	/** Since when a complete list has not contained it, in epoch ms by the service's clock. Null while it does. */
	goneSince: number | null;
}

/** A {@link Watch} as stored: text, and the runs in progress, if any. */
export type PackedWatch = [text: string, inProgress?: PackedRunInProgress[]];

type PackedRunInProgress = [id: Id, order: string, missingSince?: string];

/**
 * Encodes an ID in a few characters, to store the latest runs of a resource. Numbers, also as text, are encoded
 * exactly, other IDs as 48 bits of their SHA-256: among 50 runs, the probability that two are equal is 1 in
 * 200,000,000,000.
 */
export function markOf(id: Id): string {
	const text = String(id);
	if (/^[1-9]\d{0,30}$/.test(text)) return BigInt(text).toString(36);
	return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

/** Encodes a number in base 36. */
function packed(value: bigint | number): string {
	return value.toString(36);
}

function unpacked(text: string): bigint {
	let value = 0n;
	for (const digit of text) value = value * 36n + BigInt(parseInt(digit, 36));
	return value;
}

/** Encodes a time to the second. */
function packedTime(ms: number): string {
	return packed(Math.max(0, Math.floor(ms / 1000)));
}

function unpackedTime(text: string): number {
	return Number(unpacked(text)) * 1000;
}

/**
 * Encodes a watch as `floor;settledAt;mark.step,mark.step`. Settled runs are sorted latest first. The first step is
 * the position of its run, each other step the difference to the run before.
 */
export function packWatch({ floor, settled, settledAt, inProgress }: Watch): PackedWatch {
	const latestFirst = [...settled].sort((a, b) => Number(b.order - a.order));
	const steps = latestFirst.map(({ mark, order }, index) => {
		const above = latestFirst[index - 1]?.order;
		return `${mark}.${packed(above === undefined ? order : above - order)}`;
	});
	const time = steps.length > 0 ? packedTime(settledAt) : '';
	const text = `${floor === null ? '' : packed(floor)};${time};${steps.join(',')}`;
	const short = text.replace(/;+$/, '');
	if (inProgress.length === 0) return [short];
	return [
		short,
		inProgress.map(({ id, order, missingSince }) =>
			missingSince === null ? [id, packed(order)] : [id, packed(order), packedTime(missingSince)],
		),
	];
}

const NUMBER = /^[0-9a-z]{1,40}$/;

function isNumber(value: unknown): value is string {
	return typeof value === 'string' && NUMBER.test(value);
}

function unpackSettled(text: string): Settled[] | undefined {
	const settled: Settled[] = [];
	if (text === '') return settled;
	for (const entry of text.split(',')) {
		const [mark = '', step = '', ...more] = entry.split('.');
		if (mark === '' || !isNumber(step) || more.length > 0) return undefined;
		const above = settled.at(-1)?.order;
		settled.push({ mark, order: above === undefined ? unpacked(step) : above - unpacked(step) });
	}
	return settled;
}

function unpackInProgress(stored: unknown): RunInProgress[] | undefined {
	if (stored === undefined || stored === null) return [];
	if (!Array.isArray(stored)) return undefined;
	const runs = (stored as unknown[]).flatMap((entry): RunInProgress[] => {
		const [id, order, since] = Array.isArray(entry) ? (entry as unknown[]) : [];
		if ((typeof id !== 'string' && typeof id !== 'number') || !isNumber(order)) return [];
		return [
			{ id, order: unpacked(order), missingSince: isNumber(since) ? unpackedTime(since) : null },
		];
	});
	return runs.length === stored.length ? runs : undefined;
}

/** Decodes a watch. Undefined if {@link packWatch} did not create it. */
export function unpackWatch(stored: unknown): Watch | undefined {
	const [text, packedInProgress] = Array.isArray(stored) ? (stored as unknown[]) : [];
	if (typeof text !== 'string') return undefined;
	const [floor = '', time = '', list = '', ...more] = text.split(';');
	const settled = unpackSettled(list);
	const inProgress = unpackInProgress(packedInProgress);
	const fits = [floor, time].every((part) => part === '' || isNumber(part)) && more.length === 0;
	if (!fits || !settled || !inProgress) return undefined;
	return {
		floor: floor === '' ? null : unpacked(floor),
		settled,
		settledAt: time === '' ? 0 : unpackedTime(time),
		inProgress,
	};
}
