// P2 if two n8n processes run the same workflow at the same time.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { startDiga } from '../../sandbox/diga/diga.ts';
import type { DigaSandbox } from '../../sandbox/diga/diga.ts';
import { startPortable } from '../../sandbox/portable/portable.ts';
import type { PortableSandbox } from '../../sandbox/portable/portable.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { run } from '../harness.ts';
import type { Step } from '../harness.ts';

const ROUNDS = 5;
const PAIRS = 40;

interface Workflow {
	steps: Step[];
	credentials: Record<string, ICredentialDataDecryptedObject>;
	afterMs: number;
}

interface Outcome {
	error?: string;
	items: IDataObject[];
}

let processes: ChildProcess[] = [];
let diga: DigaSandbox;
let portable: PortableSandbox;

beforeAll(async () => {
	diga = await startDiga();
	portable = await startPortable();
	processes = [0, 1].map(() => fork(join(import.meta.dirname, '../worker.mjs')));
	await Promise.all(
		processes.map(async (one) => {
			await once(one, 'message');
		}),
	);
});

afterAll(async () => {
	for (const one of processes) one.kill();
	await Promise.all([diga.stop(), portable.stop()]);
});

/** The outputs of both processes for the same workflows, all started within 50 ms. */
async function inBoth(workflows: Array<Omit<Workflow, 'afterMs'>>): Promise<Outcome[][]> {
	return await Promise.all(
		processes.map(async (one) => {
			const answered = new Promise<Outcome[]>((resolve) => {
				one.once('message', (outcomes) => {
					resolve(outcomes as Outcome[]);
				});
			});
			one.send(workflows.map((workflow) => ({ ...workflow, afterMs: Math.random() * 50 })));
			return await answered;
		}),
	);
}

const names = (round: number) =>
	Array.from({ length: PAIRS }, (_, index) => `Customer ${round * PAIRS + index}`);

const workflowFor = (node: Step, items: string[]): Step[] => [
	{
		name: 'Start',
		type: 'test.items',
		parameters: { items: items.map((name) => ({ name })) as never },
	},
	node,
];

/** Delays requests by varying times. */
function slowDown(service: Sandbox): void {
	for (const ms of [2, 10, 40]) {
		service.misbehave({ kind: 'delay', ms, share: 0.3, times: Infinity });
	}
}

it('Diga: both executions of a pair output the same flow', async () => {
	const credentials = { digaApi: { baseUrl: diga.url, apiKey: diga.token } };
	const createFlow: Step = {
		name: 'Diga',
		type: 'diga',
		parameters: {
			resource: 'flow',
			operation: 'create',
			name: '={{ $json.name }}',
			options: { ifItAlreadyExists: 'useExisting' },
		},
	};
	let created = 0;
	for (let round = 0; round < ROUNDS; round++) {
		diga.reset();
		slowDown(diga);
		const workflows = names(round).map((name) => ({
			steps: workflowFor(createFlow, [name]),
			credentials,
		}));
		const [one = [], other = []] = await inBoth(workflows);
		expect([...one, ...other].map(({ error }) => error)).toEqual(Array(2 * PAIRS).fill(undefined));
		expect(diga.truth.flows.map(({ draft }) => draft.name).sort()).toEqual(names(round).sort());
		const ids = names(round).map(
			(name) => diga.truth.flows.find(({ draft }) => draft.name === name)?.id,
		);
		expect(one.map(({ items }) => items[0]?.id)).toEqual(ids);
		expect(other.map(({ items }) => items[0]?.id)).toEqual(ids);
		created += diga.requests.filter(({ method }) => method === 'POST').length;
	}
	// otherwise the test proves nothing
	expect(created).toBeGreaterThan(1.3 * ROUNDS * PAIRS);
}, 30_000);

it('Portable: both executions of a pair output the same source, and so does the next execution', async () => {
	const credentials = { portableApi: { baseUrl: portable.url, token: portable.token } };
	const createSource: Step = {
		name: 'Portable',
		type: 'portable',
		parameters: {
			resource: 'source',
			operation: 'create',
			sourceSpec: 'freshsales',
			displayName: '={{ $json.name }}',
			options: { ifItAlreadyExists: 'useExisting' },
		},
	};
	let created = 0;
	for (let round = 0; round < ROUNDS; round++) {
		portable.reset();
		slowDown(portable);
		const workflows = names(round).map((name) => ({
			steps: workflowFor(createSource, [name]),
			credentials,
		}));
		const [one = [], other = []] = await inBoth(workflows);
		expect([...one, ...other].map(({ error }) => error)).toEqual(Array(2 * PAIRS).fill(undefined));
		const ids = one.map(({ items }) => items[0]?.id);
		expect(new Set(ids).size).toBe(PAIRS);
		expect(other.map(({ items }) => items[0]?.id)).toEqual(ids);
		created += portable.truth.sources.length;
		const next = await run(workflowFor(createSource, names(round)), credentials);
		expect(next.error).toBeUndefined();
		expect(next.json('Portable').map(({ id }) => id)).toEqual(ids);
	}
	expect(created).toBeGreaterThan(1.3 * ROUNDS * PAIRS);
}, 30_000);
