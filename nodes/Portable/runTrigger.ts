import { readId } from '../engine/parameters';
import type { RunTrigger } from '../engine/pollingTrigger';
import type { RunPage } from '../engine/watch';
import { hasFailed, hasSucceeded, isOver } from './attempt';
import { createdAtMs, timeMs } from './PortableApi';
import type { PortableApi, PortableResource } from './PortableApi';
import { portable } from './service';

const PAGE_SIZE = 100;

/** Pages that overlap by one, since a new attempt moves the others on while they are read. */
async function* attemptPages(
	api: PortableApi,
	flow: number,
): AsyncGenerator<RunPage<PortableResource>> {
	for (let offset = 0; ; offset += PAGE_SIZE - 1) {
		const results = await api.runAttempts(flow, { limit: PAGE_SIZE, offset, sort: 'desc' });
		const isLast = results.length < PAGE_SIZE;
		yield { results, isLast };
		if (isLast) return;
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
	everything: async (api) => (await api.listFlows())?.resources.map(({ id }) => ({ id })),
	readId: (text) => readId(text, 'Flow IDs'),
	pages: (api, flow) => attemptPages(api, Number(flow)),
	hasFailed,
	hasSucceeded,
	idOf: ({ id }) => id,
	orderOf: ({ id }) => id,
	isOver,
	timeOf: (run) => timeMs(run.completedAt) ?? createdAtMs(run),
};
