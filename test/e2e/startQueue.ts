// npm run start:queue: starts n8n in queue mode with Redis, PostgreSQL, a main process, two workers, the packed package
// and the sandboxes, and onboards ten customers by webhook. Everything is on loopback, and its data in a temporary folder.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startAll } from '../sandbox/all.ts';
import type { Sandboxes } from '../sandbox/all.ts';
import { exampleFiles, readExample, sandboxCredentials } from './examples.ts';
import { freePort, owner, pack } from './n8n.ts';
import { customersOf, ONBOARDING, Onboarding, onboardingExample } from './queue/onboarding.ts';
import { CONCURRENCY, Queue } from './queue/queue.ts';

const HELP = `Starts n8n in queue mode with two workers, and onboards ten customers by webhook.

npm run start:queue               keeps running until Ctrl-C
npm run start:queue -- --once     ends after the ten customers; exit code 0 if each was onboarded exactly once
npm run start:queue -- --help     prints this text

It needs Redis and PostgreSQL, which it installs with apt-get if that needs no password:
apt-get install redis-server postgresql`;

const N8N_PORT = 5678;
const WORKERS = 2;

function say(text: string): void {
	console.log(text);
}

const { values: options } = parseArgs({
	options: { once: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
if (options.help) {
	say(HELP);
	process.exit(0);
}

const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-queue-'));
const packed = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-packed-'));
let queue: Queue | undefined;
let sandboxes: (Sandboxes & { stop: () => Promise<void> }) | undefined;
let ending: Promise<void> | undefined;

/** Stops everything that this script started. */
async function end(code: number): Promise<void> {
	ending ??= (async () => {
		await queue?.stop();
		await sandboxes?.stop();
		for (const temporary of [folder, packed]) await rm(temporary, { recursive: true, force: true });
		process.exit(code);
	})();
	await ending;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		say('\nStopping n8n, its workers, Redis, PostgreSQL and the sandboxes ...');
		void end(0);
	});
}

// npm, or the script that started this one, was killed
const parent = process.ppid;
setInterval(() => {
	if (process.ppid !== parent) void end(1);
}, 1000).unref();

/** Prints a line for a process that was started. */
function started(what: string, where: string, pid?: number): void {
	say(`  ${what.padEnd(12)} ${where}${pid ? `, process ${pid}` : ''}`);
}

async function startQueue(): Promise<Queue> {
	say('Building and packing the package ...');
	queue = new Queue(folder, await pack(packed));
	say('Starting the sandboxes, Redis and PostgreSQL ...');
	sandboxes = await startAll();
	started('Sandboxes', 'Portable ' + sandboxes.portable.url);
	for (const { name, address, pid } of await queue.startDatabases()) started(name, address, pid);
	say('Importing credentials and example workflows ...');
	const { main } = queue;
	await main.n8n.importCredentials(sandboxCredentials(sandboxes));
	const port = await freePort(N8N_PORT);
	await main.n8n.importWorkflows(await Promise.all(exampleFiles.map(readExample)));
	await main.n8n.importWorkflows([await onboardingExample(port)]);
	await main.n8n.publish(ONBOARDING);
	say('Starting n8n and its workers ...');
	await Promise.all([main.n8n.start(port), queue.startWorkers(WORKERS)]);
	started('n8n', main.n8n.url, main.pid);
	for (const { name, pid } of queue.workers) {
		started(name, `${CONCURRENCY} executions at a time`, pid);
	}
	return queue;
}

/** @returns whether each customer was onboarded exactly once */
async function onboardTen({ main, workers }: Queue): Promise<boolean> {
	const onboarding = await Onboarding.in(main.n8n);
	const customers = await customersOf('set-up-portable-flows-for-ten-customers.json');
	say(`Onboarding ${customers.length} customers by webhook ...`);
	await onboarding.connectApi();
	await onboarding.createLedger();
	await Promise.all(customers.map(async (customer) => await onboarding.onboard(customer)));
	await onboarding.count('success', customers.length);
	for (const worker of workers)
		say(`  ${worker.name} has run ${await worker.finished()} executions.`);
	const flows = sandboxes?.portable.truth.flows.map(({ displayName }) => displayName).sort();
	const wanted = customers.map((customer) => `${customer} to Data Lake`).sort();
	return JSON.stringify(flows) === JSON.stringify(wanted);
}

try {
	const running = await startQueue();
	const succeeded = await onboardTen(running);
	say(succeeded ? 'Each customer has one flow.' : 'Not each customer has exactly one flow.');
	if (options.once) await end(succeeded ? 0 : 1);
	say('');
	say(`  Editor    ${running.main.n8n.url}/workflow/${ONBOARDING}`);
	say(`  Sign in   ${owner.email} / ${owner.password}`);
	say(`  Onboard   curl -X POST ${running.main.n8n.url}/webhook/onboard-customer \\`);
	say(
		`              -H 'content-type: application/json' -d '{"customer": "Kestrel", "domain": "kestrel.freshsales.io"}'`,
	);
	say(`  Logs      ${folder}/{main,worker-1,worker-2}/n8n.log`);
	say('');
	say('Ctrl-C stops everything and removes its data.');
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	await end(1);
}
