import type { IDataObject } from 'n8n-workflow';
import { asOperationError, OperationError } from '../errors';
import type { OperationContext } from '../operation';
import { rememberRun, rememberStart, attemptsOf } from './runs';
import type { RunId, Runs } from './runs';
import { monotonicMs } from './wait';

/** The run that an item is about. */
export interface Start {
	/** Undefined when the service does not name it. */
	id?: RunId;
	/** The run, or the answer to the start. */
	seen: IDataObject;
	/** There is a run that the item is to leave alone. */
	skips?: boolean;
}

/** By these, a service says that the flow is running; or that something else is wrong, which a look tells apart. */
const REFUSALS: Array<number | undefined> = [400, 409];

/** Notes what was started, for the run's errors and hints, and for n8n's next try at the item. */
function keep<Api>(context: OperationContext<Api>, runs: Runs, seen: IDataObject): Start {
	const id = runs.idOf(seen);
	if (id !== undefined) {
		context.run.created.push({ kind: 'run', id, item: context.item });
		rememberRun(context, { id, seen });
	}
	return { id, seen };
}

/**
 * Looks for the run that a start has made.
 * @param unclear the answer by which it is not known whether the flow was started
 * @returns why there is none, in words, when none appeared
 */
async function find<Api>(
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
				`${flow}, but its run could not be looked for.`,
				found.details.description,
				'Look at Get Runs before you start it again.',
			]
				.filter(Boolean)
				.join(' '),
		);
	}
	if (typeof found === 'string' || found === undefined) return found ?? 'no new run appeared';
	const start = keep(context, runs, found.run);
	const { id } = start;
	if (!isCertain && id !== undefined) {
		context.run.recovered.push({ kind: 'run', id, item: context.item });
	}
	if (found.doubt !== undefined) context.run.warnings.push(`${found.doubt} [Item ${context.item}]`);
	return start;
}

/** Starts the flow, once: it is sent again only when the service was busy, and no run appeared. */
async function send<Api>(
	context: OperationContext<Api>,
	runs: Runs,
	latest: IDataObject | undefined,
): Promise<Start> {
	const token = context.token(`run ${attemptsOf(context).failed}`);
	const untilMs = monotonicMs() + context.parameters.number('options.keepRetryingFor') * 1000;
	let unclear: OperationError | undefined;
	for (;;) {
		const answer = await runs.start(token).catch(asOperationError);
		if (answer !== undefined && !(answer instanceof OperationError))
			return keep(context, runs, answer);
		if (answer?.details.outcomeUnknown) unclear = answer;
		else if (answer && !unclear) throw answer;
		if (unclear && !runs.findStarted) throw unclear;

		// one that is refused after an unclear one is refused because of that one, if a run appears
		const found = await find(context, runs, { latest, unclear: answer && unclear });
		if (typeof found !== 'string') return found;
		if (answer === undefined) throw notListed(runs, found);
		if (answer !== unclear) throw answer;
		if (answer.details.retryAfterCheckMs === undefined || monotonicMs() >= untilMs) {
			throw answer.withDescription(
				`The run of flow ${runs.flow} may have been started all the same, but ${found}. Look at Get Runs before you start it again.`,
			);
		}
	}
}

/** The service has started the flow, and shows no run. @param why in words */
function notListed({ service, flow }: Runs, why: string): OperationError {
	return new OperationError(`${service} started flow ${flow}, but ${why} in its list`, {
		fromService: true,
		description: 'Look at Get Runs before you start it again.',
	});
}

/** What an earlier try at the item has come to, if that is a run. */
async function startedBefore<Api>(
	context: OperationContext<Api>,
	runs: Runs,
): Promise<Start | undefined> {
	const { run, sent } = attemptsOf(context);
	if (run || !sent) return run;
	const unclear = sent.isCertain ? undefined : new OperationError('Not known');
	const found = await find(context, runs, { latest: sent.latest, unclear });
	if (typeof found !== 'string') return found;
	if (sent.isCertain) throw notListed(runs, found);
	return undefined;
}

/**
 * The run that the item is about; started, unless there is one.
 * @throws Fault when the flow is running and must not, or when it is not known what became of the start
 */
export async function startOnce<Api>(context: OperationContext<Api>, runs: Runs): Promise<Start> {
	const before = await startedBefore(context, runs);
	if (before) return before;

	const isGoingOn = (run: IDataObject | undefined) => run !== undefined && !runs.isOver(run);
	let latest = await runs.latest(false);
	if (latest === undefined || !isGoingOn(latest)) {
		const started = await send(context, runs, latest).catch(asOperationError);
		if (!(started instanceof OperationError)) return started;
		if (REFUSALS.includes(started.details.status)) latest = await runs.latest(true);
		if (latest === undefined || !isGoingOn(latest)) throw started;
	}
	const id = runs.idOf(latest);
	const mode = context.parameters.choice('options.ifAlreadyRunning', ['fail', 'skip', 'use']);
	if (mode === 'skip') return { id, seen: latest, skips: true };
	if (mode === 'use') {
		if (id !== undefined) rememberRun(context, { id, seen: latest });
		return { id, seen: latest };
	}
	throw new OperationError(`Flow ${runs.flow} is running already: run ${id ?? 'unknown'}`, {
		fromService: true,
		description: `The state of that run is ${runs.stateOf(latest)}. Set If Already Running to go on with it, or to skip this one.`,
	});
}
