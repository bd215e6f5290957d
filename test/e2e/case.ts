// Shared by all end-to-end tests: a real n8n with the packed package and the examples, and sandboxes that are reset for each test.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAll } from '../sandbox/all.ts';
import type { Sandboxes } from '../sandbox/all.ts';
import { exampleFiles, readExample, sandboxCredentials } from './examples.ts';
import { pack, RealN8n } from './n8n.ts';
import type { Execution } from './n8n.ts';

jest.setTimeout(180_000);

let folder: string;
let stop: () => Promise<void>;
export let appflow: Sandboxes['appflow'];
export let diga: Sandboxes['diga'];
export let portable: Sandboxes['portable'];
export let n8n: RealN8n;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-dataflows-e2e-'));
	const sandboxes = await startAll();
	({ appflow, diga, portable, stop } = sandboxes);
	n8n = new RealN8n(folder);
	await n8n.install(await pack(folder));
	await n8n.importCredentials(sandboxCredentials(sandboxes));
	await n8n.importWorkflows(await Promise.all(exampleFiles.map(readExample)));
});

afterAll(async () => {
	await n8n.stop();
	await stop();
	await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
	appflow.reset();
	diga.reset();
	portable.reset();
});

/** The output of a node in an execution. */
export function items({ data }: Execution, node: string) {
	return data.resultData.runData[node]?.[0]?.data?.main[0] ?? [];
}
