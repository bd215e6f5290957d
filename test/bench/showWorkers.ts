// npm run --silent build && node test/bench/showWorkers.ts [requests]: prints the table of many workers in docs/scale.md.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { simulateWorkers } from './manyWorkers.ts';
import type { Engine } from './manyWorkers.ts';

/** The built package. */
function builtEngine(): Engine {
	const load = createRequire(import.meta.url);
	const engine = join(import.meta.dirname, '../../dist/nodes/engine/http');
	const scheduler = load(join(engine, 'requestScheduler.js')) as Pick<Engine, 'RequestScheduler'>;
	return { ...scheduler, ...(load(join(engine, 'retry.js')) as Pick<Engine, 'decideRetry'>) };
}

async function print(): Promise<void> {
	const engine = builtEngine();
	const requests = Number(process.argv[2] ?? 6000);
	const rows: Array<Record<string, string | number>> = [];
	for (const way of ['batch', 'webhook'] as const) {
		for (const workers of [1, 2, 8, 32]) {
			const setup = { workers, requests, way, parallelism: 'automatic' } as const;
			const outcome = await simulateWorkers(engine, setup);
			rows.push({
				way,
				workers,
				'time / ideal': outcome.slowdown.toFixed(2),
				'429 per request': outcome.throttled.toFixed(2),
				failed: outcome.failed,
				'longest, s': outcome.longestSeconds.toFixed(1),
			});
		}
	}
	console.table(rows);
}

await print();
