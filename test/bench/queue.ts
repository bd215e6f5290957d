// npm run bench:queue: n8n in queue mode on this machine.
//   - 100 executions by webhook, on one worker and on two. Each onboards a customer on a service with responses in 200 ms.
//   - One execution with many items, on one worker: its time, and the memory of the worker. `--items N`, 20,000 by default.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sandboxCredentials } from '../e2e/examples.ts';
import { freePort, pack } from '../e2e/n8n.ts';
import { Onboarding, ONBOARDING, onboardingExample } from '../e2e/queue/onboarding.ts';
import { CONCURRENCY, Queue } from '../e2e/queue/queue.ts';
import { startAll } from '../sandbox/all.ts';
import type { Sandboxes } from '../sandbox/all.ts';
import { workersGoal } from './goals.ts';
import { showGoals } from './show.ts';

const EXECUTIONS = 100;
const LATENCY_MS = 200;
const BIG_WORKFLOW = 'dfBenchBig000001';

const { values: options } = parseArgs({ options: { items: { type: 'string' } } });
const items = Number(options.items ?? 20_000);

const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-queue-'));
const packed = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-packed-'));
let sandboxes: (Sandboxes & { stop: () => Promise<void> }) | undefined;
let queue: Queue | undefined;
/** Executions of the webhook so far. */
let succeeded = 0;
let ending: Promise<void> | undefined;

async function end(): Promise<void> {
	ending ??= (async () => {
		await queue?.stop();
		await sandboxes?.stop();
		for (const temporary of [folder, packed]) await rm(temporary, { recursive: true, force: true });
	})();
	await ending;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => void end().then(() => process.exit(1)));
}

function say(text: string): void {
	console.log(text);
}

/** A workflow that creates this many sources. */
function bigWorkflow(count: number) {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
	});
	const names = `{{ Array.from({ length: ${count} }, (_, index) => 'Customer ' + index) }}`;
	const chain = ['Start', 'Customers', 'One Item per Customer', 'Create Source'];
	return {
		id: BIG_WORKFLOW,
		name: 'Many items',
		active: false,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Customers', 'n8n-nodes-base.set', 3.4, {
				assignments: {
					assignments: [{ id: 'a', name: 'customers', value: `=${names}`, type: 'array' }],
				},
				options: {},
			}),
			node('One Item per Customer', 'n8n-nodes-base.splitOut', 1, {
				fieldToSplitOut: 'customers',
				options: { destinationFieldName: 'customer' },
			}),
			{
				...node('Create Source', 'n8n-nodes-dataflows.portable', 1, {
					resource: 'source',
					operation: 'create',
					sourceSpec: 'freshsales',
					displayName: '={{ $json.customer }}',
					options: {},
				}),
				credentials: { portableApi: { id: 'dfPortableApi001', name: 'Portable account' } },
			},
		],
		connections: Object.fromEntries(
			chain
				.slice(0, -1)
				.map((name, index) => [
					name,
					{ main: [[{ node: chain[index + 1], type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

/** The peak of the memory of a process, in MB. */
async function peakMemory(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/** Onboards customers, by one execution each. @returns executions per second */
async function throughput(onboarding: Onboarding, round: string, count: number): Promise<number> {
	const customers = Array.from({ length: count }, (_, index) => `${round} ${index}`);
	const started = performance.now();
	await Promise.all(customers.map(async (customer) => await onboarding.onboard(customer)));
	succeeded += count;
	await onboarding.count('success', succeeded, 300);
	return (count * 1000) / (performance.now() - started);
}

async function start(): Promise<{ queue: Queue; onboarding: Onboarding }> {
	say('Packing the package, and starting n8n in queue mode with one worker ...');
	const started = new Queue(folder, await pack(packed));
	queue = started;
	await started.startDatabases();
	sandboxes = await startAll();
	const { n8n } = started.main;
	const port = await freePort();
	await n8n.importCredentials(sandboxCredentials(sandboxes));
	await n8n.importWorkflows([await onboardingExample(port), bigWorkflow(items)]);
	await n8n.publish(ONBOARDING);
	await Promise.all([n8n.start(port), started.startWorkers(1)]);
	const onboarding = await Onboarding.in(n8n);
	await onboarding.createLedger();
	return { queue: started, onboarding };
}

try {
	const running = await start();
	const { onboarding } = running;
	const { portable } = sandboxes ?? {};
	say(`One execution with ${items} items ...`);
	const seconds = (await onboarding.run('Start', BIG_WORKFLOW, 1200)) / 1000;
	const [worker] = running.queue.workers;
	const created = new Set(portable?.truth.sources.map(({ displayName }) => displayName)).size;
	say(
		`  ${seconds.toFixed(0)} s, ${(items / seconds).toFixed(0)} items per second, ${created} created`,
	);
	say(`  peak memory of the worker: ${await peakMemory(worker?.pid ?? 0)} MB`);

	portable?.reset();
	portable?.misbehave({ kind: 'delay', ms: LATENCY_MS, times: Infinity });
	say(`${EXECUTIONS} executions on one worker, then on two ...`);
	await throughput(onboarding, 'Warm-up', CONCURRENCY);
	const one = await throughput(onboarding, 'One', EXECUTIONS);
	await running.queue.startWorkers(1);
	await throughput(onboarding, 'Warm-up of two', CONCURRENCY);
	const two = await throughput(onboarding, 'Two', EXECUTIONS);
	say(`  ${one.toFixed(2)} and ${two.toFixed(2)} executions per second`);
	showGoals([workersGoal(two, one)], say);
} finally {
	await end();
}
