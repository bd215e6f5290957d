/** A pseudorandom number generator: mulberry32. */
export function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** A clock that moves on to the next timer when nothing else happens. */
export class SimulatedClock {
	private time = 0;

	private timers: Array<{ at: number; order: number; wake: () => void }> = [];

	private count = 0;

	now = (): number => this.time;

	sleep = async (ms: number): Promise<void> => {
		await new Promise<void>((resolve) => {
			this.add({ at: this.time + Math.max(0, ms), order: this.count++, wake: resolve });
		});
	};

	async run(work: Promise<unknown>): Promise<void> {
		const state = { isDone: false };
		void work.finally(() => (state.isDone = true));
		while (!state.isDone) {
			await settled();
			const next = this.timers.pop();
			if (!next) return;
			this.time = next.at;
			next.wake();
		}
	}

	/** Keeps the timers in order, the next one last. */
	private add(timer: { at: number; order: number; wake: () => void }): void {
		let low = 0;
		let high = this.timers.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const other = this.timers[middle];
			const isLater =
				other && (other.at > timer.at || (other.at === timer.at && other.order > timer.order));
			if (isLater) low = middle + 1;
			else high = middle;
		}
		this.timers.splice(low, 0, timer);
	}
}

/** Waits until all that can happen at this time has happened. */
async function settled(): Promise<void> {
	await new Promise((resolve) => setImmediate(resolve));
}
