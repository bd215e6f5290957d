// npm start: starts a real n8n with the packed package, the sandbox, credentials and example workflows, and runs
// the first example. `--once` stops after that; the exit code is 0 if it succeeded.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ports, startAll } from '../sandbox/all.ts';
import type { Sandboxes } from '../sandbox/all.ts';
import { exampleFiles, portableCredential, readExample, sandboxCredentials } from './examples.ts';
import { freePort, owner, pack, RealN8n, root } from './n8n.ts';
import type { Execution } from './n8n.ts';

const once = process.argv.includes('--once');
const token = process.env.PORTABLE_API_TOKEN;
const REAL_PORTABLE = 'https://api.portable.io';
const N8N_PORT = 5678;

const folder = join(root, '.n8n-start');
const n8n = new RealN8n(folder);
let sandboxes: (Sandboxes & { stop: () => Promise<void> }) | undefined;

function say(text: string): void {
	console.log(text);
}

/** Prints a step and its duration. */
async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
	const started = Date.now();
	const alive = setInterval(() => {
		say(`  still at it after ${Math.round((Date.now() - started) / 1000)} s`);
	}, 15_000);
	say(`${what} ...`);
	try {
		return await work();
	} finally {
		clearInterval(alive);
	}
}

let ending: Promise<void> | undefined;

/** Stops the processes that this script started. */
async function end(code: number): Promise<void> {
	ending ??= (async () => {
		await n8n.stop();
		await sandboxes?.stop();
		process.exit(code);
	})();
	await ending;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		say('\nEnding n8n and the sandboxes ...');
		void end(0);
	});
}

/** Imports an example once, to keep the changes of the user. */
async function importExamples(): Promise<void> {
	const marker = (file: string) => join(folder, `${file}.imported`);
	const missing = exampleFiles.filter((file) => !existsSync(marker(file)));
	if (missing.length === 0) return;
	await n8n.importWorkflows(await Promise.all(missing.map(readExample)));
	for (const file of missing) await writeFile(marker(file), '');
}

interface Row {
	kind: string;
	id: unknown;
	name: unknown;
}

/** The IDs of created resources in the outputs of the nodes. */
function created({ data }: Execution): Row[] {
	return ['source', 'destination', 'flow'].flatMap((kind) => {
		const node = `Create ${kind[0]?.toUpperCase()}${kind.slice(1)}`;
		const items = data.resultData.runData[node]?.[0]?.data?.main[0] ?? [];
		return items.map(({ json }) => ({ kind, id: json.id, name: json.displayName }));
	});
}

/** Whether the created resources exist in the sandbox. With the real service this is not checked. */
function isTrue(rows: Row[]): boolean {
	if (rows.length !== 3) return false;
	if (token || !sandboxes) return true;
	const { sources, destinations, flows } = sandboxes.portable.truth;
	const known = { source: sources, destination: destinations, flow: flows };
	return rows.every(({ kind, id }) =>
		known[kind as keyof typeof known].some((resource) => resource.id === id),
	);
}

async function main(): Promise<void> {
	await mkdir(folder, { recursive: true });
	if (token) {
		say(
			`PORTABLE_API_TOKEN is set: this talks to the real Portable (${REAL_PORTABLE}), and creates a source,`,
		);
		say('a destination and a flow in that account. Unset it to use the local sandbox.');
	}
	const free = {
		portable: await freePort(ports.portable),
		diga: await freePort(ports.diga),
		appflow: await freePort(ports.appflow),
	};
	const started = await startAll(free);
	sandboxes = started;

	await step('Building and packing the package', async () => {
		await n8n.install(await pack(folder));
	});
	await step('Importing credentials and example workflows into n8n', async () => {
		const real = token ? [portableCredential(REAL_PORTABLE, token)] : [];
		const isReal = ({ id }: { id: string }) => real.some((one) => one.id === id);
		const others = sandboxCredentials(started).filter((credential) => !isReal(credential));
		await n8n.importCredentials([...real, ...others]);
		await importExamples();
	});
	const example = await readExample(exampleFiles[0] ?? '');
	const execution = await step(
		`Running "${example.name}" in n8n`,
		async () => await n8n.execute(example.id),
	);

	const rows = created(execution);
	const { error } = execution.data.resultData;
	const succeeded = !error && isTrue(rows);
	if (rows.length > 0) console.table(rows);
	if (error) say(`The run failed: ${error.message}`);
	else if (!succeeded) say('The run did not create all three resources.');
	else say(`Created${token ? ' in the real Portable account' : ', and the sandbox holds it'}.`);
	if (once) {
		await end(succeeded ? 0 : 1);
		return;
	}

	await step('Starting n8n', async () => {
		await n8n.start(N8N_PORT);
		await n8n.signIn();
	});
	if (!n8n.url.endsWith(`:${N8N_PORT}`)) say(`Port ${N8N_PORT} is taken; n8n uses another.`);
	say('');
	say(`  Editor    ${n8n.url}/workflow/${example.id}`);
	say(`  Sign in   ${owner.email} / ${owner.password}`);
	say('  Sandboxes, what exists there, and what was asked:');
	say(`            Portable         ${started.portable.url}`);
	say(`            Diga             ${started.diga.url}`);
	say(`            Amazon AppFlow   ${started.appflow.url}`);
	say('');
	say("To use n8n's container image instead: npm run compose && docker compose up");
	say('Ctrl-C ends it all.');
}

try {
	await main();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	await end(1);
}
