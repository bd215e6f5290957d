import { sleep } from '../sleep';

/** How to wait for something that takes its time. */
export interface PollOptions {
	/** Between two looks, in ms. */
	intervalMs: number;
	/** In all, in ms. */
	timeoutMs: number;
	signal?: AbortSignal;
}

/** Milliseconds since some moment, whatever happens to the clock of the machine: for measuring how long something takes. */
export function monotonicMs(): number {
	return performance.now();
}

/**
 * Looks until there is an answer, or the time is up. Looks at once, and once more at the very end.
 * @param look undefined while there is no answer yet
 * @returns undefined when the time is up
 * @throws when the signal aborts, and whatever look throws
 */
export async function pollUntil<T>(
	{ intervalMs, timeoutMs, signal }: PollOptions,
	look: () => Promise<T | undefined>,
): Promise<T | undefined> {
	const until = monotonicMs() + timeoutMs;
	for (;;) {
		const answer = await look();
		const leftMs = until - monotonicMs();
		// a timer may fire a fraction of a millisecond early
		if (answer !== undefined || leftMs < 1) return answer;
		await sleep(Math.min(intervalMs, leftMs), signal);
	}
}
