import type { IDataObject } from 'n8n-workflow';
import { refusal } from '../engine/fault';
import type { RunTrigger } from '../engine/pollingTrigger';
import { epochMs, isObject } from '../engine/values';
import type { RunPage } from '../engine/watch';
import type { AmazonAppFlowApi } from './AmazonAppFlowApi';
import { hasFailed, hasSucceeded, idOf, isOver } from './execution';
import { flowNameIn } from './names';
import { amazonAppFlow } from './service';

/** When it began; of a record that does not tell, when it changed last. */
function beganAtMs({ startedAt, lastUpdatedAt }: IDataObject): number {
	return epochMs(startedAt) ?? epochMs(lastUpdatedAt) ?? 0;
}

/**
 * The runs of a flow as one page, newest first. AppFlow documents no order, and offers no filter: the latest run may be
 * on any page (apache/airflow 72769), so that nothing is relied on but that all pages together have all runs.
 */
async function* inOrder(api: AmazonAppFlowApi, flow: string): AsyncGenerator<RunPage<IDataObject>> {
	const records = await api.executionRecords(flow, Infinity);
	yield { results: records.sort((a, b) => beganAtMs(b) - beganAtMs(a)), isLast: true };
}

/** What the list of flows tells of a flow's last run: when it began, and how it is. */
function lastRunOf(details: unknown): string {
	const { mostRecentExecutionStatus: status, mostRecentExecutionTime: time } = isObject(details)
		? details
		: {};
	return JSON.stringify([status, time]);
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
	everything: async (api) => {
		const flows = await api.listFlows(Infinity);
		return flows.flatMap(({ flowName: id, lastRunExecutionDetails: last }) =>
			typeof id === 'string' ? { id, lastRun: lastRunOf(last) } : [],
		);
	},
	tellsLastRuns: true,
	readId: (text) => {
		const name = flowNameIn(text);
		if (name !== undefined) return name;
		throw refusal(
			`Flow Names must be names separated by commas, but has "${text}"`,
			'A name begins with a letter or digit, has two characters at least, and no blanks.',
		);
	},
	pages: (api, flow) => inOrder(api, String(flow)),
	hasFailed,
	hasSucceeded,
	// a record does not say of which flow it is
	output: (run, flow) => ({ flowName: flow, ...run }),
	idOf: (run) => idOf(run) ?? beganAtMs(run),
	orderOf: beganAtMs,
	isOver,
	timeOf: (run) => epochMs(run.lastUpdatedAt) ?? epochMs(run.startedAt),
};
