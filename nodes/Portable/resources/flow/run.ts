import type { INodeProperties } from 'n8n-workflow';
import { asFault, Fault } from '../../../engine/fault';
import type { Call, Operation } from '../../../engine/operation';
import { waitFor } from '../../../engine/wait';
import { errorsOf, hasSucceeded, isOver, isScheduled, newestOf, textOf } from '../../attempt';
import type { PortableApi, PortableResource } from '../../PortableApi';
import { flowLocator } from '../shared';

/** How long a new attempt may take to appear in the list. */
const APPEARS_WITHIN = { intervalMs: 1000, timeoutMs: 15_000 };
/** Enough to find an attempt among scheduled ones that came after it. */
const LATEST = { limit: 100, offset: 0, sort: 'desc' } as const;

const waitForCompletion: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description:
		'Whether to output the finished run, with its outcome and counts, instead of the started one',
};

const options: INodeProperties[] = [
	{
		displayName: 'Cancel on Timeout',
		name: 'cancelOnTimeout',
		type: 'boolean',
		default: false,
		description: 'Whether to cancel the run when the timeout is reached',
	},
	{
		displayName: 'Fail When the Run Fails',
		name: 'failWhenTheRunFails',
		type: 'boolean',
		default: true,
		description: 'Whether the item fails when the run that was waited for did not succeed',
	},
	{
		displayName: 'If Already Running',
		name: 'ifAlreadyRunning',
		type: 'options',
		options: [
			{ name: 'Fail', value: 'fail', description: 'Start nothing and fail this item' },
			{
				name: 'Skip',
				value: 'skip',
				description: 'Start nothing and output the run that is going on',
			},
			{
				name: 'Use That Run',
				value: 'use',
				description:
					'Start nothing and go on, and wait if so chosen, with the run that is going on',
			},
		],
		default: 'fail',
		description: 'What to do when the flow is running; it runs once at a time',
	},
	{
		displayName: 'Poll Interval (Seconds)',
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600 },
		default: 10,
		description: 'How often to look whether the run has finished',
	},
	{
		displayName: 'Timeout (Minutes)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 0.01, maxValue: 1440 },
		default: 60,
		description: 'How long to wait for the run to finish',
	},
];

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
	if (attempt) {
		run.created.push({ kind: 'run', id: attempt.id, item: call.item });
		return attempt;
	}
	throw started instanceof Fault
		? started.describedAs(
				`The run of flow ${flow} may have been started all the same, but no new run appeared. Look at Get Runs before you start it again.`,
			)
		: new Fault(`Portable started flow ${flow}, but the run did not appear in its list`, {
				asked: true,
				description: 'Look at Get Runs later.',
			});
}

/** Follows an attempt to its end. */
async function finish(call: Call<PortableApi>, flow: number, attempt: PortableResource) {
	const { api, parameters, run } = call;
	const minutes = parameters.number('options.timeout');
	let latest = attempt;
	const patience = {
		intervalMs: parameters.number('options.pollInterval') * 1000,
		timeoutMs: minutes * 60_000,
		signal: run.signal,
	};
	const finished = await waitFor(patience, async () => {
		const attempts = await api.runAttempts(flow, LATEST).catch(asFault);
		if (attempts instanceof Fault) {
			throw attempts.describedAs(
				`Run ${attempt.id} of flow ${flow} could not be followed to its end; it goes on in Portable. Look it up with Get Runs.`,
			);
		}
		latest = attempts.find(({ id }) => id === attempt.id) ?? latest;
		return isOver(latest) ? latest : undefined;
	});
	if (!finished) {
		const cancels = parameters.flag('options.cancelOnTimeout');
		if (cancels) await api.cancelFlow(flow);
		throw new Fault(
			`Run ${attempt.id} of flow ${flow} did not finish within ${minutes} minutes; its last state was ${textOf(latest.lifecycle)}`,
			{
				asked: true,
				description: cancels
					? 'It was cancelled. Raise the timeout in Options to give it more time.'
					: 'It goes on in Portable. Raise the timeout in Options, or look it up later with Get Runs.',
			},
		);
	}
	if (!hasSucceeded(finished) && parameters.flag('options.failWhenTheRunFails')) {
		const errors = errorsOf(finished);
		throw new Fault(errors[0] ?? `Run ${attempt.id} of flow ${flow} did not succeed`, {
			asked: true,
			description: [
				`Run ${attempt.id} of flow ${flow} ended with the outcome ${textOf(finished.disposition)}.`,
				...errors.slice(1),
			].join(' '),
		});
	}
	return finished;
}

export const run: Operation<PortableApi> = {
	name: 'Run',
	value: 'run',
	action: 'Run flow',
	description: 'Start a flow, and wait for it to finish if so chosen',
	fields: [flowLocator, waitForCompletion],
	options,
	waits: true,
	async execute(call) {
		const { api, parameters } = call;
		const flow = parameters.id('flow');
		const waits = parameters.flag('waitForCompletion');
		const ifRunning = parameters.choice('options.ifAlreadyRunning', ['fail', 'skip', 'use']);

		// items that run the same flow take turns in starting it
		const { attempt, isOurs } = await call.run.oneByOne(`run flow ${flow}`, async () => {
			const newest = newestOf(await api.runAttempts(flow, LATEST));
			if (!newest || isOver(newest)) {
				return { attempt: await startRun(call, flow, newest?.id ?? 0), isOurs: true };
			}
			if (ifRunning !== 'fail') return { attempt: newest, isOurs: false };
			throw new Fault(`Flow ${flow} is running already: run ${newest.id}`, {
				asked: true,
				description: 'Set If Already Running to go on with that run, or to skip this one.',
			});
		});
		return waits && (isOurs || ifRunning === 'use') ? await finish(call, flow, attempt) : attempt;
	},
};
