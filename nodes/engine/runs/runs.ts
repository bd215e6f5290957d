import type { IDataObject } from 'n8n-workflow';
import { ItemMemory } from '../itemMemory';
import type { OperationContext } from '../operation';

export type RunId = string | number;

/** A run that appeared after a start whose answer does not name it. */
export interface FoundRun {
	run: IDataObject;
	/** Why it is not certain that this start made it, as a sentence. */
	doubt?: string;
}

/** The runs of one flow. */
export interface Runs {
	/** As users know it, e.g. `Portable`. */
	service: string;
	/** As messages name it: its ID or name. */
	flow: RunId;
	/** Undefined when it is nothing that could be followed. */
	idOf: (run: IDataObject) => RunId | undefined;
	/**
	 * The run that is going on; or the latest, where that is known as well.
	 * @param isRefused the service would not start another, although a look a moment before had found none
	 */
	latest: (isRefused: boolean) => Promise<IDataObject | undefined>;
	/**
	 * Asks the service to start the flow.
	 * @param token the same for every try at this start
	 * @returns the run; undefined when the answer does not name it, and {@link findStarted} has to find it
	 */
	start: (token: string) => Promise<IDataObject | undefined>;
	/**
	 * Waits until a run appears that a start has made.
	 * @param latest what was there before
	 * @param isCertain the service said that it has started the flow; otherwise nothing is known
	 * @returns why there is none, in words, when none appears
	 */
	findStarted?: (latest: IDataObject | undefined, isCertain: boolean) => Promise<FoundRun | string>;
	/** Whether the answer to a start is about a flow that will run by itself, so that there is nothing to wait for. */
	isActivation?: (answer: IDataObject) => boolean;
	/** The run as it is by now; undefined when it is not among those that were read. */
	fetch: (id: RunId) => Promise<IDataObject | undefined>;
	/** False for a state that is missing or not known. */
	isOver: (run: IDataObject) => boolean;
	/** False for an outcome that is missing or not known. */
	hasSucceeded: (run: IDataObject) => boolean;
	/** Its state, and its outcome when it is over, as the service says them. */
	stateOf: (run: IDataObject) => string;
	/** What the run says of its failure. */
	errorsOf: (run: IDataObject) => string[];
	/** @throws Fault when the run could not be canceled */
	cancel: (id: RunId) => Promise<void>;
}

/** A run that an item is about, as it was seen last; the answer to the start, at first. */
export interface KnownRun {
	id: RunId;
	seen: IDataObject;
}

/** What earlier tries at an item have come to. */
export interface RunAttempts {
	/** How many runs of it ended badly. */
	failed: number;
	/** The run that was started for it, or used, unless it ended badly. */
	run?: KnownRun;
	/** A start that was sent, but whose run is not known. */
	sent?: { latest: IDataObject | undefined; isCertain: boolean };
}

/** An item goes on with the run that it has, and starts another one only when that ended badly. */
const remembered = new ItemMemory<RunAttempts>();

export function attemptsOf<Api>({ token }: OperationContext<Api>): RunAttempts {
	return remembered.get(token('run')) ?? { failed: 0 };
}

/** The item has this run now. */
export function rememberRun<Api>(context: OperationContext<Api>, { id, seen }: KnownRun): void {
	remembered.set(context.token('run'), { failed: attemptsOf(context).failed, run: { id, seen } });
}

/** The item has a run, but it is not known which. */
export function rememberStart<Api>(
	context: OperationContext<Api>,
	sent: RunAttempts['sent'],
): void {
	remembered.set(context.token('run'), { failed: attemptsOf(context).failed, sent });
}

/** The next try at the item starts another run. */
export function recordFailure<Api>(context: OperationContext<Api>): void {
	remembered.set(context.token('run'), { failed: attemptsOf(context).failed + 1 });
}
