import { sleep } from '../sleep';

/**
 * Starts the tasks in order, so many at a time, until all are done or no more may start.
 * @returns how many were started
 */
export async function inParallel(
	count: number,
	atOnce: number,
	task: (index: number) => Promise<void>,
	mayStart: () => boolean,
): Promise<number> {
	let next = 0;
	let turn = Promise.resolve();
	const worker = async () => {
		while (next < count && mayStart()) {
			const index = next++;
			// one a turn of the event loop, so that a request is out before the next one is computed
			turn = turn.then(async () => {
				await sleep(0);
			});
			await turn;
			await task(index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
	return next;
}
