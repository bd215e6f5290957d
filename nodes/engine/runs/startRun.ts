import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import { recordFailure, rememberRun } from './runs';
import type { KnownRun, Runs } from './runs';
import { startOnce } from './startOnce';
import { monotonicMs, pollUntil } from './wait';

/** The field of every operation that starts a run. */
export const waitForCompletion: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description:
		'Whether to output the finished run, with its outcome and counts, instead of the started one',
};

/** The options of every operation that starts a run; {@link startRun} reads them. */
export const runOptions: INodeProperties[] = [
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

/** A run that the service does not list for so long, in ms, is not waited for any longer. */
const UNLISTED_MS = 60_000;

/** How long a canceled run may take to end. */
const ENDS_WITHIN = { intervalMs: 1000, timeoutMs: 10_000 };

/** The state in which the run was seen last, for a message. */
function lastState(runs: Runs, { seen }: KnownRun): string {
	return runs.stateOf(seen);
}

/** The wait ends, and the run does not: which run, in which state, and what to do. */
function pollError(runs: Runs, known: KnownRun, error: OperationError): OperationError {
	const { description } = error.details;
	return error.withDescription(
		[
			`Run ${known.id} of flow ${runs.flow} could not be followed to its end. Its last known state was ${lastState(runs, known)}, and it may go on in ${runs.service}.`,
			description,
			"Look it up with Get Runs. n8n's Retry On Fail follows the same run.",
		]
			.filter(Boolean)
			.join(' '),
	);
}

/** @returns how to look at a run: as it is by now, or as it was seen last; it may not be unlisted for long */
function watch<Api>(
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

/** Follows a run to its end. */
async function followRun<Api>(
	context: OperationContext<Api>,
	runs: Runs,
	known: KnownRun,
): Promise<IDataObject> {
	if (runs.isOver(known.seen)) return known.seen;
	const { parameters, run } = context;
	const minutes = parameters.number('options.timeout');
	const patience = {
		intervalMs: parameters.number('options.pollInterval') * 1000,
		timeoutMs: minutes * 60_000,
		signal: run.signal,
	};
	const look = watch(context, runs, known);
	const finished = await pollUntil(patience, async () => {
		const now = await look();
		return runs.isOver(now) ? now : undefined;
	});
	return finished ?? (await onTimeout(context, runs, { known, minutes }));
}

/**
 * Leaves a run that took too long, or cancels it.
 * @returns the run, if it came to an end of its own meanwhile
 * @throws Fault with what became of it
 */
async function onTimeout<Api>(
	context: OperationContext<Api>,
	runs: Runs,
	{ known, minutes }: { known: KnownRun; minutes: number },
): Promise<IDataObject> {
	const { id } = known;
	const message = `Run ${id} of flow ${runs.flow} did not finish within ${minutes} minutes; its last state was ${lastState(runs, known)}`;
	const tooLong = (description: string) =>
		new OperationError(message, { fromService: true, description });
	const goesOn = `It goes on in ${runs.service}. Raise the timeout in Options, or look it up later with Get Runs.`;
	if (!context.parameters.flag('options.cancelOnTimeout')) throw tooLong(goesOn);

	const refused = await runs.cancel(id).catch(asOperationError);
	const isRefused = refused instanceof OperationError;
	const patience = {
		...ENDS_WITHIN,
		...(isRefused && { timeoutMs: 0 }),
		signal: context.run.signal,
	};
	const after = await pollUntil(patience, async () => {
		const now = await runs.fetch(id);
		if (now !== undefined) known.seen = now;
		return runs.isOver(known.seen) ? known.seen : undefined;
	}).catch(asOperationError);

	if (after === undefined || after instanceof OperationError) {
		if (isRefused) throw tooLong(`It could not be canceled (${refused.message}). ${goesOn}`);
		const state = after ? `could not be read (${after.message})` : `was ${lastState(runs, known)}`;
		throw tooLong(
			`It was asked to cancel the run, but that is not known to have ended: its state after that ${state}. Look it up with Get Runs.`,
		);
	}
	const endedByItself = isRefused || runs.hasSucceeded(after) || runs.errorsOf(after).length > 0;
	if (endedByItself) return after;
	recordFailure(context);
	throw tooLong('It was canceled. Raise the timeout in Options to give it more time.');
}

/** @throws Fault with what the run says, when it failed and the item is to fail with it */
function settleRun<Api>(
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
 * Starts a flow, unless it is running, and waits for the end of the run: as the user chose in
 * {@link waitForCompletion} and {@link runOptions}. Items that start the same flow take turns.
 * @returns the run, as the service shows it
 */
export async function startRun<Api>(
	context: OperationContext<Api>,
	runs: Runs,
): Promise<IDataObject> {
	const waits = context.parameters.flag('waitForCompletion');
	const { id, seen, skips } = await context.run.withLock(
		`run flow ${runs.flow}`,
		async () => await startOnce(context, runs),
	);
	if (!waits || skips) return seen;
	if (id === undefined) {
		if (runs.isActivation?.(seen)) return seen;
		throw new OperationError(`${runs.service} did not name the run of flow ${runs.flow}`, {
			fromService: true,
			description: 'So it cannot be waited for. Look it up with Get Runs.',
		});
	}
	const known = { id, seen };
	return settleRun(context, runs, known, await followRun(context, runs, known));
}
