import { sleep as sleepInN8n } from 'n8n-workflow';

/** n8n before 2.34 cannot interrupt a sleep, so its timer continues after an abort, for at most this long. */
const SLICE_MS = 5000;

/**
 * Waits for this many ms, or until the signal aborts, in every n8n version. Uses n8n's sleep, because community nodes
 * must not set timers.
 * @throws the signal's reason, as soon as it aborts
 */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	if (!signal) {
		await sleepInN8n(ms);
		return;
	}
	let leftMs = ms;
	do {
		signal.throwIfAborted();
		await sliceOf(Math.min(leftMs, SLICE_MS), signal);
		leftMs -= SLICE_MS;
	} while (leftMs > 0);
}

/**
 * Ends as soon as the signal aborts, regardless of n8n's version. Some versions ignore the signal, and n8n 2.35
 * does not remove its listener from it, so each slice has its own signal.
 */
async function sliceOf(ms: number, signal: AbortSignal): Promise<void> {
	const slice = new AbortController();
	let wake = () => {};
	const aborted = new Promise<void>((resolve) => {
		wake = () => {
			resolve();
			slice.abort();
		};
	});
	signal.addEventListener('abort', wake, { once: true });
	try {
		await Promise.race([aborted, sleepInN8n(ms, slice.signal)]);
	} finally {
		signal.removeEventListener('abort', wake);
	}
	signal.throwIfAborted();
}
