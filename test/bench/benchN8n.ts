import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import ts from 'typescript';
import { portableCredential } from '../e2e/examples.ts';
import { RealN8n, root } from '../e2e/n8n.ts';
import type { Measured } from './ways.ts';
import { workflow } from './ways.ts';

/** Timeout of a run. */
const RUN_LIMIT_MS = 120_000;
/** A request costs n8n about 1 ms; this interval keeps that negligible. */
const LOOK_EVERY_MS = 500;

interface StoredRun {
	status: string;
	/** In the storage format of n8n; see {@link parseStored}. */
	data: string;
}

interface RunData {
	resultData: {
		runData: Record<
			string,
			Array<{
				executionTime: number;
				error?: { message: string };
				data?: { main: Array<Array<{ json: Record<string, unknown> }>> };
			}>
		>;
		error?: { message: string };
	};
}

/** Parses execution data, which n8n stores with the package `flatted`. It is loaded from n8n's folder, because it is no dependency of this project. */
const flatted = createRequire(join(root, 'test/e2e/node_modules/n8n/package.json'))('flatted') as {
	parse: (text: string) => unknown;
};

/** Compiles the nodes of the benchmark into the folder of custom nodes, from which n8n loads JavaScript only. */
async function writeCustomNodes(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const name of ['Items', 'Meter', 'OneByOne']) {
		const source = await readFile(join(import.meta.dirname, `custom/${name}.node.ts`), 'utf8');
		const { outputText } = ts.transpileModule(source, {
			compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
		});
		await writeFile(join(folder, `${name}.node.js`), outputText);
	}
}

/** A running n8n with the packed package and the nodes of the benchmark, controlled by HTTP. */
export class BenchN8n {
	private readonly n8n: RealN8n;

	private readonly folder: string;

	private cookie = '';

	constructor(folder: string) {
		this.folder = folder;
		this.n8n = new RealN8n(folder);
	}

	async start(tarball: string, service: { url: string; token: string }): Promise<void> {
		const custom = join(this.folder, 'custom');
		await writeCustomNodes(custom);
		process.env.N8N_CUSTOM_EXTENSIONS = custom;
		await this.n8n.install(tarball);
		await this.n8n.importCredentials([portableCredential(service.url, service.token)]);
		await this.n8n.start();
		this.cookie = await this.n8n.signIn();
	}

	/** @returns the ID of the workflow */
	async addWorkflow(name: string, node: object, items: number): Promise<string> {
		const { id: _id, ...content } = workflow(name, node, items);
		return (await this.rest<{ id: string }>('workflows', content)).id;
	}

	/**
	 * Runs a workflow of {@link workflow} and waits for its end.
	 * @param mayFail whether the workflow may fail; the usage is then NaN
	 */
	async run(id: string, mayFail: boolean): Promise<Measured> {
		const { executionId } = await this.rest<{ executionId: string }>(`workflows/${id}/run`, {
			triggerToStartFrom: { name: 'Start' },
		});
		const until = Date.now() + RUN_LIMIT_MS;
		while (Date.now() < until) {
			await pause(LOOK_EVERY_MS);
			const { status, data } = await this.rest<StoredRun>(`executions/${executionId}`);
			if (!['new', 'running', 'unknown'].includes(status)) return measured(data, mayFail);
		}
		throw new Error(`A run took longer than ${RUN_LIMIT_MS / 1000} s`);
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
	}

	private async rest<T>(path: string, body?: object): Promise<T> {
		const response = await fetch(`${this.n8n.url}/rest/${path}`, {
			method: body ? 'POST' : 'GET',
			headers: { cookie: this.cookie, 'content-type': 'application/json' },
			...(body && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n answered ${response.status} to ${path}: ${text}`);
		return (JSON.parse(text) as { data: T }).data;
	}
}

/** @throws Error if a node failed that must not fail */
function measured(data: string, mayFail: boolean): Measured {
	const { runData, error } = (flatted.parse(data) as RunData).resultData;
	const [underTest] = runData['Under Test'] ?? [];
	const used = runData.Meter?.[0]?.data?.main[0]?.[0]?.json;
	if (!underTest || (!used && !mayFail)) {
		throw new Error(`The node under test failed: ${error?.message ?? 'no message'}`);
	}
	return {
		wallMs: underTest.executionTime,
		cpuMs: Number(used?.cpuMs),
		peakRssMb: Number(used?.peakRssMb),
	};
}
