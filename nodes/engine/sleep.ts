import { sleep as sleepInN8n } from 'n8n-workflow';

/** The sleep of n8n before 2.34 cannot be interrupted, so its timer runs on after an abort, but for no longer than this. */
const SLICE_MS = 5000;

/**
 * Waits, in every n8n version, for so many ms or until the signal aborts.
 * Nodes may not set timers of their own, so this is n8n's sleep and an ear for the signal.
 * @throws the signal's reason, at once, when it aborts or has aborted
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
 * Ends early when the signal aborts, whatever n8n's sleep does then: some versions know no signal,
 * and some (2.35) leave their listener on it, hence a signal of its own for each.
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
