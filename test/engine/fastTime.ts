// A clock that runs faster. Waits for runs take minutes, and the nodes have no setting that shortens them for tests.

/** The interval at which time advances, in real ms. Requests and responses are processed in between. */
const EVERY_MS = 4;

/**
 * Makes timers and clocks run faster in every test of the calling file: those of the node, n8n, the sandbox and the test.
 * Connections are real and keep their speed. Time advances at most once per turn of the event loop,
 * so it slows down with the connections on a busy machine.
 * @param speed a factor: with 10, a second takes 100 ms
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
