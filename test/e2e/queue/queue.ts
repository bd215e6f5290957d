import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RealN8n } from '../n8n.ts';
import { Databases } from './databases.ts';
import type { Server } from './databases.ts';
import { Guard } from './guard.ts';
import type { Guarded } from './guard.ts';
import { queueSettings } from './settings.ts';

/** Executions that a worker runs at the same time: the default of n8n. */
export const CONCURRENCY = 10;

/** A process of n8n in queue mode. */
export class QueueProcess {
	readonly name: string;

	readonly n8n: RealN8n;

	private readonly folder: string;

	private guarded?: Guarded;

	constructor(
		name: string,
		folder: string,
		{ guard, settings }: { guard: Guard; settings: Record<string, string> },
	) {
		this.name = name;
		this.folder = folder;
		this.n8n = new RealN8n(folder, {
			settings,
			launch: (file, args, options) => {
				this.guarded = guard.start(file, args, options);
				return this.guarded.process;
			},
		});
	}

	get pid(): number {
		return this.guarded?.process.pid ?? 0;
	}

	/** How many executions it has finished, by its log. */
	async finished(): Promise<number> {
		const log = await readFile(join(this.folder, 'n8n.log'), 'utf8');
		return log.split('Worker finished execution').length - 1;
	}

	/** Ends it as an exhausted memory or a power failure does: with SIGKILL. */
	async kill(): Promise<void> {
		await this.guarded?.end('SIGKILL');
	}

	/** Lets it end in its own time. */
	async stop(): Promise<void> {
		await this.guarded?.end();
	}
}

/** n8n in queue mode: Redis, PostgreSQL, a main process and workers, in a temporary folder. */
export class Queue {
	readonly workers: QueueProcess[] = [];

	private readonly folder: string;

	private readonly tarball: string;

	private readonly settings: Record<string, string>;

	private readonly guard: Guard;

	private readonly databases: Databases;

	private started?: { main: QueueProcess; settings: Record<string, string> };

	/**
	 * @param folder is removed when the queue stops
	 * @param tarball the packed package
	 * @param settings environment variables for all n8n processes, in addition to those of queue mode
	 */
	constructor(folder: string, tarball: string, settings: Record<string, string> = {}) {
		this.folder = folder;
		this.tarball = tarball;
		this.settings = settings;
		this.guard = new Guard(folder);
		this.databases = new Databases(folder, this.guard);
	}

	get main(): QueueProcess {
		if (!this.started) throw new Error('The databases have not been started');
		return this.started.main;
	}

	/**
	 * Starts Redis and PostgreSQL. The command line of {@link main} works from then on.
	 * @throws Error if one of them is not installed
	 */
	async startDatabases(): Promise<Server[]> {
		const { services, servers } = await this.databases.start();
		const key = randomBytes(24).toString('hex');
		const settings = { ...queueSettings(services, key), ...this.settings };
		this.started = { settings, main: await this.process('main', settings) };
		return servers;
	}

	/** Starts more workers, all at the same time. */
	async startWorkers(count: number): Promise<void> {
		if (!this.started) throw new Error('The databases have not been started');
		const more: QueueProcess[] = [];
		for (let number = 1; number <= count; number++) {
			const name = `worker-${this.workers.length + number}`;
			more.push(await this.process(name, this.started.settings));
		}
		this.workers.push(...more);
		const starting = more.map(async ({ n8n }) => {
			await n8n.startWorker(CONCURRENCY);
		});
		await Promise.all(starting);
	}

	async stop(): Promise<void> {
		await Promise.all(
			this.workers.map(async (worker) => {
				await worker.stop();
			}),
		);
		await this.started?.main.stop();
		await this.databases.stop();
		await this.guard.stop();
		await rm(this.folder, { recursive: true, force: true });
	}

	/** Each process has its own folder, because n8n notes in it whether the last process there has crashed. */
	private async process(name: string, settings: Record<string, string>): Promise<QueueProcess> {
		const process = new QueueProcess(name, join(this.folder, name), {
			guard: this.guard,
			settings,
		});
		await process.n8n.install(this.tarball);
		return process;
	}
}
