import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const root = join(import.meta.dirname, '../..');

const PACKAGE = 'n8n-nodes-dataflows';

/** An installed n8n: its start script, and the Node that it runs on. */
export interface Program {
	n8n: string;
	node: string;
}

/** The n8n of the end-to-end tests and of npm start. */
export const program: Program = {
	n8n: join(import.meta.dirname, 'node_modules/n8n/bin/n8n'),
	node: process.execPath,
};

/** The owner account of the n8n that the tests start. It listens on loopback only. */
export const owner = {
	email: 'owner@dataflows.example',
	password: 'Dataflows-4-all',
	firstName: 'Data',
	lastName: 'Flows',
};

/** A free port on loopback: the given port if it is free, otherwise any. */
export async function freePort(wanted = 0): Promise<number> {
	return await new Promise((resolve, reject) => {
		const probe = createServer()
			.once('error', () => {
				if (wanted === 0) reject(new Error('There is no free port'));
				else resolve(freePort());
			})
			.listen(wanted, '127.0.0.1', () => {
				const address = probe.address();
				probe.close(() => {
					resolve(typeof address === 'object' && address ? address.port : wanted);
				});
			});
	});
}

/**
 * Whether users can sign in to the n8n at this URL. While n8n starts, it reports that it is healthy,
 * and answers every request with 404, or with 200 and the text "n8n is starting up".
 */
export async function asksToSignIn(url: string): Promise<boolean> {
	return await fetch(`${url}/rest/login`).then(
		({ status }) => status === 401,
		() => false,
	);
}

/** Whether the worker with its health check at this URL takes executions. */
async function isReadyWorker(url: string): Promise<boolean> {
	return await fetch(`${url}/healthz/readiness`).then(
		({ ok }) => ok,
		() => false,
	);
}

/** Creates the owner of the n8n at this URL, or signs in if the owner exists. @returns the cookie of the session */
export async function signIn(url: string): Promise<string> {
	const post = async (path: string, body: object) =>
		await fetch(`${url}/rest/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
	let response = await post('owner/setup', owner);
	if (!response.ok) {
		response = await post('login', { emailOrLdapLoginId: owner.email, password: owner.password });
	}
	const cookie = response.headers.getSetCookie().find((one) => one.startsWith('n8n-auth='));
	if (!response.ok || !cookie) throw new Error(`Signing in failed: ${await response.text()}`);
	return cookie.split(';')[0] ?? '';
}

/** Runs a command and waits for its end. @returns its standard output */
export async function command(
	file: string,
	args: string[],
	{
		cwd = root,
		env = process.env,
		ids,
	}: { cwd?: string; env?: NodeJS.ProcessEnv; ids?: { uid: number; gid: number } } = {},
): Promise<string> {
	const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], ...ids });
	const out: Buffer[] = [];
	const all: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => out.push(chunk) && all.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => all.push(chunk));
	const code = await new Promise((resolve, reject) => {
		child.once('error', reject).once('close', (status, signal) => {
			resolve(status ?? signal);
		});
	});
	if (code === 0) return Buffer.concat(out).toString();
	throw new Error(
		`${file} ${args.join(' ')} ended with ${String(code)}:\n${Buffer.concat(all).toString().slice(-4000)}`,
	);
}

/** Builds and packs the package as for publishing. @returns the path of the tarball */
export async function pack(into: string): Promise<string> {
	await mkdir(into, { recursive: true });
	await command('npm', ['run', 'build']);
	const printed = await command('npm', [
		'pack',
		'--json',
		'--ignore-scripts',
		'--pack-destination',
		into,
	]);
	const [packed] = JSON.parse(printed) as [{ filename: string }];
	return join(into, packed.filename);
}

interface NodeRun {
	error?: { message: string; description?: string };
	data?: { main: Array<Array<{ json: Record<string, unknown>; pairedItem?: unknown }>> };
}

/** The output of `n8n execute`. */
export interface Execution {
	finished?: boolean;
	status: string;
	data: { resultData: { runData: Record<string, NodeRun[]>; error?: { message: string } } };
}

interface N8nOptions {
	/** The n8n to start. Default: {@link program}. */
	program?: Program;
	/** Environment variables in addition to those of every n8n here. */
	settings?: Record<string, string>;
	/** Starts the server or the worker. Default: `spawn`. */
	launch?: (file: string, args: string[], options: SpawnOptions) => ChildProcess;
}

/** A real n8n with the packed package, in its own folder, on SQLite unless the settings say otherwise. */
export class RealN8n {
	private server?: ChildProcess;

	private port = 0;

	private readonly folder: string;

	private readonly program: Program;

	private readonly settings: Record<string, string>;

	private readonly launch: NonNullable<N8nOptions['launch']>;

	constructor(folder: string, options: N8nOptions = {}) {
		this.folder = folder;
		this.program = options.program ?? program;
		this.settings = options.settings ?? {};
		this.launch = options.launch ?? spawn;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** Installs a package as n8n's installer does: unpacked in the nodes folder. */
	async install(tarball: string, name = PACKAGE): Promise<void> {
		const target = this.packageFolder(name);
		await this.uninstall(name);
		await mkdir(target, { recursive: true });
		await command('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
	}

	/** Removes a package, if it is there. */
	async uninstall(name: string): Promise<void> {
		await rm(this.packageFolder(name), { recursive: true, force: true });
	}

	/** Imports credentials in plain text, which n8n encrypts. Replaces credentials with the same ID. */
	async importCredentials(credentials: object[]): Promise<void> {
		await this.import('credentials', credentials);
	}

	async importWorkflows(workflows: object[]): Promise<void> {
		await this.import('workflow', workflows);
	}

	/** Runs a workflow by n8n's command line, without the server. */
	async execute(id: string): Promise<Execution> {
		const printed = await this.cli('execute', `--id=${id}`, '--rawOutput');
		// the output has many lines and may be mixed with log lines
		const lines = printed.split('\n');
		const first = lines.indexOf('{');
		const last = lines.indexOf('}', first);
		if (first < 0 || last < 0) throw new Error(`n8n execute printed no run: ${printed}`);
		return JSON.parse(lines.slice(first, last + 1).join('\n')) as Execution;
	}

	/** Activates a workflow. Takes effect when the server starts. */
	async publish(id: string): Promise<void> {
		await this.cli('publish:workflow', `--id=${id}`);
	}

	/** Starts the server and waits until users can sign in. */
	async start(wantedPort?: number): Promise<void> {
		await this.run(['start'], asksToSignIn, wantedPort);
	}

	/** Starts a worker of queue mode, which runs this many executions at the same time, and waits until it is ready. */
	async startWorker(concurrency: number): Promise<void> {
		await this.run(['worker', `--concurrency=${concurrency}`], isReadyWorker);
	}

	private async run(
		args: string[],
		isReady: (url: string) => Promise<boolean>,
		wantedPort?: number,
	): Promise<void> {
		await this.stop();
		this.port = await freePort(wantedPort);
		await mkdir(this.folder, { recursive: true });
		const log = createWriteStream(join(this.folder, 'n8n.log'), { flags: 'a' });
		const server = this.launch(this.program.node, [this.program.n8n, ...args], {
			env: await this.environment(),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		server.stdout?.pipe(log);
		server.stderr?.pipe(log);
		this.server = server;
		for (let tries = 0; tries < 240; tries++) {
			if (server.exitCode !== null) break;
			if (await isReady(this.url)) return;
			await pause(500);
		}
		throw new Error(`n8n did not start; see ${join(this.folder, 'n8n.log')}`);
	}

	/** @see signIn */
	async signIn(): Promise<string> {
		return await signIn(this.url);
	}

	async stop(): Promise<void> {
		const { server } = this;
		if (!server || server.exitCode !== null || server.signalCode !== null) return;
		const ended = new Promise((resolve) => server.once('exit', resolve));
		server.kill('SIGTERM');
		const killed = pause(10_000, undefined, { ref: false }).then(() => server.kill('SIGKILL'));
		await Promise.race([ended, killed]);
	}

	private packageFolder(name: string): string {
		return join(this.folder, '.n8n/nodes/node_modules', name);
	}

	private async import(kind: 'credentials' | 'workflow', content: object[]): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		const file = join(this.folder, `import-${kind}.json`);
		await writeFile(file, JSON.stringify(content), { mode: 0o600 });
		await this.cli(`import:${kind}`, `--input=${file}`);
		await rm(file);
	}

	private async cli(...args: string[]): Promise<string> {
		const { n8n, node } = this.program;
		return await command(node, [n8n, ...args], { env: await this.environment() });
	}

	private async environment(): Promise<NodeJS.ProcessEnv> {
		const { n8n, node } = this.program;
		if (!existsSync(n8n))
			throw new Error('n8n is not installed: npm start and npm test install it');
		return {
			...process.env,
			// n8n starts its task runner with the first node on PATH
			PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
			// jest sets it to test, which silences n8n
			NODE_ENV: 'production',
			N8N_USER_FOLDER: this.folder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: '127.0.0.1',
			N8N_PORT: String(this.port),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(this.port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			// each n8n process needs its own task broker
			N8N_RUNNERS_BROKER_PORT: String(await freePort()),
			N8N_SECURE_COOKIE: 'false',
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
			N8N_TEMPLATES_ENABLED: 'false',
			N8N_PERSONALIZATION_ENABLED: 'false',
			N8N_HIRING_BANNER_ENABLED: 'false',
			N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
			...this.settings,
		};
	}
}
