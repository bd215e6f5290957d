import { compareIds, sameId } from '../../engine/ids';
import type { RunPage } from '../../engine/trigger/checkRuns';
import type { PortableApi } from './PortableApi';
import type { PortableId, PortableResource } from './resource';

/** The first page is read by every poll. Other pages have the maximum: https://developer.portable.io/api-reference/flows/get-flow-run-attempts */
const PAGE_SIZES = { first: 100, others: 1000 };

/** The attempts of a flow, newest first. Pages overlap by one attempt, because a new attempt shifts the others while they are read. */
export async function* attemptPages(
	api: PortableApi,
	flow: PortableId,
): AsyncGenerator<RunPage<PortableResource>> {
	let limit = PAGE_SIZES.first;
	for (let offset = 0; ; limit = PAGE_SIZES.others) {
		const results = await api.flows.runAttempts(flow, { limit, offset, sort: 'desc' });
		const isLast = results.length < limit;
		yield { results, isLast };
		if (isLast) return;
		offset += limit - 1;
	}
}

/**
 * Finds an attempt on any page. IDs increase, so the search ends at the first page with an older attempt.
 * @returns undefined if the flow has no such attempt
 */
export async function findAttempt(
	api: PortableApi,
	flow: PortableId,
	id: PortableId,
): Promise<PortableResource | undefined> {
	for await (const { results } of attemptPages(api, flow)) {
		const found = results.find((attempt) => sameId(attempt.id, id));
		if (found || results.some((attempt) => compareIds(attempt.id, id) < 0)) return found;
	}
	return undefined;
}
