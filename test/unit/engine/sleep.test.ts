import { getEventListeners } from 'node:events';
import { sleep } from '../../../nodes/engine/sleep.ts';

// Runs with the oldest n8n-workflow, too, whose sleep ignores its signal.
describe('a wait', () => {
	afterEach(() => {
		jest.useRealTimers();
	});

	it('waits for the given time, also over many slices', async () => {
		jest.useFakeTimers({ now: 0 });
		const { signal } = new AbortController();
		const woken: number[] = [];
		for (const ms of [0, 1, 4999, 5000, 5001, 3_600_000]) {
			for (const one of [undefined, signal]) {
				void sleep(ms, one).then(() => woken.push(Date.now() - ms));
			}
		}
		await jest.advanceTimersByTimeAsync(3_600_000);
		expect(woken).toEqual(Array(12).fill(0));
	});

	it('ends with the reason when the signal aborts', async () => {
		jest.useFakeTimers();
		const controller = new AbortController();
		const ended = expect(sleep(30_000, controller.signal)).rejects.toThrow('enough');
		await jest.advanceTimersByTimeAsync(12_000);
		controller.abort(new Error('enough'));
		await ended;
	});

	it('does not start if the signal has aborted', async () => {
		jest.useFakeTimers();
		await expect(sleep(30_000, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
		expect(jest.getTimerCount()).toBe(0);
	});

	it('leaves no listener on the signal after 10,000 waits', async () => {
		jest.useFakeTimers();
		const controller = new AbortController();
		const { signal } = controller;
		const over = Promise.all(
			Array.from({ length: 10_000 }, async (_, index) => {
				await sleep(index, signal);
			}),
		);
		await jest.advanceTimersByTimeAsync(10_000);
		await over;
		expect(getEventListeners(signal, 'abort')).toEqual([]);

		const stopped = Array.from({ length: 100 }, async () => {
			await sleep(60_000, signal);
		});
		const ended = Promise.allSettled(stopped);
		controller.abort();
		expect((await ended).every(({ status }) => status === 'rejected')).toBe(true);
		expect(getEventListeners(signal, 'abort')).toEqual([]);
		// if n8n's sleep ignores its signal, a timer remains for at most one slice
		await jest.advanceTimersByTimeAsync(5000);
		expect(jest.getTimerCount()).toBe(0);
	});
});
