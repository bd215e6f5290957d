import { asFault, Fault } from '../../../engine/fault';
import { runOptions, startAndFollow, waitForCompletion } from '../../../engine/follow';
import type { Call, Operation } from '../../../engine/operation';
import { waitFor } from '../../../engine/wait';
import { errorsOf, hasSucceeded, isOver, isScheduled, newestOf, textOf } from '../../attempt';
import type { PortableApi, PortableResource } from '../../PortableApi';
import { flowLocator } from '../shared';

/** How long a new attempt may take to appear in the list. */
const APPEARS_WITHIN = { intervalMs: 1000, timeoutMs: 15_000 };
/** Enough to find an attempt among scheduled ones that came after it. */
const LATEST = { limit: 100, offset: 0, sort: 'desc' } as const;

/** The newest attempt that is later than the one known before; a manual one rather than a scheduled one. */
async function newAttempt(
	api: PortableApi,
	flow: number,
	newestBefore: number,
): Promise<PortableResource | undefined> {
	const attempts = await api.runAttempts(flow, LATEST);
	const later = attempts.filter(({ id }) => id > newestBefore).sort((a, b) => a.id - b.id);
	return later.find((attempt) => !isScheduled(attempt)) ?? later[0];
}

/** Starts the flow, once, and finds the attempt that this made: the answer does not name it. */
async function startRun(call: Call<PortableApi>, flow: number, newestBefore: number) {
	const { api, run } = call;
	const started = await api.runFlow(flow).catch(asFault);
	if (started instanceof Fault && !started.parts.mayBeDone) throw started;

	const patience = { ...APPEARS_WITHIN, signal: run.signal };
	const attempt = await waitFor(patience, async () => await newAttempt(api, flow, newestBefore));
	if (attempt) return attempt;
	throw started instanceof Fault
		? started.describedAs(
				`The run of flow ${flow} may have been started all the same, but no new run appeared. Look at Get Runs before you start it again.`,
			)
		: new Fault(`Portable started flow ${flow}, but the run did not appear in its list`, {
				asked: true,
				description: 'Look at Get Runs later.',
			});
}

export const run: Operation<PortableApi> = {
	name: 'Run',
	value: 'run',
	action: 'Run flow',
	description: 'Start a flow, and wait for it to finish if so chosen',
	fields: [flowLocator, waitForCompletion],
	options: runOptions,
	waits: true,
	async execute(call) {
		const { api, parameters } = call;
		const flow = parameters.id('flow');
		return await startAndFollow<PortableApi, PortableResource>(call, {
			service: 'Portable',
			flow,
			idOf: ({ id }) => id,
			latest: async () => newestOf(await api.runAttempts(flow, LATEST)),
			start: async (newest) => await startRun(call, flow, newest?.id ?? 0),
			look: async (wanted) => {
				const attempts = await api.runAttempts(flow, LATEST);
				return attempts.find(({ id }) => id === wanted);
			},
			isOver,
			hasSucceeded,
			stateOf: (attempt) => textOf(isOver(attempt) ? attempt.disposition : attempt.lifecycle),
			errorsOf,
			cancel: async () => await api.cancelFlow(flow),
		});
	},
};
