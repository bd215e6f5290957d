import { readId } from '../engine/input/read';
import type { RunTrigger } from '../engine/trigger/runTrigger';
import type { RunPage } from '../engine/trigger/checkRuns';
import { hasFailed, hasSucceeded, isOver } from './api/attempt';
import { createdAtMs, timeMs } from './api/PortableApi';
import type { PortableApi, PortableId, PortableResource } from './api/PortableApi';
import { portable } from './service';

/** Of the first page, which is read at each look, and of the others: as many as Portable gives at once. */
const PAGE_SIZES = { first: 100, others: 1000 };

/** Pages that overlap by one, since a new attempt moves the others on while they are read. */
async function* attemptPages(
	api: PortableApi,
	flow: PortableId,
): AsyncGenerator<RunPage<PortableResource>> {
	let limit = PAGE_SIZES.first;
	for (let offset = 0; ; limit = PAGE_SIZES.others) {
		const results = await api.runAttempts(flow, { limit, offset, sort: 'desc' });
		const isLast = results.length < limit;
		yield { results, isLast };
		if (isLast) return;
		offset += limit - 1;
	}
}

/** The finished run attempts of flows. */
export const runTrigger: RunTrigger<PortableApi, PortableResource> = {
	service: portable,
	fields: {
		singular: 'Flow',
		plural: 'Flows',
		run: 'Run',
		loadOptionsMethod: 'getFlows',
		placeholder: 'e.g. 568971, 568972',
		outcomes: { any: 'Also runs that were cancelled' },
	},
	listAll: async (api) => {
		const list = await api.listFlows();
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
	// also of an ID beyond 2^53, which comes as text
	orderOf: ({ id }) => BigInt(id),
	isOver,
	timeOf: (run) => timeMs(run.completedAt) ?? createdAtMs(run),
};
