import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import { sleep } from '../sleep';
import { followRun, runError } from './followRun';
import { attemptsOf, recordFailure, recordRetry, rememberRun } from './runs';
import type { FailedRun, KnownRun, Runs } from './runs';
import { startOnce } from './startOnce';

/** The maximum wait before a retry, in s. */
const MAX_BACKOFF_S = 3600;

/** The failed runs of an item, as a sentence. Undefined if there are none. */
function failedSentence(failed: FailedRun[]): string | undefined {
	if (failed.length === 0) return undefined;
	const named = failed.map(({ id, error }) => (error === undefined ? `${id}` : `${id} (${error})`));
	const [runs, were] = failed.length === 1 ? ['run', 'was'] : ['runs', 'were'];
	return `${failed.length} ${runs} failed and ${were} retried: ${named.join(', ')}.`;
}

/** Adds a hint if the output is the result of a retry. */
function addHint<Api>(context: OperationContext<Api>, runs: Runs, { id }: KnownRun): void {
	const failed = failedSentence(attemptsOf(context).retried);
	if (failed === undefined) return;
	context.run.warnings.push(
		`Flow ${runs.flow}: ${failed} The output is run ${id}. [Item ${context.item}]`,
	);
}

/** Waits as long as Retry Failed Run Backoff says. @param retries how many retries came before */
async function backOff<Api>({ parameters, run }: OperationContext<Api>, retries: number) {
	const seconds = parameters.number('options.retryFailedRunBackoff') * 2 ** retries;
	await sleep(Math.min(seconds, MAX_BACKOFF_S) * 1000, run.signal);
}

/**
 * Waits for the run of the item.
 * @returns the run; undefined if it failed and must be retried
 * @throws OperationError with its messages, if it did not succeed and Fail When the Run Fails is on
 */
async function finishRun<Api>(
	context: OperationContext<Api>,
	runs: Runs,
	known: KnownRun,
): Promise<IDataObject | undefined> {
	const run = await followRun(context, runs, known, {
		onRead: (read) => {
			rememberRun(context, read);
		},
		onCanceled: () => {
			recordFailure(context);
		},
	});
	const { parameters } = context;
	const { retried } = attemptsOf(context);
	if (runs.hasFailed(run) && retried.length < parameters.number('options.retryFailedRun')) {
		recordRetry(context, { id: known.id, error: runs.errorsOf(run)[0] });
		await backOff(context, retried.length);
		return undefined;
	}
	if (runs.hasSucceeded(run) || !parameters.flag('options.failWhenTheRunFails')) {
		addHint(context, runs, known);
		return run;
	}
	recordFailure(context);
	throw runError(runs, known.id, run, failedSentence(retried) ?? '');
}

/** Starts a run, or returns that of an earlier attempt. An error also says which runs failed before. */
async function startNext<Api>(context: OperationContext<Api>, runs: Runs) {
	const started = await context.run
		.withLock(`run flow ${runs.flow}`, async () => await startOnce(context, runs))
		.catch(asOperationError);
	if (!(started instanceof OperationError)) return started;
	const failed = failedSentence(attemptsOf(context).retried);
	if (failed === undefined) throw started;
	throw started.withDescription([started.details.description, failed].filter(Boolean).join(' '));
}

/**
 * Starts a flow and waits for its run, as configured in `waitForCompletion` and `runOptions`. Items that
 * start the same flow run one after another.
 * @returns the run, as returned by the service
 */
export async function startRun<Api>(
	context: OperationContext<Api>,
	runs: Runs,
): Promise<IDataObject> {
	// read before the start, because an invalid value must not start anything
	const waits = context.parameters.flag('waitForCompletion');
	for (;;) {
		const { id, seen, isSkipped } = await startNext(context, runs);
		if (!waits || isSkipped) return seen;
		if (id === undefined) {
			if (runs.isActivation?.(seen)) return seen;
			throw new OperationError(`${runs.service} did not return the run of flow ${runs.flow}`, {
				fromService: true,
				description: 'The node cannot wait for it. Check it with Get Runs.',
			});
		}
		const run = await finishRun(context, runs, { id, seen });
		if (run) return run;
	}
}
