import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import { recordFailure, rememberRun } from './runs';
import type { KnownRun, Runs } from './runs';
import { startOnce } from './startOnce';
import { monotonicMs } from '../clock';
import { pollUntil } from './wait';

/** The field of every operation that starts a run. */
export const waitForCompletion: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description:
		'Whether to wait until the run finishes and output its result, instead of the started run',
};

/** The options of every operation that starts a run. {@link startRun} reads them. */
export const runOptions: INodeProperties[] = [
	{
		displayName: 'Cancel on Timeout',
		name: 'cancelOnTimeout',
		type: 'boolean',
		default: false,
		description: 'Whether to cancel the run if it does not finish before the timeout',
	},
	{
		displayName: 'Fail When the Run Fails',
		name: 'failWhenTheRunFails',
		type: 'boolean',
		default: true,
		description: 'Whether the item fails if its run does not succeed',
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
				description: 'Start nothing and output the current run',
			},
			{
				name: 'Use That Run',
				value: 'use',
				description: 'Use the current run, waiting if Wait for Completion is on',
			},
		],
		default: 'fail',
		description: 'What to do if the flow is already running. It can have only one run at a time.',
	},
	{
		displayName: 'Poll Interval (Seconds)',
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600 },
		default: 10,
		description: 'How often to check whether the run has finished',
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

/** How long to wait for a run that the service does not list, in ms. */
const UNLISTED_MS = 60_000;

/** How long to wait for a canceled run to end. */
const CANCEL_POLL = { intervalMs: 1000, timeoutMs: 10_000 };

/** The last known state of a run, for messages. */
function lastState(runs: Runs, { seen }: KnownRun): string {
	return runs.stateOf(seen);
}

/** The error if the run cannot be followed any longer: which run, its state, and what to do. */
function pollError(runs: Runs, known: KnownRun, error: OperationError): OperationError {
	const { description } = error.details;
	return error.withDescription(
		[
			`Run ${known.id} of flow ${runs.flow} could not be followed to its end. Its last known state was ${lastState(runs, known)}, and it may still be running in ${runs.service}.`,
			description,
			"Check it with Get Runs. n8n's Retry On Fail follows the same run.",
		]
			.filter(Boolean)
			.join(' '),
	);
}

/** Returns a function that reads the run. It returns the last known state while the run is not listed, for a while. */
function runReader<Api>(
	context: OperationContext<Api>,
	runs: Runs,
	known: KnownRun,
): () => Promise<IDataObject> {
	let missingSinceMs: number | undefined;
	return async () => {
		const now = await runs.fetch(known.id).catch(asOperationError);
		if (now instanceof OperationError) throw pollError(runs, known, now);
		if (now !== undefined) {
			missingSinceMs = undefined;
			known.seen = now;
			rememberRun(context, known);
		} else if (missingSinceMs === undefined) {
			missingSinceMs = monotonicMs();
		} else if (monotonicMs() - missingSinceMs >= UNLISTED_MS) {
			throw pollError(
				runs,
				known,
				new OperationError(
					`${runs.service} has not listed run ${known.id} of flow ${runs.flow} for ${UNLISTED_MS / 1000} seconds`,
					{ fromService: true },
				),
			);
		}
		return known.seen;
	};
}

/** Waits until a run ends, or the timeout. */
async function followRun<Api>(
	context: OperationContext<Api>,
	runs: Runs,
	known: KnownRun,
): Promise<IDataObject> {
	if (runs.isOver(known.seen)) return known.seen;
	const { parameters, run } = context;
	const minutes = parameters.number('options.timeout');
	const pollOptions = {
		intervalMs: parameters.number('options.pollInterval') * 1000,
		timeoutMs: minutes * 60_000,
		signal: run.signal,
	};
	const read = runReader(context, runs, known);
	const finished = await pollUntil(pollOptions, async () => {
		const now = await read();
		return runs.isOver(now) ? now : undefined;
	});
	return finished ?? (await onTimeout(context, runs, { known, minutes }));
}

/**
 * Handles a run that did not finish in time: cancels it, if Cancel on Timeout is on.
 * @returns the run, if it finished in the meantime
 * @throws OperationError with the state of the run
 */
async function onTimeout<Api>(
	context: OperationContext<Api>,
	runs: Runs,
	{ known, minutes }: { known: KnownRun; minutes: number },
): Promise<IDataObject> {
	const { id } = known;
	const message = `Run ${id} of flow ${runs.flow} did not finish within ${minutes} minutes. Its last state was ${lastState(runs, known)}`;
	const timeoutError = (description: string) =>
		new OperationError(message, { fromService: true, description });
	const stillRunning = `It is still running in ${runs.service}. Increase the timeout in Options, or check it later with Get Runs.`;
	if (!context.parameters.flag('options.cancelOnTimeout')) throw timeoutError(stillRunning);

	const rejected = await runs.cancel(id).catch(asOperationError);
	const isRejected = rejected instanceof OperationError;
	const pollOptions = {
		...CANCEL_POLL,
		...(isRejected && { timeoutMs: 0 }),
		signal: context.run.signal,
	};
	const after = await pollUntil(pollOptions, async () => {
		const now = await runs.fetch(id);
		if (now !== undefined) known.seen = now;
		return runs.isOver(known.seen) ? known.seen : undefined;
	}).catch(asOperationError);

	if (after === undefined || after instanceof OperationError) {
		if (isRejected)
			throw timeoutError(`It could not be canceled (${rejected.message}). ${stillRunning}`);
		const state = after
			? `Its state could not be read (${after.message})`
			: `Its last state was ${lastState(runs, known)}`;
		throw timeoutError(
			`The cancellation was requested, but the run may still be running. ${state}. Check it with Get Runs.`,
		);
	}
	const finishedAnyway = isRejected || runs.hasSucceeded(after) || runs.errorsOf(after).length > 0;
	if (finishedAnyway) return after;
	recordFailure(context);
	throw timeoutError('It was canceled. To give it more time, increase the timeout in Options.');
}

/** Returns a finished run. @throws OperationError with its messages, if it failed and Fail When the Run Fails is on */
function checkResult<Api>(
	context: OperationContext<Api>,
	runs: Runs,
	known: KnownRun,
	run: IDataObject,
): IDataObject {
	if (runs.hasSucceeded(run)) return run;
	if (!context.parameters.flag('options.failWhenTheRunFails')) return run;
	recordFailure(context);
	const errors = runs.errorsOf(run);
	throw new OperationError(errors[0] ?? `Run ${known.id} of flow ${runs.flow} did not succeed`, {
		fromService: true,
		description: [
			`Run ${known.id} of flow ${runs.flow} ended with the outcome ${runs.stateOf(run)}.`,
			...errors.slice(1),
		].join(' '),
	});
}

/**
 * Starts a flow and waits for its run, as configured in {@link waitForCompletion} and {@link runOptions}. Items that
 * start the same flow run one after another.
 * @returns the run, as returned by the service
 */
export async function startRun<Api>(
	context: OperationContext<Api>,
	runs: Runs,
): Promise<IDataObject> {
	const waits = context.parameters.flag('waitForCompletion');
	const { id, seen, isSkipped } = await context.run.withLock(
		`run flow ${runs.flow}`,
		async () => await startOnce(context, runs),
	);
	if (!waits || isSkipped) return seen;
	if (id === undefined) {
		if (runs.isActivation?.(seen)) return seen;
		throw new OperationError(`${runs.service} did not return the run of flow ${runs.flow}`, {
			fromService: true,
			description: 'The node cannot wait for it. Check it with Get Runs.',
		});
	}
	const known = { id, seen };
	return checkResult(context, runs, known, await followRun(context, runs, known));
}
