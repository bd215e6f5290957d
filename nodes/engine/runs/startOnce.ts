import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import { rememberRun, rememberStart, attemptsOf } from './runs';
import type { RunId, Runs } from './runs';
import { monotonicMs } from '../clock';

/** The run of an item. */
export interface Start {
	/** Undefined if the response does not contain it. */
	id?: RunId;
	/** The run, or the response to the start. */
	seen: IDataObject;
	/** Whether the flow is already running and the item skips it. */
	isSkipped?: boolean;
}

/** Statuses that can mean that the flow is already running. The latest run shows whether it is. */
const CONFLICTS: Array<number | undefined> = [400, 409];

/** Records a started run for errors and hints, and for the next attempt at the item. */
function recordStarted<Api>(context: OperationContext<Api>, runs: Runs, seen: IDataObject): Start {
	const id = runs.idOf(seen);
	if (id !== undefined) {
		context.run.created.push({ kind: 'run', id, item: context.item });
		rememberRun(context, { id, seen });
	}
	return { id, seen };
}

/**
 * Finds the run of a start.
 * @param unclear the error that leaves open whether the flow was started
 * @returns the run, or why there is none, as part of a sentence
 */
async function findRun<Api>(
	context: OperationContext<Api>,
	runs: Runs,
	{ latest, unclear }: { latest: IDataObject | undefined; unclear: OperationError | undefined },
): Promise<Start | string> {
	const isCertain = unclear === undefined;
	const flow = `Flow ${runs.flow} ${isCertain ? 'was' : 'may have been'} started`;
	rememberStart(context, { latest, isCertain });
	const found = await Promise.resolve(runs.findStarted?.(latest, isCertain)).catch(
		asOperationError,
	);
	if (found instanceof OperationError) {
		if (isCertain)
			context.run.created.push({ kind: 'run of flow', id: runs.flow, item: context.item });
		throw found.withDescription(
			[
				`${flow}, but searching for its run failed.`,
				found.details.description,
				'Check Get Runs before you start it again.',
			]
				.filter(Boolean)
				.join(' '),
		);
	}
	if (typeof found === 'string' || found === undefined) return found ?? 'no new run appeared';
	const start = recordStarted(context, runs, found.run);
	const { id } = start;
	if (!isCertain && id !== undefined) {
		context.run.recovered.push({ kind: 'run', id, item: context.item });
	}
	if (found.doubt !== undefined) context.run.warnings.push(`${found.doubt} [Item ${context.item}]`);
	return start;
}

/** Starts the flow once. Retries only if the service was busy and no run appeared. */
async function send<Api>(
	context: OperationContext<Api>,
	runs: Runs,
	latest: IDataObject | undefined,
): Promise<Start> {
	const token = context.token(`run ${attemptsOf(context).failed}`);
	const untilMs = monotonicMs() + context.parameters.number('options.keepRetryingFor') * 1000;
	let unclear: OperationError | undefined;
	for (;;) {
		const started = await runs.start(token).catch(asOperationError);
		if (started !== undefined && !(started instanceof OperationError))
			return recordStarted(context, runs, started);
		if (started?.details.outcomeUnknown) unclear = started;
		else if (started && !unclear) throw started;
		if (unclear && !runs.findStarted) throw unclear;

		// a start may be rejected because an earlier, unclear one succeeded; then a run appears
		const found = await findRun(context, runs, { latest, unclear: started && unclear });
		if (typeof found !== 'string') return found;
		if (started === undefined) throw notListedError(runs, found);
		if (started !== unclear) throw started;
		if (started.details.retryAfterCheckMs === undefined || monotonicMs() >= untilMs) {
			throw started.withDescription(
				`A run of flow ${runs.flow} may have been started anyway, but ${found}. Check Get Runs before you start it again.`,
			);
		}
	}
}

/** The error if the service started the flow but does not list its run. @param why as part of a sentence */
function notListedError({ service, flow }: Runs, why: string): OperationError {
	return new OperationError(`${service} started flow ${flow}, but ${why} in its list`, {
		fromService: true,
		description: 'Check Get Runs before you start it again.',
	});
}

/** Returns the run of an earlier attempt at the item, if there is one. */
async function runOfEarlierAttempt<Api>(
	context: OperationContext<Api>,
	runs: Runs,
): Promise<Start | undefined> {
	const { run, sent } = attemptsOf(context);
	if (run || !sent) return run;
	const unclear = sent.isCertain ? undefined : new OperationError('Unknown');
	const found = await findRun(context, runs, { latest: sent.latest, unclear });
	if (typeof found !== 'string') return found;
	if (sent.isCertain) throw notListedError(runs, found);
	return undefined;
}

/**
 * Returns the run of the item. Starts one if there is none.
 * @throws OperationError if the flow is already running and must not, or if the outcome of the start is unknown
 */
export async function startOnce<Api>(context: OperationContext<Api>, runs: Runs): Promise<Start> {
	const before = await runOfEarlierAttempt(context, runs);
	if (before) return before;

	// a list may still show a run in progress after the run itself was read as failed
	const ended = attemptsOf(context).retried.map(({ id }) => String(id));
	const isInProgress = (run: IDataObject) =>
		!runs.isOver(run) && !ended.includes(String(runs.idOf(run)));
	let latest = await runs.latest(false);
	if (latest === undefined || !isInProgress(latest)) {
		const started = await send(context, runs, latest).catch(asOperationError);
		if (!(started instanceof OperationError)) return started;
		if (CONFLICTS.includes(started.details.status)) latest = await runs.latest(true);
		if (latest === undefined || !isInProgress(latest)) throw started;
	}
	const id = runs.idOf(latest);
	const mode = context.parameters.choice('options.ifAlreadyRunning', ['fail', 'skip', 'use']);
	if (mode === 'skip') return { id, seen: latest, isSkipped: true };
	if (mode === 'use') {
		if (id !== undefined) rememberRun(context, { id, seen: latest });
		return { id, seen: latest };
	}
	throw new OperationError(`Flow ${runs.flow} is already running: run ${id ?? 'unknown'}`, {
		fromService: true,
		description: `The state of that run is ${runs.stateOf(latest)}. To use it or to skip this item, set If Already Running.`,
	});
}
