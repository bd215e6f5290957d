import { sleep } from './sleep';

/** A clock and its timers. Tests replace them. */
export interface Clock {
	/** The time in ms. */
	now(): number;
	/**
	 * Waits for this many ms.
	 * @throws the signal's reason, if it aborts
	 */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A time in ms for measuring durations. Not affected by changes of the system clock. */
export function monotonicMs(): number {
	return performance.now();
}

export const systemClock: Clock = { now: monotonicMs, sleep };
