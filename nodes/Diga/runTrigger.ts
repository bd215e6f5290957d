import { cursorPages, readCursorPages } from '../engine/http/pagination';
import type { RunTrigger } from '../engine/trigger/runTrigger';
import { inputError } from '../engine/errors';
import { isPageAddress } from '../engine/input/pageAddress';
import { epochMs } from '../engine/values';
import type { DigaApi, DigaResource } from './api/DigaApi';
import { GOING_ON, hasFailed, hasSucceeded, isOver } from './model/executionStatus';
import type { Id } from '../engine/trigger/watchState';
import { engineId } from './resources/shared';
import { diga } from './service';

/** Of one status; more are not kept in mind. */
const MOST_GOING_ON = 200;

/** The executions of a flow that go on, which Diga tells by their status. */
async function runsInProgress(api: DigaApi, flow: Id): Promise<DigaResource[]> {
	const found: DigaResource[] = [];
	for (const status of GOING_ON) {
		const ofStatus = await readCursorPages<DigaResource>({
			wanted: MOST_GOING_ON,
			idOf: ({ id }) => id,
			load: async (after) => await api.listExecutions(String(flow), { status, after }),
		});
		found.push(...ofStatus);
	}
	return found;
}

/** The finished executions of flows. */
export const runTrigger: RunTrigger<DigaApi, DigaResource> = {
	service: diga,
	fields: {
		singular: 'Flow',
		plural: 'Flows',
		run: 'Execution',
		loadOptionsMethod: 'getFlows',
		placeholder: 'e.g. 4XVdkuYbc1vYfBaWKmqb2',
		outcomes: {
			any: 'Also executions that were canceled',
			failed: 'Also those that timed out, or met a limit or an internal error',
		},
	},
	listAll: async (api) => {
		const { resources, incomplete } = await api.allFlows();
		return { resources: resources.map(({ id }) => ({ id })), isComplete: incomplete === undefined };
	},
	readId: (text) => {
		if (isPageAddress(text)) return engineId(text, 'Flow IDs', 'a flow');
		if (/^[\w-]+$/.test(text)) return text;
		throw inputError(`Flow IDs must be IDs separated by commas, but has "${text}"`);
	},
	pages: (api, { id }) =>
		cursorPages(async (after) => await api.listExecutions(String(id), { after })),
	isNewestFirst: true,
	firstPages: 3,
	runsInProgress,
	readRun: async (api, run) => await api.findExecution(String(run)),
	hasFailed,
	hasSucceeded,
	idOf: ({ id }) => id,
	orderOf: ({ created }) => epochMs(created) ?? 0,
	isOver,
	timeOf: (run) => epochMs(run.finishTime) ?? epochMs(run.created),
};
