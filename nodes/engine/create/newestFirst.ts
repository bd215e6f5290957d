import { cursorPages, incompleteSentence } from '../http/pagination';
import type { Listing, NewestFirst, Resource } from './creation';

/** Creation times may be cut to the second, and the clocks of a service's servers may differ a little. */
export const CLOCK_TOLERANCE_MS = 2000;
/** How many resources of a long list are kept in memory. */
const MAX_KEPT = 10_000;

/** A list that was read from its newest resource on. */
export interface NewestRead<R extends Resource> extends Listing<R> {
	/** The newest 10,000 resources that were read. */
	resources: R[];
	/** Whether the creation times confirm that the list is sorted newest first. If not, it was read to its end. */
	isSorted: boolean;
	/** Whether the list was read to its end. */
	isWhole: boolean;
	/** Whether a resource can be missing, because the pages were requested by number and may have shifted. */
	mayHaveShifted: boolean;
	/** The number of pages read. */
	pages: number;
	/** When the first and the last resource were created, in epoch ms by the service's clock. −Infinity if there is none. */
	newestMs: number;
	lastMs: number;
}

/** How to read a list that is sorted newest first. */
export interface NewestReader<R extends Resource> {
	createdAtMs: (resource: R) => number | undefined;
	/** Whether to stop after this page. Not called if the list is not sorted. @param lastMs as in {@link NewestRead} */
	isEnough: (lastMs: number) => boolean;
	/** Called with each resource, also if it is not kept in memory. A resource that is on two pages comes twice. */
	visit: (resource: R) => void;
	keepRetryingMs?: number;
}

/**
 * Reads a list from its newest resource on, until it is enough. The order is checked by the creation times: if one is
 * missing, or later than the one before, the list is read to its end.
 */
export async function readNewest<R extends Resource>(
	{ page }: NewestFirst<R>,
	{ createdAtMs, isEnough, visit, keepRetryingMs }: NewestReader<R>,
): Promise<NewestRead<R>> {
	const kept = new Map<string, R>();
	const read = {
		isSorted: true,
		isWhole: false,
		mayHaveShifted: false,
		pages: 0,
		newestMs: -Infinity,
		lastMs: -Infinity,
	};
	let count = 0;
	let isIncomplete = false;
	const load = async (after: string | undefined) => {
		const loaded = await page(after, keepRetryingMs);
		read.mayHaveShifted ||= loaded.fingerprint !== undefined && after !== undefined;
		return loaded;
	};
	for await (const { results, isLast, isIncomplete: lacksMore } of cursorPages(load)) {
		read.pages++;
		for (const resource of results) {
			const createdMs = createdAtMs(resource);
			read.isSorted &&= createdMs !== undefined && (count === 0 || createdMs <= read.lastMs);
			read.lastMs = createdMs ?? -Infinity;
			if (count === 0) read.newestMs = read.lastMs;
			count++;
			visit(resource);
			if (kept.size < MAX_KEPT) kept.set(String(resource.id), resource);
		}
		read.isWhole = isLast;
		isIncomplete = lacksMore;
		if (!isLast && count > 0 && read.isSorted && isEnough(read.lastMs)) break;
	}
	const resources = [...kept.values()];
	return { resources, ...read, ...(isIncomplete && { incomplete: incompleteSentence(count) }) };
}
