import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import type { FollowedRuns, KnownRun, RunId } from './runs';
import { monotonicMs } from '../clock';
import { pollUntil } from './wait';

/** How long to wait for a run that the service does not list, in ms. */
export const UNLISTED_MS = 60_000;

/** How long to wait for a canceled run to end. */
const CANCEL_POLL = { intervalMs: 1000, timeoutMs: 10_000 };

/** Is called while a run is followed, for the next attempt at the item. */
export interface FollowEvents {
	/** The run was read. */
	onRead?: (known: KnownRun) => void;
	/** The run was canceled, because it did not finish in time. */
	onCanceled?: () => void;
}

/** The name of a run at the start of a sentence. */
function titleOf({ nameOf }: FollowedRuns, id: RunId): string {
	const name = nameOf(id);
	return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** The error if the run cannot be followed any longer: which run, its state, and what to do. */
function pollError(runs: FollowedRuns, { id, seen }: KnownRun, error: OperationError) {
	const { description } = error.details;
	return error.withDescription(
		[
			`${titleOf(runs, id)} could not be followed to its end. Its last known state was ${runs.stateOf(seen)}, and it may still be running in ${runs.service}.`,
			description,
			`Check it with ${runs.lookup}. n8n's Retry On Fail follows the same run.`,
		]
			.filter(Boolean)
			.join(' '),
	);
}

/** Returns a function that reads the run. It returns the last known state while the run is not listed, for a while. */
function runReader(
	runs: FollowedRuns,
	known: KnownRun,
	{ onRead }: FollowEvents,
): () => Promise<IDataObject> {
	let missingSinceMs: number | undefined;
	return async () => {
		const now = await runs.fetch(known.id).catch(asOperationError);
		if (now instanceof OperationError) throw pollError(runs, known, now);
		if (now !== undefined) {
			missingSinceMs = undefined;
			known.seen = now;
			onRead?.(known);
		} else if (missingSinceMs === undefined) {
			missingSinceMs = monotonicMs();
		} else if (monotonicMs() - missingSinceMs >= UNLISTED_MS) {
			throw pollError(
				runs,
				known,
				new OperationError(
					`${runs.service} has not listed ${runs.nameOf(known.id)} for ${UNLISTED_MS / 1000} seconds`,
					{ fromService: true },
				),
			);
		}
		return known.seen;
	};
}

/**
 * Waits until a run ends, or the timeout.
 * @throws OperationError with the state of the run on timeout, or if the run cannot be read
 */
export async function followRun<Api>(
	context: OperationContext<Api>,
	runs: FollowedRuns,
	known: KnownRun,
	events: FollowEvents = {},
): Promise<IDataObject> {
	if (runs.isOver(known.seen)) return known.seen;
	const { parameters, run } = context;
	const minutes = parameters.number('options.timeout');
	const pollOptions = {
		intervalMs: parameters.number('options.pollInterval') * 1000,
		timeoutMs: minutes * 60_000,
		signal: run.signal,
	};
	const read = runReader(runs, known, events);
	const finished = await pollUntil(pollOptions, async () => {
		const now = await read();
		return runs.isOver(now) ? now : undefined;
	});
	return finished ?? (await onTimeout(context, runs, { known, minutes, events }));
}

/**
 * Handles a run that did not finish in time: cancels it, if Cancel on Timeout is on.
 * @returns the run, if it finished in the meantime
 * @throws OperationError with the state of the run
 */
async function onTimeout<Api>(
	context: OperationContext<Api>,
	runs: FollowedRuns,
	{ known, minutes, events }: { known: KnownRun; minutes: number; events: FollowEvents },
): Promise<IDataObject> {
	const { id } = known;
	const lastState = () => `Its last state was ${runs.stateOf(known.seen)}`;
	const message = `${titleOf(runs, id)} did not finish within ${minutes} minutes. ${lastState()}`;
	const timeoutError = (description: string) =>
		new OperationError(message, { fromService: true, description });
	const stillRunning = `It is still running in ${runs.service}. Increase the timeout in Options, or check it later with ${runs.lookup}.`;
	const isCanceling = runs.cancel && context.parameters.flag('options.cancelOnTimeout');
	if (!isCanceling) throw timeoutError(stillRunning);

	const rejected = await runs.cancel?.(id).catch(asOperationError);
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
		const state = after ? `Its state could not be read (${after.message})` : lastState();
		throw timeoutError(
			`The cancellation was requested, but the run may still be running. ${state}. Check it with ${runs.lookup}.`,
		);
	}
	const finishedAnyway = isRejected || runs.hasSucceeded(after) || runs.errorsOf(after).length > 0;
	if (finishedAnyway) return after;
	events.onCanceled?.();
	throw timeoutError('It was canceled. To give it more time, increase the timeout in Options.');
}

/** The error for a run that did not succeed, with its messages. @param more sentences for the description */
export function runError(
	runs: FollowedRuns,
	id: RunId,
	run: IDataObject,
	...more: string[]
): OperationError {
	const [first, ...errors] = runs.errorsOf(run);
	const title = titleOf(runs, id);
	return new OperationError(first ?? `${title} did not succeed`, {
		fromService: true,
		description: [`${title} ended with the outcome ${runs.stateOf(run)}.`, ...errors, ...more].join(
			' ',
		),
	});
}
