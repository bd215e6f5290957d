import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Reads one line per process group or folder. At the end of the input, it kills the groups and removes the folders.
 * The input also ends when the process that writes it is killed. The line `done` ends the script without effect.
 */
const CLEAN_UP = `
while read -r kind value; do
	case "$kind" in
		group) groups="$groups -$value" ;;
		folder) folder="$value" ;;
		done) exit 0 ;;
	esac
done
for group in $groups; do kill -s KILL -- "$group" 2>/dev/null; done
sleep 1
[ -n "$folder" ] && rm -rf -- "$folder"
`;

/** How long a process may take to end before it is killed, in ms. */
const PATIENCE_MS = 15_000;

/** A process that the guard has started. */
export interface Guarded {
	process: ChildProcess;
	/** Waits for its end. */
	ended: Promise<void>;
	/** Sends a signal to it and to the processes that it has started, and waits for its end. */
	end: (signal?: NodeJS.Signals) => Promise<void>;
}

/** Starts processes that end together with this process, also if this process is killed. */
export class Guard {
	private readonly cleaner: ChildProcess;

	/** @param folder is removed at the end */
	constructor(folder: string) {
		this.cleaner = spawn('sh', ['-c', CLEAN_UP], {
			detached: true,
			stdio: ['pipe', 'ignore', 'ignore'],
		});
		this.cleaner.unref();
		this.tell('folder', folder);
	}

	/** Starts a process in a group of its own: Ctrl-C in a terminal does not reach it. */
	start(file: string, args: string[], options: SpawnOptions): Guarded {
		const child = spawn(file, args, { ...options, detached: true });
		const ended = new Promise<void>((resolve) => {
			child
				.once('exit', () => {
					resolve();
				})
				.once('error', () => {
					resolve();
				});
		});
		if (child.pid) this.tell('group', String(child.pid));
		const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
			if (child.exitCode === null && child.signalCode === null) {
				signalGroup(child, signal);
				await Promise.race([ended, pause(PATIENCE_MS, undefined, { ref: false })]);
			}
			signalGroup(child, 'SIGKILL');
			await ended;
		};
		return { process: child, ended, end };
	}

	/** Ends the guard, after all processes have ended. */
	async stop(): Promise<void> {
		if (this.cleaner.exitCode !== null) return;
		this.cleaner.ref();
		const ended = once(this.cleaner, 'exit');
		this.cleaner.stdin?.end('done\n');
		await ended;
	}

	private tell(kind: string, value: string): void {
		this.cleaner.stdin?.write(`${kind} ${value}\n`);
	}
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
	try {
		if (pid) process.kill(-pid, signal);
	} catch {
		// the group has ended
	}
}
