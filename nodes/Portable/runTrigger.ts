import { readId } from '../engine/input/read';
import type { RunTrigger } from '../engine/trigger/runTrigger';
import type { RunPage } from '../engine/trigger/checkRuns';
import { hasFailed, hasSucceeded, isOver } from './api/attempt';
import { createdAtMs, timeMs } from './api/resource';
import type { PortableApi } from './api/PortableApi';
import type { PortableId, PortableResource } from './api/resource';
import { portableApi } from './api/definition';

/** The first page is read by every poll. Other pages have the maximum: https://developer.portable.io/api-reference/flows/get-flow-run-attempts */
const PAGE_SIZES = { first: 100, others: 1000 };

/** Pages overlap by one attempt, because a new attempt shifts the others while they are read. */
async function* attemptPages(
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

/** Watches flows for finished run attempts. */
export const runTrigger: RunTrigger<PortableApi, PortableResource> = {
	service: portableApi,
	fields: {
		singular: 'Flow',
		plural: 'Flows',
		run: 'Run',
		loadOptionsMethod: 'getFlows',
		placeholder: 'e.g. 568971, 568972',
		outcomes: { any: 'Includes canceled runs' },
	},
	listAll: async (api) => {
		const list = await api.flows.list();
		if (!list) return undefined;
		const resources = list.resources.map(({ id }) => ({ id }));
		return { resources, isComplete: list.incomplete === undefined };
	},
	readId: (text) => readId(text, 'Flow IDs'),
	pages: (api, { id }) => attemptPages(api, id),
	isNewestFirst: true,
	firstPages: 2,
	hasFailed,
	hasSucceeded,
	idOf: ({ id }) => id,
	// an ID beyond 2^53 is text
	orderOf: ({ id }) => BigInt(id),
	isOver,
	timeOf: (run) => timeMs(run.completedAt) ?? createdAtMs(run),
};
