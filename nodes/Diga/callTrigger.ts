import type { INodeProperties } from 'n8n-workflow';
import { asOperationError, inputError, OperationError } from '../engine/errors';
import { cursorPages, readCursorPages } from '../engine/http/pagination';
import { isPageAddress } from '../engine/input/pageAddress';
import { isBlank, nonBlankText, epochMs, quoted } from '../engine/values';
import type { Parameters } from '../engine/input/parameters';
import type { RunTrigger } from '../engine/trigger/runTrigger';
import type { WatchFields } from '../engine/trigger/watchFields';
import { resourceFields } from '../engine/trigger/watchFields';
import type { Id } from '../engine/trigger/watchState';
import type { DigaApi } from './api/DigaApi';
import type { DigaResource } from './api/resource';
import { CALL_STATUSES_IN_PROGRESS, isCallOver } from './model/callStatus';
import { toTranscript } from './model/transcript';
import { isUuid, readUuid } from './model/uuid';
import { digaApi } from './api/definition';

/** What is watched if no agent is chosen: the calls of the project, whose list needs no agents. */
const ALL_CALLS = 'calls';
/** Results per page. A poll reads pages until it knows all calls on one. */
const PAGE_SIZE = 100;
/** How many calls in progress are read at activation, and stored. */
const MOST_IN_PROGRESS = 2000;
/** Diga may write the transcript shortly after the end. A call in which somebody spoke waits for it this long, in ms. */
const TRANSCRIPT_WAIT_MS = 120_000;
/** After this time, a call is reported without a transcript that cannot be read, in ms. */
const TRANSCRIPT_GIVE_UP_MS = 86_400_000;

const watchFields: WatchFields = {
	singular: 'Agent',
	plural: 'Agents',
	run: 'Call',
	loadOptionsMethod: 'getAgents',
	placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
	names: { watch: 'watchAgents', listed: 'listedAgents', entered: 'agentIds' },
	allDescription: 'All calls of the project, including those of new agents',
};

/** The fields of Call Finished. */
export const callFields: INodeProperties[] = [
	...resourceFields(watchFields),
	{
		displayName: 'End Reasons',
		name: 'endReasons',
		type: 'string',
		default: '',
		placeholder: 'e.g. voicemail_left, ivr_no_answer',
		description:
			'Only calls that ended for one of these reasons, separated by commas. All calls if empty. Diga has no list of end reasons; the end_reason of a call shows them.',
	},
	{
		displayName: 'Include Transcript',
		name: 'includeTranscript',
		type: 'boolean',
		default: false,
		description:
			'Whether to add what was said, as messages and as text. One more request for each call.',
	},
	{
		displayName: 'Instant',
		name: 'instant',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether to also register a webhook in Diga, which starts the workflow right after a call. Polls find calls whose notification is lost. Diga must be able to reach n8n.',
	},
];

/** The end reasons to report, in lower case. Empty for all. */
function endReasons(parameters: Parameters): string[] {
	const value = parameters.raw('endReasons');
	return [value].flat().flatMap((one: unknown) => {
		if (isBlank(one)) return [];
		if (typeof one !== 'string') {
			throw inputError(`End Reasons must be text separated by commas, but is ${quoted(value)}`);
		}
		return one.split(',').flatMap((text) => (isBlank(text) ? [] : text.trim().toLowerCase()));
	});
}

function agentOf(id: Id): string | undefined {
	return id === ALL_CALLS ? undefined : String(id);
}

async function callsInProgress(api: DigaApi, id: Id): Promise<DigaResource[]> {
	const found: DigaResource[] = [];
	for (const status of CALL_STATUSES_IN_PROGRESS) {
		const query = { agent_id: agentOf(id), status };
		const ofStatus = await readCursorPages<DigaResource>({
			wanted: MOST_IN_PROGRESS,
			idOf: (call) => call.id,
			load: async (after) => await api.calls.list({ ...query, after }),
		});
		found.push(...ofStatus);
	}
	return found;
}

function endedAtMs({ end_time: endTime, created_date: created }: DigaResource): number | undefined {
	return epochMs(endTime) ?? epochMs(created);
}

/** Adds the transcript. Undefined if Diga has probably not written it yet. */
async function withTranscript(
	api: DigaApi,
	call: DigaResource,
	nowMs: number,
): Promise<DigaResource | undefined> {
	const sinceEndMs = nowMs - (endedAtMs(call) ?? 0);
	const read = await api.calls.transcript(call.id).catch(asOperationError);
	if (read instanceof OperationError) {
		if (sinceEndMs < TRANSCRIPT_GIVE_UP_MS) throw read;
		return { ...call, transcriptError: read.message };
	}
	const hasSpoken = typeof call.duration === 'number' && call.duration > 0;
	const isExpected = hasSpoken && sinceEndMs < TRANSCRIPT_WAIT_MS;
	if (read.results.length === 0 && isExpected) return undefined;
	return { ...call, ...toTranscript(read.results) };
}

/** How the trigger reads the finished calls of agents. */
export const callTrigger: RunTrigger<DigaApi, DigaResource> = {
	service: digaApi,
	kind: 'calls',
	fields: watchFields,
	properties: callFields,
	listAll: async () => await Promise.resolve({ resources: [{ id: ALL_CALLS }], isComplete: true }),
	readId: (text) => {
		if (isUuid(text) || isPageAddress(text)) return readUuid(text, 'Agent IDs', 'agent');
		throw inputError(`Agent IDs must be IDs separated by commas, but contains ${quoted(text)}`);
	},
	pages: (api, { id }) =>
		cursorPages(
			async (after) =>
				await api.calls.list({ agent_id: agentOf(id), order: 'desc', after, limit: PAGE_SIZE }),
		),
	isNewestFirst: true,
	firstPages: 3,
	maxInProgress: MOST_IN_PROGRESS,
	runsInProgress: callsInProgress,
	readRun: async (api, call) => await api.calls.find(String(call)),
	isWanted: (parameters) => {
		const reasons = endReasons(parameters);
		return ({ end_reason: reason }) =>
			reasons.length === 0 || reasons.includes(nonBlankText(reason)?.toLowerCase() ?? '');
	},
	complete: async (api, call, { parameters, nowMs }) =>
		parameters.flag('includeTranscript') ? await withTranscript(api, call, nowMs) : call,
	hasFailed: () => false,
	hasSucceeded: () => false,
	idOf: ({ id }) => id,
	orderOf: ({ created_date: created }) => epochMs(created) ?? 0,
	isOver: isCallOver,
	timeOf: endedAtMs,
};
