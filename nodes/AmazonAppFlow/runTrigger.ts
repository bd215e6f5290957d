import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../engine/errors';
import type { RunTrigger } from '../engine/trigger/runTrigger';
import type { WatchedResource } from '../engine/trigger/checkSchedule';
import { epochMs, isObject } from '../engine/values';
import type { AmazonAppFlowApi } from './api/AmazonAppFlowApi';
import { hasFailed, hasSucceeded, idOf, isOver } from './api/execution';
import { parseFlowName } from './names';
import { startedAtMs, recordPages } from './api/recordPages';
import { amazonAppFlowApi } from './api/definition';

/** The last run of a flow as ListFlows reports it: its state and when it started. */
function lastRunOf(details: unknown): Omit<WatchedResource, 'id'> {
	const { mostRecentExecutionStatus: status, mostRecentExecutionTime: time } = isObject(details)
		? details
		: {};
	return { lastRun: JSON.stringify([status, time]), lastRunAt: epochMs(time) };
}

/** https://docs.aws.amazon.com/appflow/1.0/APIReference/API_FlowDefinition.html */
const INACTIVE = ['Deprecated', 'Errored', 'Suspended'];

/** Whether a flow is active. Undefined for a draft, a deleted flow, or an unknown status. */
function isActive(status: unknown): boolean | undefined {
	if (status === 'Active') return true;
	return typeof status === 'string' && INACTIVE.includes(status) ? false : undefined;
}

/** Watches flows for finished runs. */
export const runTrigger: RunTrigger<AmazonAppFlowApi, IDataObject> = {
	service: amazonAppFlowApi,
	fields: {
		singular: 'Flow',
		plural: 'Flows',
		run: 'Run',
		loadOptionsMethod: 'getFlows',
		by: 'name',
		placeholder: 'e.g. salesforce-to-s3, orders-to-s3',
		outcomes: { any: 'Includes canceled runs' },
	},
	listAll: async (api) => {
		const flows = await api.listFlows(Infinity);
		const resources = flows.flatMap(({ flowName: id, createdAt, lastRunExecutionDetails: last }) =>
			typeof id === 'string' ? { id, createdAt: epochMs(createdAt), ...lastRunOf(last) } : [],
		);
		return { resources, isComplete: true };
	},
	listFlows: async (api) => {
		const flows = (await api.listFlows(Infinity)).flatMap((flow) =>
			typeof flow.flowName === 'string'
				? { id: flow.flowName, isActive: isActive(flow.flowStatus), flow }
				: [],
		);
		return { flows, isComplete: true };
	},
	// the list does not contain flowStatusMessage
	readFlow: async (api, flow) => await api.describeFlow(String(flow)),
	listsLastRuns: true,
	readId: (text) => {
		const name = parseFlowName(text);
		if (name !== undefined) return name;
		throw inputError(
			`Flow Names must be flow names separated by commas, but contains "${text}"`,
			'A flow name begins with a letter or digit, has at least two characters, and contains no spaces.',
		);
	},
	pages: (api, flow, isComplete) => recordPages(api, flow, isComplete),
	hasFailed,
	hasSucceeded,
	// an execution record does not contain the flow name
	output: (run, flow) => ({ flowName: flow, ...run }),
	idOf: (run) => idOf(run) ?? startedAtMs(run),
	orderOf: startedAtMs,
	isOver,
	timeOf: (run) => epochMs(run.lastUpdatedAt) ?? epochMs(run.startedAt),
};
