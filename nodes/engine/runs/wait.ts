import { monotonicMs } from '../clock';
import { sleep } from '../sleep';

/** How to poll. */
export interface PollOptions {
	/** The delay between two checks, in ms. */
	intervalMs: number;
	/** The total time, in ms. */
	timeoutMs: number;
	signal?: AbortSignal;
}

/**
 * Checks until there is a result, or the time is up. The first check is at once, the last one at the end of the time.
 * @param check returns undefined while there is no result
 * @returns undefined if the time is up
 * @throws the signal's reason if it aborts, and errors of `check`
 */
export async function pollUntil<T>(
	{ intervalMs, timeoutMs, signal }: PollOptions,
	check: () => Promise<T | undefined>,
): Promise<T | undefined> {
	const until = monotonicMs() + timeoutMs;
	for (;;) {
		const result = await check();
		const leftMs = until - monotonicMs();
		// a timer may fire a fraction of a millisecond early
		if (result !== undefined || leftMs < 1) return result;
		await sleep(Math.min(intervalMs, leftMs), signal);
	}
}
