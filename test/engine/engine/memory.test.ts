// P3 for ten thousand items in one node run. The sandbox is a separate process,
// so that only n8n's engine and the node are measured.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PORTABLE_TOKEN } from '../../sandbox/portable/portable.ts';
import { run } from '../harness.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let sandbox: ChildProcess;
let url: string;

beforeAll(async () => {
	sandbox = spawn(process.execPath, [join(import.meta.dirname, '../../sandbox/main.ts')], {
		env: {
			...process.env,
			PORTABLE_PORT: '0',
			DIGA_PORT: '0',
			APPFLOW_PORT: '0',
			NODE_OPTIONS: '',
		},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	url = await new Promise((resolve, reject) => {
		sandbox.once('exit', reject);
		sandbox.stdout?.on('data', (chunk: Buffer) => {
			const found = /http:\/\/[\d.:]+/.exec(chunk.toString());
			if (found) resolve(found[0]);
		});
	});
});

afterAll(() => {
	sandbox.kill();
});

/** Bytes in use, after garbage collection. */
function liveBytes(): number {
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

async function createMany(count: number): Promise<{ kept: number; peak: number }> {
	await fetch(`${url}/_sandbox/reset`, { method: 'POST' });
	const items = Array.from({ length: count }, (_, index) => ({ name: `Customer ${index}` }));
	const before = liveBytes();
	let peak = 0;
	let sampling: NodeJS.Timeout | undefined;
	// garbage collection can take long after other tests
	const sample = (pauseMs: number) => {
		sampling = setTimeout(() => {
			const started = performance.now();
			peak = Math.max(peak, liveBytes() - before);
			sample(Math.max(300, 5 * (performance.now() - started)));
		}, pauseMs);
	};
	sample(300);
	const result = await run(
		[
			{ name: 'Start', type: 'test.items', parameters: { items: items as never } },
			{
				name: 'Portable',
				type: 'portable',
				parameters: {
					resource: 'source',
					operation: 'create',
					sourceSpec: 'freshsales',
					displayName: '={{ $json.name }}',
				},
			},
		],
		{ portableApi: { baseUrl: url, token: PORTABLE_TOKEN } },
		{ watch: false },
	);
	clearTimeout(sampling);
	const kept = liveBytes() - before;
	expect(result.error).toBeUndefined();
	expect(result.json('Portable').map(({ displayName }) => displayName)).toEqual(
		items.map(({ name }) => name),
	);
	return { kept, peak: Math.max(peak, kept) };
}

it('10,000 items complete; memory grows linearly and stays below twice the size of items and outputs', async () => {
	// the first run loads and compiles code that later runs use
	await createMany(500);
	const small = await createMany(2500);
	const large = await createMany(10_000);
	expect(large.peak).toBeLessThan(2 * large.kept);
	expect(large.kept / small.kept).toBeLessThan(6);
}, 240_000);
