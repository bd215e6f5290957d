import { cursorPages } from '../engine/pagination';
import type { RunTrigger } from '../engine/pollingTrigger';
import { refusal } from '../engine/fault';
import type { DigaApi, DigaResource } from './DigaApi';
import { hasFailed, hasSucceeded, isOver } from './executionStatus';
import { diga } from './service';

function timeMs(value: unknown): number | undefined {
	const time = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(time) ? undefined : time;
}

const fits: Record<string, (run: DigaResource) => boolean> = {
	any: () => true,
	failed: hasFailed,
	succeeded: hasSucceeded,
};

/** The finished executions of flows. */
export const runTrigger: RunTrigger<DigaApi, DigaResource> = {
	service: diga,
	fields: {
		singular: 'Flow',
		plural: 'Flows',
		run: 'Execution',
		loadOptionsMethod: 'getFlows',
		placeholder: 'e.g. 4XVdkuYbc1vYfBaWKmqb2',
		outcomes: [
			{ name: 'Any', value: 'any', description: 'Also executions that were canceled' },
			{
				name: 'Failed',
				value: 'failed',
				description: 'Also those that timed out, or met a limit or an internal error',
			},
			{ name: 'Succeeded', value: 'succeeded' },
		],
	},
	everything: async (api) => (await api.allFlows()).resources.map(({ id }) => ({ id })),
	readId: (text) => {
		if (/^[\w-]+$/.test(text)) return text;
		throw refusal(`Flow IDs must be IDs separated by commas, but has "${text}"`);
	},
	pages: (api, flow) =>
		cursorPages(async (after) => await api.listExecutions(String(flow), { after })),
	readRun: async (api, run) => await api.findExecution(String(run)),
	fits: (run, outcome) => fits[outcome]?.(run) ?? false,
	idOf: ({ id }) => id,
	orderOf: ({ created }) => timeMs(created) ?? 0,
	isOver,
	timeOf: (run) => timeMs(run.finishTime) ?? timeMs(run.created),
};
