import { cursorPages, readCursorPages } from '../engine/http/pagination';
import type { RunTrigger } from '../engine/trigger/runTrigger';
import { inputError } from '../engine/errors';
import { isPageAddress } from '../engine/input/pageAddress';
import { epochMs } from '../engine/values';
import type { DigaApi } from './api/DigaApi';
import type { DigaFlow, DigaResource } from './api/resource';
import { STATUSES_IN_PROGRESS, hasFailed, hasSucceeded, isOver } from './model/executionStatus';
import type { Id } from '../engine/trigger/watchState';
import { readDigaId } from './model/ids';
import { digaApi } from './api/definition';

/** How many executions of one status are read. */
const MOST_IN_PROGRESS = 200;

/** The executions of a flow that are still running, found by status. */
async function runsInProgress(api: DigaApi, flow: Id): Promise<DigaResource[]> {
	const found: DigaResource[] = [];
	for (const status of STATUSES_IN_PROGRESS) {
		const ofStatus = await readCursorPages<DigaResource>({
			wanted: MOST_IN_PROGRESS,
			idOf: ({ id }) => id,
			load: async (after) => await api.executions.list(String(flow), { status, after }),
		});
		found.push(...ofStatus);
	}
	return found;
}

/** Whether a flow is active. Undefined for an unknown status. */
function isActive({ status }: DigaFlow): boolean | undefined {
	if (status === 'ENABLED') return true;
	return status === 'DISABLED' ? false : undefined;
}

/** How the trigger reads the finished executions of flows. */
export const runTrigger: RunTrigger<DigaApi, DigaResource> = {
	service: digaApi,
	fields: {
		singular: 'Flow',
		plural: 'Flows',
		run: 'Execution',
		loadOptionsMethod: 'getFlows',
		placeholder: 'e.g. 4XVdkuYbc1vYfBaWKmqb2',
		outcomes: {
			any: 'Includes canceled executions',
			failed: 'Includes executions that timed out, reached a limit, or had an internal error',
		},
	},
	listAll: async (api) => {
		const { resources, incomplete } = await api.flows.listAll();
		return {
			resources: resources.map(({ id, created }) => ({ id, createdAt: epochMs(created) })),
			isComplete: incomplete === undefined,
		};
	},
	listFlows: async (api) => {
		const { resources, incomplete } = await api.flows.listAll();
		const flows = resources.map((flow) => ({ id: flow.id, isActive: isActive(flow), flow }));
		return { flows, isComplete: incomplete === undefined };
	},
	readId: (text) => {
		if (isPageAddress(text)) return readDigaId(text, 'Flow IDs', 'a flow');
		if (/^[\w-]+$/.test(text)) return text;
		throw inputError(`Flow IDs must be IDs separated by commas, but contains "${text}"`);
	},
	pages: (api, { id }) =>
		cursorPages(async (after) => await api.executions.list(String(id), { after })),
	isNewestFirst: true,
	firstPages: 3,
	runsInProgress,
	readRun: async (api, run) => await api.executions.find(String(run)),
	hasFailed,
	hasSucceeded,
	idOf: ({ id }) => id,
	orderOf: ({ created }) => epochMs(created) ?? 0,
	isOver,
	timeOf: (run) => epochMs(run.finishTime) ?? epochMs(run.created),
};
