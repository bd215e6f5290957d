import { cursorPages } from '../engine/pagination';
import type { RunTrigger } from '../engine/pollingTrigger';
import { refusal } from '../engine/fault';
import { epochMs } from '../engine/values';
import type { DigaApi, DigaResource } from './DigaApi';
import { hasFailed, hasSucceeded, isOver } from './executionStatus';
import { diga } from './service';

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
	everything: async (api) => (await api.allFlows()).resources.map(({ id }) => ({ id })),
	readId: (text) => {
		if (/^[\w-]+$/.test(text)) return text;
		throw refusal(`Flow IDs must be IDs separated by commas, but has "${text}"`);
	},
	pages: (api, flow) =>
		cursorPages(async (after) => await api.listExecutions(String(flow), { after })),
	readRun: async (api, run) => await api.findExecution(String(run)),
	hasFailed,
	hasSucceeded,
	idOf: ({ id }) => id,
	orderOf: ({ created }) => epochMs(created) ?? 0,
	isOver,
	timeOf: (run) => epochMs(run.finishTime) ?? epochMs(run.created),
};
