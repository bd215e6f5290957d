// Real time, but faster. Tests of waits for runs need minutes by the clock; the nodes have no shorter waits for tests.

/** How often time moves on, in real ms. Between two moves, requests and answers are on their way. */
const EVERY_MS = 4;

/**
 * In every test of the file that calls this, timers and clocks of the node, n8n, the sandbox and the test run faster.
 * Connections are real, and work at their own speed. On a busy machine time slows down with them, as it moves on
 * once in a turn of the event loop.
 * @param speed 10 makes a second of a tenth of one
 */
export function fastTime(speed = 10): void {
	const everyRealMs = setInterval;
	const stop = clearInterval;
	let moving: NodeJS.Timeout;

	beforeEach(() => {
		jest.useFakeTimers({
			doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'],
		});
		moving = everyRealMs(() => {
			jest.advanceTimersByTime(EVERY_MS * speed);
		}, EVERY_MS);
	});

	afterEach(() => {
		stop(moving);
		jest.useRealTimers();
	});
}
