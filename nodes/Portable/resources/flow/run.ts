import type { IDataObject } from 'n8n-workflow';
import { runOptions, startRun, waitForCompletion } from '../../../engine/runs/startRun';
import { OperationError } from '../../../engine/errors';
import { compareIds } from '../../../engine/ids';
import type { OperationContext, Operation } from '../../../engine/operation';
import type { FoundRun } from '../../../engine/runs/runs';
import { pollUntil } from '../../../engine/runs/wait';
import { errorsOf, hasSucceeded, isOver, isScheduled, newestOf, stateOf } from '../../api/attempt';
import { isId } from '../../api/PortableApi';
import type { PortableApi, PortableId, PortableResource } from '../../api/PortableApi';
import { flowLocator } from '../shared';

/** How long a new attempt may take to appear in the list. */
const APPEARS_WITHIN = { intervalMs: 1000, timeoutMs: 15_000 };
/** Enough to find an attempt among scheduled ones that came after it. */
const LATEST = { limit: 100, offset: 0, sort: 'desc' } as const;

function idOf({ id }: IDataObject): PortableId | undefined {
	return isId(id) ? id : undefined;
}

function named(attempts: PortableResource[]): string {
	return attempts.map(({ id }) => id).join(', ');
}

/**
 * Finds the attempt that a start has made: the answer to the start does not name it.
 * An attempt of the schedule may begin in the same moment, and appear first.
 */
async function appeared(
	{ api, run }: OperationContext<PortableApi>,
	flow: number,
	{ newestBefore, isCertain }: { newestBefore: PortableId; isCertain: boolean },
): Promise<FoundRun | string> {
	let scheduled: PortableResource | undefined;
	const patience = { ...APPEARS_WITHIN, signal: run.signal };
	const [first, ...others] =
		(await pollUntil(patience, async () => {
			const attempts = await api.runAttempts(flow, LATEST);
			const later = attempts
				.filter(({ id }) => compareIds(id, newestBefore) > 0)
				.sort((a, b) => compareIds(a.id, b.id));
			scheduled = later.find(isScheduled);
			const started = later.filter((attempt) => !isScheduled(attempt));
			return started.length > 0 ? started : undefined;
		})) ?? [];

	if (first && others.length === 0) return { run: first };
	if (first && !isCertain) return `several new runs appeared: ${named([first, ...others])}`;
	if (first) {
		const doubt = `When flow ${flow} was started, runs ${named([first, ...others])} appeared together. Run ${first.id} is taken for the one that was started here, which is not certain.`;
		return { run: first, doubt };
	}
	if (!scheduled) return 'no new run appeared';
	if (!isCertain) return `only run ${scheduled.id} appeared, which the schedule started`;
	const doubt = `When flow ${flow} was started, only run ${scheduled.id} appeared, which the schedule started. It is taken for the run of this item.`;
	return { run: scheduled, doubt };
}

/** Cancels the run of the flow, if it is this one. */
async function cancelRun(api: PortableApi, flow: number, wanted: unknown): Promise<void> {
	const attempts = await api.runAttempts(flow, LATEST);
	const attempt = attempts.find(({ id }) => id === wanted);
	if (!attempt) {
		throw new OperationError(
			'It is not listed, so that it may not be the run that would be canceled',
			{
				fromService: true,
			},
		);
	}
	if (!isOver(attempt)) await api.cancelFlow(flow);
}

export const run: Operation<PortableApi> = {
	name: 'Run',
	value: 'run',
	action: 'Run flow',
	description: 'Start a flow, and wait for it to finish if so chosen',
	fields: [flowLocator, waitForCompletion],
	options: runOptions,
	isLongRunning: true,
	async execute(context) {
		const { api, parameters } = context;
		const flow = parameters.id('flow');
		return await startRun(context, {
			service: 'Portable',
			flow,
			idOf,
			latest: async () => newestOf(await api.runAttempts(flow, LATEST)),
			start: async () => {
				await api.runFlow(flow);
				return undefined;
			},
			findStarted: async (latest, isCertain) =>
				await appeared(context, flow, { newestBefore: (latest && idOf(latest)) ?? 0, isCertain }),
			fetch: async (wanted) => {
				const attempts = await api.runAttempts(flow, LATEST);
				return attempts.find(({ id }) => id === wanted);
			},
			isOver,
			hasSucceeded,
			stateOf,
			errorsOf,
			cancel: async (wanted) => {
				await cancelRun(api, flow, wanted);
			},
		});
	},
};
