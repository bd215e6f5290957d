import type { IDataObject } from 'n8n-workflow';
import { ItemMemory } from '../itemMemory';
import type { OperationContext } from '../operation';

export type RunId = string | number;

/** A run that appeared after a start whose response does not contain it. */
export interface FoundRun {
	run: IDataObject;
	/** Why it is not certain that this start caused the run, as a sentence. */
	doubt?: string;
}

/** How to follow the runs of a service. */
export interface FollowedRuns {
	/** The name of the service as users know it. */
	service: string;
	/** The run in the middle of a sentence, e.g. `run 42 of flow 7`. */
	nameOf: (id: RunId) => string;
	/** The name of the operation that reads a run by its ID, for messages. */
	lookup: string;
	/** Reads the current state of a run. Undefined if it was not found. */
	fetch: (id: RunId) => Promise<IDataObject | undefined>;
	/** False for a missing or unknown state. */
	isOver: (run: IDataObject) => boolean;
	/** False for a missing or unknown outcome, and for a canceled run. */
	hasFailed: (run: IDataObject) => boolean;
	/** False for a missing or unknown outcome. */
	hasSucceeded: (run: IDataObject) => boolean;
	/** The state of a run, and its outcome if it is over, in the service's terms. */
	stateOf: (run: IDataObject) => string;
	/** The error messages of a run. */
	errorsOf: (run: IDataObject) => string[];
	/** Undefined if the service cannot cancel a run. @throws OperationError if the run could not be canceled */
	cancel?: (id: RunId) => Promise<void>;
}

/** How to start and follow the runs of one flow. */
export interface Runs extends FollowedRuns {
	/** The ID or name of the flow, for messages. */
	flow: RunId;
	/** The ID of a run. Undefined if the run cannot be followed. */
	idOf: (run: IDataObject) => RunId | undefined;
	/**
	 * Returns the run in progress; if there is none, the latest run, if known.
	 * @param isRefused whether the service rejected a start, although no run was in progress just before
	 */
	latest: (isRefused: boolean) => Promise<IDataObject | undefined>;
	/**
	 * Starts the flow.
	 * @param token the client token, the same for every attempt at this start
	 * @returns the run; undefined if the response does not contain it, so that {@link findStarted} must find it
	 */
	start: (token: string) => Promise<IDataObject | undefined>;
	/**
	 * Waits until the run of a start appears.
	 * @param latest the latest run before the start
	 * @param isCertain whether the service confirmed the start; otherwise its outcome is unknown
	 * @returns the run, or why there is none, as part of a sentence
	 */
	findStarted?: (latest: IDataObject | undefined, isCertain: boolean) => Promise<FoundRun | string>;
	/** Whether the response to a start means that the flow runs on a schedule or event, so that there is no run to wait for. */
	isActivation?: (answer: IDataObject) => boolean;
}

/** The run of an item, as last read; initially, the response to the start. */
export interface KnownRun {
	id: RunId;
	seen: IDataObject;
}

/** A failed run that is followed by another one, as Retry Failed Run says. */
export interface FailedRun {
	id: RunId;
	/** Its first error message, if it has one. */
	error?: string;
}

/** The results of earlier attempts at an item. */
export interface RunAttempts {
	/** The number of runs that failed or were canceled. */
	failed: number;
	/** The failed runs that count for Retry Failed Run. */
	retried: FailedRun[];
	/** The run that was started or used for the item, unless it failed or was canceled. */
	run?: KnownRun;
	/** A start that was sent, but whose run is unknown. */
	sent?: { latest: IDataObject | undefined; isCertain: boolean };
}

/** On the next attempt, an item continues with its run. It starts another one only if that run failed. */
const remembered = new ItemMemory<RunAttempts>();

export function attemptsOf<Api>({ token }: OperationContext<Api>): RunAttempts {
	return remembered.get(token('run')) ?? { failed: 0, retried: [] };
}

/** Records the run of the item. */
export function rememberRun<Api>(context: OperationContext<Api>, { id, seen }: KnownRun): void {
	const { failed, retried } = attemptsOf(context);
	remembered.set(context.token('run'), { failed, retried, run: { id, seen } });
}

/** Records a start whose run is unknown. */
export function rememberStart<Api>(
	context: OperationContext<Api>,
	sent: RunAttempts['sent'],
): void {
	const { failed, retried } = attemptsOf(context);
	remembered.set(context.token('run'), { failed, retried, sent });
}

/** Records that the run failed and that the item fails, so that the next attempt at the item starts another one. */
export function recordFailure<Api>(context: OperationContext<Api>): void {
	remembered.set(context.token('run'), { failed: attemptsOf(context).failed + 1, retried: [] });
}

/** Records that the run failed and that the item starts another one. */
export function recordRetry<Api>(context: OperationContext<Api>, run: FailedRun): void {
	const { failed, retried } = attemptsOf(context);
	remembered.set(context.token('run'), { failed: failed + 1, retried: [...retried, run] });
}
