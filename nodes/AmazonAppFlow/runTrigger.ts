import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../engine/errors';
import type { RunTrigger } from '../engine/trigger/runTrigger';
import type { WatchedResource } from '../engine/trigger/checkSchedule';
import { epochMs, isObject } from '../engine/values';
import type { AmazonAppFlowApi } from './api/AmazonAppFlowApi';
import { hasFailed, hasSucceeded, idOf, isOver } from './api/execution';
import { flowNameIn } from './names';
import { beganAtMs, recordPages } from './api/recordPages';
import { amazonAppFlow } from './service';

/** What the list of flows tells of a flow's last run: when it began, and how it is. */
function lastRunOf(details: unknown): Omit<WatchedResource, 'id'> {
	const { mostRecentExecutionStatus: status, mostRecentExecutionTime: time } = isObject(details)
		? details
		: {};
	return { lastRun: JSON.stringify([status, time]), lastRunAt: epochMs(time) };
}

/** The finished runs of flows. */
export const runTrigger: RunTrigger<AmazonAppFlowApi, IDataObject> = {
	service: amazonAppFlow,
	fields: {
		singular: 'Flow',
		plural: 'Flows',
		run: 'Run',
		loadOptionsMethod: 'getFlows',
		by: 'name',
		placeholder: 'e.g. salesforce-to-s3, orders-to-s3',
		outcomes: { any: 'Also runs that were canceled' },
	},
	listAll: async (api) => {
		const flows = await api.listFlows(Infinity);
		const resources = flows.flatMap(({ flowName: id, lastRunExecutionDetails: last }) =>
			typeof id === 'string' ? { id, ...lastRunOf(last) } : [],
		);
		return { resources, isComplete: true };
	},
	listsLastRuns: true,
	readId: (text) => {
		const name = flowNameIn(text);
		if (name !== undefined) return name;
		throw inputError(
			`Flow Names must be names separated by commas, but has "${text}"`,
			'A name begins with a letter or digit, has two characters at least, and no blanks.',
		);
	},
	pages: (api, flow, isWhole) => recordPages(api, flow, isWhole),
	hasFailed,
	hasSucceeded,
	// a record does not say of which flow it is
	output: (run, flow) => ({ flowName: flow, ...run }),
	idOf: (run) => idOf(run) ?? beganAtMs(run),
	orderOf: beganAtMs,
	isOver,
	timeOf: (run) => epochMs(run.lastUpdatedAt) ?? epochMs(run.startedAt),
};
