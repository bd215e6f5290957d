import { sleep } from '../sleep';

/** How many tasks may run at the same time. */
export interface Parallel {
	/** May change while tasks run. */
	readonly maxInFlight: number;
	/** Calls the function whenever the maximum may have changed. */
	onChange(listener: () => void): void;
}

/** All tasks run at the same time. */
export const unlimited: Parallel = { maxInFlight: Infinity, onChange: () => undefined };

/**
 * Runs tasks in order, several at a time, until all are done or no more may start.
 * @returns the number of tasks started
 */
export async function inParallel(
	count: number,
	parallel: Parallel,
	task: (index: number) => Promise<void>,
	mayStart: () => boolean,
): Promise<number> {
	let next = 0;
	let running = 0;
	let lastStart = Promise.resolve();
	await new Promise<void>((resolve, reject) => {
		const run = async (index: number) => {
			// one start per cycle of the event loop, so that a request is sent before the next one is prepared
			lastStart = lastStart.then(async () => {
				await sleep(0);
			});
			await lastStart;
			await task(index);
			running--;
			startMore();
		};
		const startMore = () => {
			while (next < count && running < parallel.maxInFlight && mayStart()) {
				running++;
				run(next++).catch(reject);
			}
			if (running === 0) resolve();
		};
		parallel.onChange(startMore);
		startMore();
	});
	return next;
}
