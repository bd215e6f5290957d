import { sleep } from '../sleep';

/**
 * Runs tasks in order, several at a time, until all are done or no more may start.
 * @returns the number of tasks started
 */
export async function inParallel(
	count: number,
	maxParallel: number,
	task: (index: number) => Promise<void>,
	mayStart: () => boolean,
): Promise<number> {
	let next = 0;
	let lastStart = Promise.resolve();
	const worker = async () => {
		while (next < count && mayStart()) {
			const index = next++;
			// one start per cycle of the event loop, so that a request is sent before the next one is prepared
			lastStart = lastStart.then(async () => {
				await sleep(0);
			});
			await lastStart;
			await task(index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(maxParallel, count) }, worker));
	return next;
}
