import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { command, freePort } from '../n8n.ts';
import type { Guard, Guarded } from './guard.ts';
import type { QueueServices } from './settings.ts';

/** Where Debian has the programs of PostgreSQL, which are not on PATH. */
const DEBIAN_POSTGRES = '/usr/lib/postgresql';

/** Postgres refuses to run as root. Debian's package creates this user. */
const POSTGRES_USER = 'postgres';

const INSTALL = 'apt-get install redis-server postgresql';

/** The path of a program, if it is installed. */
function find(program: string): string | undefined {
	const versions = existsSync(DEBIAN_POSTGRES) ? readdirSync(DEBIAN_POSTGRES) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	const folders = [
		...newestFirst.map((version) => join(DEBIAN_POSTGRES, version, 'bin')),
		...(process.env.PATH ?? '').split(delimiter),
	];
	return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** The path of a program. @throws Error with the command that installs it */
function required(program: string): string {
	const path = find(program);
	if (path) return path;
	throw new Error(`${program} is missing. Queue mode needs Redis and PostgreSQL: ${INSTALL}`);
}

async function postgresIds(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const id = async (option: string) => Number(await command('id', [option, POSTGRES_USER]));
	return { uid: await id('-u'), gid: await id('-g') };
}

/** Waits until a command succeeds. @throws Error after 60 seconds, or if the server has ended */
async function ready(server: Guarded, check: () => Promise<unknown>): Promise<void> {
	for (let tries = 0; tries < 300 && server.process.exitCode === null; tries++) {
		const isReady = await check().then(
			() => true,
			() => false,
		);
		if (isReady) return;
		await pause(200);
	}
	throw new Error(`${server.process.spawnfile} did not start`);
}

/** A server that runs. */
export interface Server {
	name: string;
	address: string;
	pid: number | undefined;
}

/** A Redis and a PostgreSQL on free ports of loopback, with their data in a folder. */
export class Databases {
	private readonly servers: Guarded[] = [];

	private readonly folder: string;

	private readonly guard: Guard;

	constructor(folder: string, guard: Guard) {
		this.folder = folder;
		this.guard = guard;
	}

	/** @throws Error if one of them is not installed */
	async start(): Promise<{ services: QueueServices; servers: Server[] }> {
		required('redis-server');
		required('initdb');
		const redis = await this.startRedis();
		const postgres = await this.startPostgres();
		const servers = [redis, postgres].map(({ host, port }, index) => ({
			name: ['Redis', 'PostgreSQL'][index] ?? '',
			address: `${host}:${port}`,
			pid: this.servers[index]?.process.pid,
		}));
		return { services: { redis, postgres }, servers };
	}

	async stop(): Promise<void> {
		// a fast shutdown of PostgreSQL, which SIGTERM does not mean there
		await Promise.all(
			this.servers.map(async ({ end }) => {
				await end('SIGINT');
			}),
		);
	}

	private async startRedis(): Promise<QueueServices['redis']> {
		const folder = join(this.folder, 'redis');
		await mkdir(folder, { recursive: true });
		const port = await freePort();
		const password = randomBytes(16).toString('hex');
		const settings = {
			bind: '127.0.0.1',
			port,
			dir: folder,
			save: '""',
			appendonly: 'no',
			requirepass: password,
		};
		const file = join(folder, 'redis.conf');
		const lines = Object.entries(settings).map((setting) => setting.join(' '));
		await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
		const server = this.guard.start(required('redis-server'), [file], { stdio: 'ignore' });
		this.servers.push(server);
		const env = { ...process.env, REDISCLI_AUTH: password };
		const cli = required('redis-cli');
		await ready(server, async () => {
			const answer = await command(cli, ['-p', String(port), 'ping'], { env });
			if (answer.trim() !== 'PONG') throw new Error(answer);
		});
		return { host: '127.0.0.1', port, password };
	}

	private async startPostgres(): Promise<QueueServices['postgres']> {
		const folder = join(this.folder, 'postgres');
		await mkdir(folder, { recursive: true });
		const password = randomBytes(16).toString('hex');
		const passwordFile = join(folder, 'password');
		await writeFile(passwordFile, password, { mode: 0o600 });
		const ids = await postgresIds();
		if (ids) {
			// its user has to pass through the folder, which others cannot read
			await chmod(this.folder, 0o711);
			for (const path of [folder, passwordFile]) await chown(path, ids.uid, ids.gid);
		}
		const data = join(folder, 'data');
		const port = await freePort();
		const user = 'n8n';
		const cluster = ['--auth=scram-sha-256', '--encoding=UTF8', '--no-locale', '--no-sync'];
		await command(
			required('initdb'),
			[`--pgdata=${data}`, `--username=${user}`, `--pwfile=${passwordFile}`, ...cluster],
			{ cwd: folder, ids },
		);
		const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
		const server = this.guard.start(
			required('postgres'),
			['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
			{ cwd: folder, stdio: 'ignore', ...ids },
		);
		this.servers.push(server);
		const address = ['--host=127.0.0.1', `--port=${port}`, `--username=${user}`];
		const env = { ...process.env, PGPASSWORD: password };
		await ready(server, async () => {
			await command(required('createdb'), [...address, '--no-password', 'n8n'], { env });
		});
		return { host: '127.0.0.1', port, database: 'n8n', user, password };
	}
}
