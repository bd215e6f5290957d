import { RequestScheduler } from '../../../nodes/engine/http/requestScheduler.ts';
import { decideRetry } from '../../../nodes/engine/http/retry.ts';
import { simulateWorkers } from '../../bench/manyWorkers.ts';

const engine = { RequestScheduler, decideRetry };

describe('workers that share nothing, with a service that accepts 50 requests per second from all together', () => {
	it.each([1, 2, 8, 32])('%d workers finish their batches, and lose nothing', async (workers) => {
		const setup = { workers, requests: 6000, way: 'batch', parallelism: 'automatic' } as const;
		const { slowdown, throttled, failed } = await simulateWorkers(engine, setup);
		expect(failed).toBe(0);
		expect(slowdown).toBeLessThan(1.5);
		expect(throttled).toBeLessThan(0.3);
	});

	it.each([1, 2, 8, 32])('%d workers finish executions with one item each', async (workers) => {
		const setup = { workers, requests: 6000, way: 'webhook', parallelism: 'automatic' } as const;
		const { slowdown, failed, longestSeconds } = await simulateWorkers(engine, setup);
		expect(failed).toBe(0);
		expect(slowdown).toBeLessThan(1.7);
		expect(longestSeconds).toBeLessThan(60);
	});
});
