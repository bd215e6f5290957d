import type { INodeProperties } from 'n8n-workflow';
import { asFault, Fault } from './fault';
import { ItemMemory } from './itemMemory';
import type { Call } from './operation';
import { waitFor } from './wait';

/** The field of every operation that starts a run. */
export const waitForCompletion: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description:
		'Whether to output the finished run, with its outcome and counts, instead of the started one',
};

/** The options of every operation that starts a run; {@link startAndFollow} reads them. */
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

type RunId = string | number;

/** The status by which a service says that the flow is running. */
const CONFLICT = 409;

/** The runs of one flow. */
export interface Runs<Run> {
	/** As users know it, e.g. `Portable`. */
	service: string;
	/** As messages name it: its ID or name. */
	flow: RunId;
	/** Undefined when it is nothing that could be followed. */
	idOf: (run: Run) => RunId | undefined;
	/**
	 * The run that is going on; or the latest, where that is known as well.
	 * @param isRefused the service would not start another, although a look a moment before had found none
	 */
	latest: (isRefused: boolean) => Promise<Run | undefined>;
	/**
	 * Starts the flow, once.
	 * @param latest what was there before
	 * @param token the same for every try at this start
	 * @returns the run that this made
	 */
	start: (latest: Run | undefined, token: string) => Promise<Run>;
	/** The run as it is by now; undefined when it is not among those that were read. */
	look: (id: RunId) => Promise<Run | undefined>;
	isOver: (run: Run) => boolean;
	hasSucceeded: (run: Run) => boolean;
	/** Its state, and its outcome when it is over, as the service says them. */
	stateOf: (run: Run) => string;
	/** What the run says of its failure. */
	errorsOf: (run: Run) => string[];
	cancel: (id: RunId) => Promise<unknown>;
}

/** What earlier tries at an item have come to. */
interface Tries {
	/** How many runs of it ended badly. */
	failed: number;
	/** The run that was started for it, or used, unless it ended badly. */
	run?: RunId;
}

/** An item goes on with the run that it has, and starts another one only when that ended badly. */
const remembered = new ItemMemory<Tries>();

function triesAt<Api>({ token }: Call<Api>): Tries {
	return remembered.get(token('run')) ?? { failed: 0 };
}

function endedBadly<Api>(call: Call<Api>): void {
	remembered.set(call.token('run'), { failed: triesAt(call).failed + 1 });
}

/** Follows a run to its end. */
async function follow<Api, Run>(
	call: Call<Api>,
	runs: Runs<Run>,
	{ id, first }: { id: RunId; first?: Run },
): Promise<Run> {
	const { parameters, run } = call;
	const { service, flow } = runs;
	const minutes = parameters.number('options.timeout');
	let latest = first;
	const patience = {
		intervalMs: parameters.number('options.pollInterval') * 1000,
		timeoutMs: minutes * 60_000,
		signal: run.signal,
	};
	const finished = await waitFor(patience, async () => {
		const now = await runs.look(id).catch(asFault);
		if (now instanceof Fault) {
			throw now.describedAs(
				`Run ${id} of flow ${flow} could not be followed to its end; it goes on in ${service}. Look it up with Get Runs.`,
			);
		}
		latest = now ?? latest;
		return latest !== undefined && runs.isOver(latest) ? latest : undefined;
	});
	if (finished) return finished;

	throw new Fault(
		`Run ${id} of flow ${flow} did not finish within ${minutes} minutes; its last state was ${latest === undefined ? 'unknown' : runs.stateOf(latest)}`,
		{ asked: true, description: await leave(call, runs, id) },
	);
}

/** Leaves a run that took too long, or cancels it; what became of it, in sentences. */
async function leave<Api, Run>(call: Call<Api>, runs: Runs<Run>, id: RunId): Promise<string> {
	const goesOn = `It goes on in ${runs.service}. Raise the timeout in Options, or look it up later with Get Runs.`;
	if (!call.parameters.flag('options.cancelOnTimeout')) return goesOn;
	const refused = await runs.cancel(id).catch(asFault);
	if (refused instanceof Fault) {
		return `It could not be cancelled (${refused.message}). ${goesOn}`;
	}
	endedBadly(call);
	return 'It was cancelled. Raise the timeout in Options to give it more time.';
}

/** @throws Fault with what the run says, when it failed and the item is to fail with it */
function settle<Api, Run>(call: Call<Api>, runs: Runs<Run>, id: RunId, run: Run): Run {
	if (runs.hasSucceeded(run)) return run;
	if (!call.parameters.flag('options.failWhenTheRunFails')) return run;
	endedBadly(call);
	const errors = runs.errorsOf(run);
	throw new Fault(errors[0] ?? `Run ${id} of flow ${runs.flow} did not succeed`, {
		asked: true,
		description: [
			`Run ${id} of flow ${runs.flow} ended with the outcome ${runs.stateOf(run)}.`,
			...errors.slice(1),
		].join(' '),
	});
}

/** The run that the item is about; started, unless there is one. */
async function startOnce<Api, Run>(
	call: Call<Api>,
	runs: Runs<Run>,
): Promise<{ run?: Run; id?: RunId; skips?: boolean }> {
	const tries = triesAt(call);
	if (tries.run !== undefined) return { id: tries.run, run: await runs.look(tries.run) };

	const isGoingOn = (run: Run | undefined) => run !== undefined && !runs.isOver(run);
	let latest = await runs.latest(false);
	if (!isGoingOn(latest)) {
		const started = await runs.start(latest, call.token(`run ${tries.failed}`)).catch(asFault);
		if (!(started instanceof Fault)) {
			const id = runs.idOf(started);
			if (id !== undefined) {
				call.run.created.push({ kind: 'run', id, item: call.item });
				remembered.set(call.token('run'), { ...tries, run: id });
			}
			return { id, run: started };
		}
		if (started.parts.status === CONFLICT) latest = await runs.latest(true);
		if (!isGoingOn(latest)) throw started;
	}
	const id = latest && runs.idOf(latest);
	const way = call.parameters.choice('options.ifAlreadyRunning', ['fail', 'skip', 'use']);
	if (way === 'skip') return { id, run: latest, skips: true };
	if (way === 'use') {
		if (id !== undefined) remembered.set(call.token('run'), { ...tries, run: id });
		return { id, run: latest };
	}
	throw new Fault(`Flow ${runs.flow} is running already: run ${id ?? 'unknown'}`, {
		asked: true,
		description: 'Set If Already Running to go on with that run, or to skip this one.',
	});
}

/**
 * Starts a flow, unless it is running, and waits for the end of the run: as the user chose in
 * {@link waitForCompletion} and {@link runOptions}. Items that start the same flow take turns.
 * @returns the run, as the service shows it
 */
export async function startAndFollow<Api, Run>(call: Call<Api>, runs: Runs<Run>): Promise<Run> {
	const waits = call.parameters.flag('waitForCompletion');
	const { id, run, skips } = await call.run.oneByOne(
		`run flow ${runs.flow}`,
		async () => await startOnce(call, runs),
	);
	if (run !== undefined && (!waits || skips || id === undefined)) return run;
	if (id === undefined) throw new Fault(`${runs.service} did not name the run`, { asked: true });
	return settle(call, runs, id, await follow(call, runs, { id, first: run }));
}
