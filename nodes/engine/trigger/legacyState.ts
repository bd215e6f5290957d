import { markOf } from './watchState';
import type { Id, KnownResource, Watch } from './watchState';

// The format of version 0.1.0: whole IDs, lists instead of text, and its own names.

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
 * Reads the watch of one resource. Undefined for any other format.
 * @param now epoch ms by n8n's clock
 */
export function readLegacyWatch(stored: unknown, now: number): Watch | undefined {
	if (typeof stored !== 'object' || stored === null) return undefined;
	const { floor, settled, going } = stored as Partial<
		Record<'floor' | 'settled' | 'going', unknown>
	>;
	if (floor !== null && !(typeof floor === 'number' && Number.isFinite(floor))) return undefined;
	if (!Array.isArray(settled) || !Array.isArray(going)) return undefined;
	const isValid =
		settled.every((entry: unknown) => isEntry(entry, 2)) &&
		going.every((entry: unknown) => isEntry(entry, 3));
	if (!isValid) return undefined;
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

/** An entry: the resource, the poll that last checked it, and its runs. */
function readEntry(entry: unknown, now: number): KnownResource[] {
	const [id, , stored] = Array.isArray(entry) ? (entry as unknown[]) : [];
	const watch = readLegacyWatch(stored, now);
	if (typeof id !== 'string' && typeof id !== 'number') return [];
	return watch ? [{ id, watch, goneSince: null }] : [];
}

/**
 * Reads the resources that version 0.1.0 stored. Undefined for any other format.
 * @param now epoch ms by n8n's clock
 */
export function readLegacyResources(
	{ v, turn, things }: Partial<Record<'v' | 'turn' | 'things', unknown>>,
	now: number,
): KnownResource[] | undefined {
	if (v !== undefined || typeof turn !== 'number' || !Array.isArray(things)) return undefined;
	return things.flatMap((entry: unknown) => readEntry(entry, now));
}
