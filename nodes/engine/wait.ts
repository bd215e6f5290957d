import { sleep } from './sleep';

/** How to wait for something that takes its time. */
export interface Patience {
	/** Between two looks, in ms. */
	intervalMs: number;
	/** In all, in ms. */
	timeoutMs: number;
	signal?: AbortSignal;
}

/**
 * Looks until there is an answer, or the time is up. Looks at once, and once more at the very end.
 * @param look undefined while there is no answer yet
 * @returns undefined when the time is up
 * @throws when the signal aborts, and whatever look throws
 */
export async function waitFor<T>(
	{ intervalMs, timeoutMs, signal }: Patience,
	look: () => Promise<T | undefined>,
): Promise<T | undefined> {
	const until = Date.now() + timeoutMs;
	for (;;) {
		const answer = await look();
		const leftMs = until - Date.now();
		if (answer !== undefined || leftMs <= 0) return answer;
		await sleep(Math.min(intervalMs, leftMs), signal);
	}
}
