import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** Timeout of an answer. */
const ANSWER_LIMIT_MS = 120_000;

/** Runs a file of this folder in a separate process, which answers by messages. */
export class Helper {
	private readonly child: ChildProcess;

	constructor(file: string, args: string[] = [], env: NodeJS.ProcessEnv = {}) {
		this.child = fork(join(import.meta.dirname, file), args, { env: { ...process.env, ...env } });
	}

	/** Sends `question`, if given, and waits for the next message. */
	async answer<T>(question?: object): Promise<T> {
		return await new Promise((resolve, reject) => {
			const fail = (why: unknown) => {
				reject(new Error(`${this.child.spawnargs.join(' ')}: no answer (${String(why)})`));
			};
			const late = setTimeout(fail, ANSWER_LIMIT_MS, 'too late');
			const onExit = (code: number | null) => {
				clearTimeout(late);
				fail(`ended with ${code ?? 'a signal'}`);
			};
			this.child.once('exit', onExit).once('message', (message) => {
				clearTimeout(late);
				this.child.off('exit', onExit);
				resolve(message as T);
			});
			if (question) this.child.send(question);
		});
	}

	async end(): Promise<void> {
		const { child } = this;
		if (child.exitCode !== null || child.signalCode !== null) return;
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGKILL');
		await ended;
	}
}
