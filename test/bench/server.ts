// The service in which every way creates sources, in a separate process so that its CPU time is not measured.
// It answers creates as the sandbox does, without the contract, and counts requests in flight.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { FaultInjector } from '../sandbox/faultInjection.ts';
import { TOKEN } from './ways.ts';

/** Response time of a create in ms, as of a fast service nearby. */
const DELAY_MS = 20;

/** The counts of the service for a run. */
export interface State {
	/** How often each name was created. */
	names: Record<string, number>;
	/** Maximum number of requests in flight at the same time. */
	mostInFlight: number;
	/** Number of requests answered with 429. */
	refused: number;
}

const empty = (): State => ({ names: {}, mostInFlight: 0, refused: 0 });

let state = empty();
let inFlight = 0;
let lastId = 80_000;
/** The rate limit of the sandbox: a number of requests in any second, not counting rejected ones. */
const limiter = new FaultInjector();

function reply(response: ServerResponse, status: number, body: object, headers = {}): void {
	response
		.writeHead(status, { 'content-type': 'application/json', ...headers })
		.end(JSON.stringify(body));
}

async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { displayName, sourceSpec } = JSON.parse(await text(request)) as Record<string, string>;
	if (request.headers.authorization !== `Bearer ${TOKEN}`) {
		reply(response, 401, { message: 'Unauthorized' });
		return;
	}
	if (limiter.isOverLimit()) {
		state.refused++;
		const wait = { 'retry-after': String(limiter.retryAfterSeconds) };
		reply(response, 429, { message: 'Too Many Requests' }, wait);
		return;
	}
	await pause(DELAY_MS);
	const name = displayName ?? '';
	state.names[name] = (state.names[name] ?? 0) + 1;
	reply(response, 201, { data: { id: ++lastId, displayName, sourceSpec } });
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
	switch (`${request.method} ${request.url}`) {
		case 'POST /v2/sources':
			state.mostInFlight = Math.max(state.mostInFlight, ++inFlight);
			await create(request, response).finally(() => inFlight--);
			return;
		case 'POST /_bench/reset': {
			const { limitPerSecond } = JSON.parse(await text(request)) as {
				limitPerSecond: number | null;
			};
			state = empty();
			limiter.setLimit(
				limitPerSecond === null ? undefined : { perSecond: limitPerSecond, retryAfterSeconds: 1 },
			);
			reply(response, 200, {});
			return;
		}
		case 'GET /_bench/state':
			reply(response, 200, state);
			return;
		default:
			reply(response, 404, { message: 'Not Found' });
	}
}

/** Started by main.ts, which receives the port as a message; ends with main.ts. */
if (process.send) {
	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) => {
			console.error(error);
			response.destroy();
		});
	});
	server.listen(0, '127.0.0.1', () => {
		process.send?.(server.address());
	});
	process.once('disconnect', () => process.exit());
}
