import { readId } from '../engine/input/read';
import type { RunTrigger } from '../engine/trigger/runTrigger';
import { hasFailed, hasSucceeded, isOver } from './api/attempt';
import { attemptPages } from './api/attemptPages';
import { createdAtMs, timeMs } from './api/resource';
import type { PortableApi } from './api/PortableApi';
import type { PortableResource } from './api/resource';
import { portableApi } from './api/definition';

/** Whether a flow is active. Undefined if Portable does not say so. */
function isActive({ disabled }: PortableResource): boolean | undefined {
	return typeof disabled === 'boolean' ? !disabled : undefined;
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
		const resources = list.resources.map((flow) => ({ id: flow.id, createdAt: createdAtMs(flow) }));
		return { resources, isComplete: list.incomplete === undefined };
	},
	listFlows: async (api) => {
		const list = await api.flows.list();
		if (!list) return undefined;
		const flows = list.resources.map((flow) => ({ id: flow.id, isActive: isActive(flow), flow }));
		return { flows, isComplete: list.incomplete === undefined };
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
