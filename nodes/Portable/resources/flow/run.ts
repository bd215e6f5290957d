import type { IDataObject } from 'n8n-workflow';
import { runOptions, waitForCompletion } from '../../../engine/runs/runFields';
import { startRun } from '../../../engine/runs/startRun';
import { compareIds } from '../../../engine/ids';
import type { OperationContext, Operation } from '../../../engine/operation';
import { attemptsOf } from '../../../engine/runs/runs';
import type { FailedRun, FoundRun } from '../../../engine/runs/runs';
import { pollUntil } from '../../../engine/runs/wait';
import { isScheduled, newestOf } from '../../api/attempt';
import { isId } from '../../api/resource';
import type { PortableApi } from '../../api/PortableApi';
import type { PortableId, PortableResource } from '../../api/resource';
import { flowLocator } from '../../pickers/flow';
import { followedAttempts } from './followedAttempts';

/** How long to wait until a new attempt is listed. */
const POLL_OPTIONS = { intervalMs: 1000, timeoutMs: 15_000 };
/** Enough attempts to find one among later scheduled ones. */
const LATEST_ATTEMPTS = { limit: 100, offset: 0, sort: 'desc' } as const;

function idOf({ id }: IDataObject): PortableId | undefined {
	return isId(id) ? id : undefined;
}

/** The ID of the latest attempt before a start, 0 if there is none. A list may not contain a failed run any more. */
function newestBefore(latest: IDataObject | undefined, retried: FailedRun[]): PortableId {
	const ids = [(latest && idOf(latest)) ?? 0, ...retried.map(({ id }) => id)];
	return ids.reduce((newest, id) => (compareIds(id, newest) > 0 ? id : newest), 0);
}

function listIds(attempts: PortableResource[]): string {
	return attempts.map(({ id }) => id).join(', ');
}

/**
 * Finds the attempt that a start has created, because the response to the start does not name it.
 * A scheduled attempt may start at the same time and be listed first.
 * @param newestBefore ID of the latest attempt before the start, 0 if there was none
 * @param isCertain whether the start is known to have succeeded; if not, ambiguous attempts are not used
 * @returns the attempt, or why none was found, as part of a sentence
 */
async function findStartedAttempt(
	{ api, run }: OperationContext<PortableApi>,
	flow: number,
	{ newestBefore, isCertain }: { newestBefore: PortableId; isCertain: boolean },
): Promise<FoundRun | string> {
	let scheduled: PortableResource | undefined;
	const pollOptions = { ...POLL_OPTIONS, signal: run.signal };
	const [first, ...others] =
		(await pollUntil(pollOptions, async () => {
			const attempts = await api.flows.runAttempts(flow, LATEST_ATTEMPTS);
			const later = attempts
				.filter(({ id }) => compareIds(id, newestBefore) > 0)
				.sort((a, b) => compareIds(a.id, b.id));
			scheduled = later.find(isScheduled);
			const started = later.filter((attempt) => !isScheduled(attempt));
			return started.length > 0 ? started : undefined;
		})) ?? [];

	if (first && others.length === 0) return { run: first };
	if (first && !isCertain) return `several new runs appeared: ${listIds([first, ...others])}`;
	if (first) {
		const doubt = `Runs ${listIds([first, ...others])} appeared when flow ${flow} was started. This item uses run ${first.id}, which may not be the run that it started.`;
		return { run: first, doubt };
	}
	if (!scheduled) return 'no new run appeared';
	if (!isCertain) return `only the scheduled run ${scheduled.id} appeared`;
	const doubt = `Only the scheduled run ${scheduled.id} appeared when flow ${flow} was started. This item uses that run.`;
	return { run: scheduled, doubt };
}

export const run: Operation<PortableApi> = {
	name: 'Run',
	value: 'run',
	action: 'Run flow',
	description: 'Start a flow and optionally wait for it to finish',
	fields: [flowLocator, waitForCompletion],
	options: runOptions,
	isLongRunning: true,
	async execute(context) {
		const { api, parameters } = context;
		const flow = parameters.id('flow');
		return await startRun(context, {
			...followedAttempts(api, flow),
			flow,
			idOf,
			latest: async () => newestOf(await api.flows.runAttempts(flow, LATEST_ATTEMPTS)),
			start: async () => {
				await api.flows.run(flow);
				return undefined;
			},
			findStarted: async (latest, isCertain) =>
				await findStartedAttempt(context, flow, {
					newestBefore: newestBefore(latest, attemptsOf(context).retried),
					isCertain,
				}),
		});
	},
};
