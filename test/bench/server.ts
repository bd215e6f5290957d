// The service in which every way creates sources, in a separate process so that its CPU time is not measured.
// It answers creates as the sandbox does, without the contract, and counts requests in flight.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { TOKEN } from './ways.ts';

/** How the service answers in a run. */
export interface Conditions {
	/** The median time of a create, in ms. */
	latencyMs: number;
	limit: Limit | null;
}

/** The number of requests that are accepted in any period of this length. Rejected ones do not count. */
export interface Limit {
	count: number;
	seconds: number;
}

/** The spread of the times: the standard deviation of their logarithm (a log-normal distribution). */
const LOG_DEVIATION = 0.3;

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
let conditions: Conditions = { latencyMs: 20, limit: null };
/** When requests were accepted, in ms. */
let acceptedAt: number[] = [];

function latencyMs(): number {
	const normal =
		Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
	return conditions.latencyMs * Math.exp(LOG_DEVIATION * normal);
}

/** @returns how long until a request is accepted, in s; undefined if it is accepted now */
function retryAfter({ count, seconds }: Limit): number | undefined {
	const now = performance.now();
	acceptedAt = acceptedAt.filter((at) => at > now - seconds * 1000);
	const [oldest = now] = acceptedAt;
	if (acceptedAt.length >= count) return Math.ceil((oldest - now) / 1000 + seconds);
	acceptedAt.push(now);
	return undefined;
}

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
	const waitSeconds = conditions.limit ? retryAfter(conditions.limit) : undefined;
	if (waitSeconds !== undefined) {
		state.refused++;
		const wait = { 'retry-after': String(waitSeconds) };
		reply(response, 429, { message: 'Too Many Requests' }, wait);
		return;
	}
	await pause(latencyMs());
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
			conditions = JSON.parse(await text(request)) as Conditions;
			state = empty();
			acceptedAt = [];
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
