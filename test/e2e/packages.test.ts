// The packages of one service, each alone and all beside each other, and the package of all services, in a real n8n:
// its node types, its credentials, and workflows that were moved from one package to the other.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildPackage } from '../packages/build.ts';
import { ALL_IN_ONE, nodeNames, servicePackages } from '../packages/catalog.ts';
import type { ServicePackage } from '../packages/catalog.ts';
import { moveWorkflow } from '../packages/moveWorkflow.ts';
import { packageFiles } from '../packages/tree.ts';
import { startAll } from '../sandbox/all.ts';
import type { Sandboxes } from '../sandbox/all.ts';
import { sandboxCredentials } from './examples.ts';
import { pack, RealN8n } from './n8n.ts';

jest.setTimeout(180_000);

let folder: string;
let sandboxes: Sandboxes & { stop: () => Promise<void> };
let n8n: RealN8n;
let cookie: string;
/** The tarball of each package, by its name. */
const tarballs = new Map<string, string>();

/** An example of each service that creates something, and how often it did. */
const examples: Record<string, { file: string; created: () => number }> = {
	'n8n-nodes-portable': {
		file: 'examples/set-up-a-portable-flow.json',
		created: () => sandboxes.portable.truth.flows.length,
	},
	'n8n-nodes-diga': {
		file: 'examples/set-up-a-diga-post-call-flow.json',
		created: () => sandboxes.diga.truth.flows.length,
	},
	'n8n-nodes-amazon-appflow': {
		file: 'examples/copy-from-s3-to-s3-with-appflow.json',
		created: () => sandboxes.appflow.truth.flows.length,
	},
};

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-packages-e2e-'));
	sandboxes = await startAll();
	n8n = new RealN8n(folder);
	for (const info of servicePackages) {
		tarballs.set(info.name, await buildPackage(info, join(folder, info.name)));
	}
	tarballs.set(ALL_IN_ONE, await pack(folder));
});

afterAll(async () => {
	await n8n.stop();
	await sandboxes.stop();
	await rm(folder, { recursive: true, force: true });
});

afterEach(async () => {
	await n8n.stop();
	for (const name of tarballs.keys()) await n8n.uninstall(name);
	sandboxes.appflow.reset();
	sandboxes.diga.reset();
	sandboxes.portable.reset();
});

async function rest<T>(path: string, body?: object): Promise<T> {
	const response = await fetch(`${n8n.url}/${path}`, {
		method: body ? 'POST' : 'GET',
		headers: { cookie, 'content-type': 'application/json' },
		...(body && { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`n8n answered ${response.status} to ${path}: ${text}`);
	return JSON.parse(text) as T;
}

/** Starts n8n with these packages only. */
async function startWith(...names: string[]): Promise<void> {
	for (const name of names) await n8n.install(tarballs.get(name) ?? '', name);
	await n8n.start();
	cookie = await n8n.signIn();
}

/** The types of nodes that n8n knows from these packages. */
async function nodeTypes(): Promise<string[]> {
	const known = await rest<Array<{ name: string }>>('types/nodes.json');
	const ours = [...tarballs.keys()].map((name) => `${name}.`);
	const types = known
		.map(({ name }) => name)
		.filter((type) => ours.some((start) => type.startsWith(start)));
	return [...new Set(types)].sort();
}

/** The types of nodes that a package has. n8n adds the variants for AI agents. */
function typesOf(info: ServicePackage, name = info.name): string[] {
	const [action, trigger] = nodeNames(info);
	return [action, `${action}Tool`, trigger].map((node) => `${name}.${node}`);
}

/** Saves the credential of a service, and tests it against the sandbox. @returns its ID in the examples, and in n8n */
async function saveCredential(info: ServicePackage): Promise<[example: string, saved: string]> {
	const credential = sandboxCredentials(sandboxes).find(
		({ type }) => type.toLowerCase() === info.credentials[0]?.toLowerCase(),
	);
	if (!credential) throw new Error(`There is no credential for ${info.title}`);
	const { id: example, ...content } = credential;
	const { data: saved } = await rest<{ data: { id: string } }>('rest/credentials', content);
	const tested = await rest<{ data: object }>('rest/credentials/test', {
		credentials: { ...content, id: saved.id },
	});
	expect(tested.data).toMatchObject({ status: 'OK' });
	return [example, saved.id];
}

/** Runs a workflow from its manual trigger. @returns the status of the execution */
async function run(workflow: string): Promise<string> {
	const { name, nodes, connections, settings } = JSON.parse(workflow) as Record<string, object>;
	const { data: stored } = await rest<{ data: { id: string } }>('rest/workflows', {
		name,
		nodes,
		connections,
		settings,
		active: false,
	});
	const { data: started } = await rest<{ data: { executionId: string } }>(
		`rest/workflows/${stored.id}/run`,
		{ triggerToStartFrom: { name: 'When clicking ‘Execute workflow’' } },
	);
	for (let attempts = 0; attempts < 300; attempts++) {
		const path = `rest/executions/${started.executionId}`;
		const { data } = await rest<{ data: { status: string } }>(path);
		if (!['new', 'running', 'unknown'].includes(data.status)) return data.status;
		await pause(200);
	}
	return 'late';
}

/** The example in the package, moved to the package of all services, or to the package of one service and so unchanged. */
function exampleOf(info: ServicePackage, target: 'single' | 'all-in-one'): string {
	const text = packageFiles(info).get(examples[info.name]?.file ?? '');
	return moveWorkflow(String(text), target).text;
}

async function creates(info: ServicePackage, target: 'single' | 'all-in-one'): Promise<void> {
	const [example, saved] = await saveCredential(info);
	const workflow = exampleOf(info, target).replaceAll(example, saved);
	expect([info.name, await run(workflow)]).toEqual([info.name, 'success']);
	expect(examples[info.name]?.created()).toBe(1);
}

describe('in a real n8n', () => {
	it.each(servicePackages)('$name works alone', async (info) => {
		await startWith(info.name);
		expect(await nodeTypes()).toEqual(typesOf(info).sort());
		await creates(info, 'single');
	});

	it('all packages of one service work beside each other', async () => {
		await startWith(...servicePackages.map(({ name }) => name));
		expect(await nodeTypes()).toEqual(servicePackages.flatMap((info) => typesOf(info)).sort());
		for (const info of servicePackages) await creates(info, 'single');
	});

	it('the package of all services works, with workflows that were moved to it', async () => {
		await startWith(ALL_IN_ONE);
		expect(await nodeTypes()).toEqual(
			servicePackages.flatMap((info) => typesOf(info, ALL_IN_ONE)).sort(),
		);
		for (const info of servicePackages) await creates(info, 'all-in-one');
	});
});
