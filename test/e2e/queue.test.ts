// Queue mode: customers by webhook over two workers, one of them killed, and a trigger over a killed main process.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startAll } from '../sandbox/all.ts';
import type { Sandboxes } from '../sandbox/all.ts';
import { startPortable } from '../sandbox/portable/portable.ts';
import type { PortableSandbox } from '../sandbox/portable/portable.ts';
import { portableCredential, sandboxCredentials } from './examples.ts';
import type { ExampleWorkflow } from './examples.ts';
import { freePort, pack } from './n8n.ts';
import { ONBOARDING, Onboarding, onboardingExample } from './queue/onboarding.ts';
import { CONCURRENCY, Queue } from './queue/queue.ts';
import { addFlows, addRun, TRACING, tracing } from './tracing.ts';

jest.setTimeout(240_000);

/** n8n's defaults take 90 to 120 seconds until the executions of a killed worker have failed. */
const SOONER = {
	QUEUE_WORKER_LOCK_DURATION: '5000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
};

/** The response times of the sandbox. An execution takes some seconds, most of them between its source and its destination. */
const SLOW = { kind: 'delay', ms: 200, times: Infinity } as const;
const SLOW_DESTINATIONS = { ...SLOW, method: 'POST', path: '/v2/destinations', ms: 1500 } as const;

/** The workflow, with a schedule that does not begin while the test runs: the test runs it from there by hand. */
function withoutSchedule(workflow: ExampleWorkflow): ExampleWorkflow {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Every Five Minutes'
			? { ...node, parameters: { rule: { interval: [{ field: 'months', monthsInterval: 11 }] } } }
			: node,
	);
	return { ...workflow, nodes };
}

describe('the package in queue mode', () => {
	const customers = Array.from({ length: 100 }, (_, index) => `Customer ${index}`);
	let folder: string;
	let queue: Queue;
	let sandboxes: Sandboxes & { stop: () => Promise<void> };
	let watched: PortableSandbox;
	let onboarding: Onboarding;

	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-queue-'));
		const packed = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-packed-'));
		queue = new Queue(folder, await pack(packed), SOONER);
		await queue.startDatabases();
		sandboxes = await startAll();
		watched = await startPortable();
		addFlows(watched);
		const port = await freePort();
		const { n8n } = queue.main;
		const watching = portableCredential(watched.url, watched.token, 'dfPortableApi002');
		await n8n.importCredentials([...sandboxCredentials(sandboxes), watching]);
		await n8n.importWorkflows([
			withoutSchedule(await onboardingExample(port)),
			await tracing('collect-errors-of-failed-portable-runs.json', watching.id),
		]);
		await n8n.publish(ONBOARDING);
		await n8n.publish(TRACING);
		await Promise.all([n8n.start(port), queue.startWorkers(2)]);
		onboarding = await Onboarding.in(n8n);
		await onboarding.connectApi();
		await onboarding.createLedger();
		await rm(packed, { recursive: true });
	});

	afterAll(async () => {
		await queue.stop();
		await watched.stop();
		await sandboxes.stop();
	});

	it('onboards each of 100 customers exactly once, although a worker is killed', async () => {
		const { portable } = sandboxes;
		const { sources, destinations, flows } = portable.truth;
		portable.misbehave(SLOW);
		portable.misbehave(SLOW_DESTINATIONS);
		const answers = Promise.all(customers.map(async (one) => await onboarding.onboard(one)));
		// more than one worker runs at a time: the other one, too, is in the middle of a customer
		while (sources.length - destinations.length <= CONCURRENCY) await pause(20);
		await queue.workers[0]?.kill();

		const statuses = await answers;
		await onboarding.count('error', CONCURRENCY);
		const ended = await onboarding.count('success', customers.length - CONCURRENCY);
		expect(ended).toHaveLength(customers.length);
		expect(flows.length).toBeLessThan(customers.length);
		// 202 says that the customer is recorded; for any other response, the caller sends it again
		const refused = customers.filter((_, index) => statuses[index] !== 202);
		for (const customer of refused) expect(await onboarding.onboard(customer)).toBe(202);

		await onboarding.onboardAgain();
		await onboarding.count('success', customers.length);
		const names = (list: object[]) =>
			list.map((one) => ('displayName' in one ? one.displayName : undefined)).sort();
		expect(names(sources)).toEqual(customers.map((one) => `Sales of ${one}`).sort());
		expect(names(destinations)).toEqual(customers.map((one) => `Data Lake of ${one}`).sort());
		expect(names(flows)).toEqual(customers.map((one) => `${one} to Data Lake`).sort());
		// nothing is left to do
		const { length } = portable.requests;
		await onboarding.onboardAgain();
		expect(portable.requests).toHaveLength(length);
	});

	it('reports each finished run once, although the main process is killed', async () => {
		const { truth } = watched;
		const until = async (condition: () => boolean) => {
			for (let tries = 0; !condition() && tries < 900; tries++) await pause(100);
			expect(condition()).toBe(true);
		};
		const polls = () => watched.requests.filter(({ path }) => path === '/v2/flows').length;
		const reports = () => watched.requests.filter(({ method }) => method === 'POST').length;

		// the worker is still busy with the first run when the main process is killed
		watched.misbehave({ ...SLOW, method: 'POST', ms: 2000 });
		addRun(watched, 1);
		await until(() => reports() === 1);
		await queue.main.kill();
		addRun(watched, 2, 'SUCCEEDED');
		addRun(watched, 3);
		const before = polls();
		await queue.main.n8n.start();
		await until(() => polls() > before && truth.sources.length >= 2);
		await pause(3000);
		expect(truth.sources.map(({ displayName }) => displayName).sort()).toEqual([
			'Flow 1: Error 5001',
			'Flow 3: Error 5003',
		]);
		expect(reports()).toBe(2);
	});
});
