// A clock that tests move. Timers are real, so requests and polls take as long as always.

/** Replaces the clock in every test of the calling file. */
export function movableClock(): void {
	beforeEach(() => {
		jest.useFakeTimers({
			doNotFake: [
				'clearImmediate',
				'clearInterval',
				'clearTimeout',
				'hrtime',
				'nextTick',
				'performance',
				'queueMicrotask',
				'setImmediate',
				'setInterval',
				'setTimeout',
			],
		});
	});

	afterEach(() => {
		jest.useRealTimers();
	});
}

/** Moves the clock of the node, n8n, the sandbox and the test forward. */
export function passHours(hours: number): void {
	jest.setSystemTime(Date.now() + hours * 3_600_000);
}
