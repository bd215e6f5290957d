import type { IDataObject } from 'n8n-workflow';
import { OperationError } from '../errors';
import type { OperationContext } from '../operation';
import { followRun, runError, UNLISTED_MS } from './followRun';
import type { FollowedRuns, RunId } from './runs';
import { pollUntil } from './wait';

/** How often, and how long, to look for a run that is not listed yet. A service may list a new run late. */
const APPEARS = { intervalMs: 1000, timeoutMs: 15_000 };

/** Reads the run. Waits for it to appear. @throws OperationError with status 404 if it does not */
async function findRun<Api>(
	{ run, parameters }: OperationContext<Api>,
	runs: FollowedRuns,
	id: RunId,
): Promise<IDataObject> {
	const timeoutMs = parameters.flag('waitForCompletion')
		? Math.min(parameters.number('options.timeout') * 60_000, UNLISTED_MS)
		: APPEARS.timeoutMs;
	const pollOptions = { ...APPEARS, timeoutMs, signal: run.signal };
	const found = await pollUntil(pollOptions, async () => await runs.fetch(id));
	if (found) return found;
	throw new OperationError(`${runs.service} has no run with the ID ${id}`, {
		fromService: true,
		status: 404,
		description: `${runs.service} did not list ${runs.nameOf(id)} within ${Math.round(timeoutMs / 1000)} seconds. Check that the run belongs to this flow.`,
	});
}

/**
 * Reads a run by its ID, and waits for its end, as configured in `waitForKnownRun` and `waitOptions`. Nothing is
 * started and nothing is stored, so another execution can continue a wait.
 * @returns the run, as returned by the service
 */
export async function getRun<Api>(
	context: OperationContext<Api>,
	runs: FollowedRuns,
	id: RunId,
): Promise<IDataObject> {
	const seen = await findRun(context, runs, id);
	if (!context.parameters.flag('waitForCompletion')) return seen;
	const run = await followRun(context, runs, { id, seen });
	const mayFail = !context.parameters.flag('options.failWhenTheRunFails');
	if (mayFail || runs.hasSucceeded(run)) return run;
	throw runError(runs, id, run);
}
