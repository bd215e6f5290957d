import { createHash } from 'node:crypto';

export type Id = string | number;

/** What is known of the runs of one thing, such as a flow. */
export interface Watch {
	/** All runs at or below this place in the order were seen to their end, but for those in `going`. */
	floor: bigint | null;
	/** The runs above it that were seen to their end. */
	settled: Settled[];
	/** When the last of them was added, epoch ms by n8n's clock. */
	settledAt: number;
	/** Those that were still going on. */
	inProgress: RunInProgress[];
}

export interface Settled {
	/** As {@link markOf} makes it. */
	mark: string;
	order: bigint;
}

export interface RunInProgress {
	id: Id;
	order: bigint;
	/** Since when it has not been found, epoch ms by n8n's clock; null when the last look found it. */
	missingSince: number | null;
}

/** A {@link Watch} as it is stored: a text, and the runs that go on where there are any. */
export type PackedWatch = [text: string, going?: PackedRunInProgress[]];

type PackedRunInProgress = [id: Id, order: string, missingSince?: string];

/**
 * Tells the few runs apart that are kept, in little room: a number, also as text, exactly; another ID by 48 bits of
 * its SHA-256, of which two among 50 are the same once in 200,000,000,000 times.
 */
export function markOf(id: Id): string {
	const text = String(id);
	if (/^[1-9]\d{0,30}$/.test(text)) return BigInt(text).toString(36);
	return createHash('sha256').update(text).digest('base64url').slice(0, 8);
}

/** Base 36, as all numbers are stored. */
function packed(value: bigint | number): string {
	return value.toString(36);
}

function unpacked(text: string): bigint {
	let value = 0n;
	for (const digit of text) value = value * 36n + BigInt(parseInt(digit, 36));
	return value;
}

/** Times are stored to the second. */
function packedTime(ms: number): string {
	return packed(Math.max(0, Math.floor(ms / 1000)));
}

function unpackedTime(text: string): number {
	return Number(unpacked(text)) * 1000;
}

/**
 * `floor;settledAt;mark.step,mark.step`, the settled ones latest first, each step being the way down to the next:
 * of the first from 0, so that it is its place in the order.
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

function unpackGoing(stored: unknown): RunInProgress[] | undefined {
	if (stored === undefined || stored === null) return [];
	if (!Array.isArray(stored)) return undefined;
	const going = (stored as unknown[]).flatMap((entry): RunInProgress[] => {
		const [id, order, since] = Array.isArray(entry) ? (entry as unknown[]) : [];
		if ((typeof id !== 'string' && typeof id !== 'number') || !isNumber(order)) return [];
		return [
			{ id, order: unpacked(order), missingSince: isNumber(since) ? unpackedTime(since) : null },
		];
	});
	return going.length === stored.length ? going : undefined;
}

/** Reads what {@link packWatch} made; undefined when it is something else. */
export function unpackWatch(stored: unknown): Watch | undefined {
	const [text, packedGoing] = Array.isArray(stored) ? (stored as unknown[]) : [];
	if (typeof text !== 'string') return undefined;
	const [floor = '', time = '', list = '', ...more] = text.split(';');
	const settled = unpackSettled(list);
	const inProgress = unpackGoing(packedGoing);
	const fits = [floor, time].every((part) => part === '' || isNumber(part)) && more.length === 0;
	if (!fits || !settled || !inProgress) return undefined;
	return {
		floor: floor === '' ? null : unpacked(floor),
		settled,
		settledAt: time === '' ? 0 : unpackedTime(time),
		inProgress,
	};
}

function isEntry(entry: unknown, length: number): entry is [Id, ...number[]] {
	if (!Array.isArray(entry) || entry.length !== length) return false;
	const [id, ...numbers] = entry as unknown[];
	return (
		['string', 'number'].includes(typeof id) &&
		numbers.every((one) => typeof one === 'number' && Number.isFinite(one))
	);
}

function orderOf(value: number): bigint {
	return BigInt(Math.max(0, Math.trunc(value)));
}

/**
 * Reads a watch as 0.1.0 stored it: with whole IDs, and lists in the place of texts.
 * @param now epoch ms by n8n's clock
 */
export function upgradeWatch(stored: unknown, now: number): Watch | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	const { floor, settled, going } = stored as Partial<
		Record<'floor' | 'settled' | 'going', unknown>
	>;
	if (floor !== null && !(typeof floor === 'number' && Number.isFinite(floor))) return undefined;
	if (!Array.isArray(settled) || !Array.isArray(going)) return undefined;
	const isWhole =
		settled.every((entry: unknown) => isEntry(entry, 2)) &&
		going.every((entry: unknown) => isEntry(entry, 3));
	if (!isWhole) return undefined;
	return {
		floor: floor === null ? null : orderOf(floor),
		settled: settled
			.filter((entry: unknown) => isEntry(entry, 2))
			.map(([id, order = 0]) => ({ mark: markOf(id), order: orderOf(order) })),
		settledAt: now,
		inProgress: going
			.filter((entry: unknown) => isEntry(entry, 3))
			.map(([id, order = 0, missed = 0]) => ({
				id,
				order: orderOf(order),
				missingSince: missed > 0 ? now : null,
			})),
	};
}
