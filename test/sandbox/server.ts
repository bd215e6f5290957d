import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { answer, FaultInjector } from './faultInjection.ts';
import type { InjectedFault, RateLimit, Reply } from './faultInjection.ts';

/** A request as it arrived. */
export interface Arrival {
	at: number;
	method: string;
	/** Including the query. */
	path: string;
	headers: Record<string, string | string[] | undefined>;
	body: string;
	/** Status of the response; undefined before the response and after a cut connection. */
	status?: number;
	/** Body of the response. */
	answer?: string;
}

/** A service of the sandbox, without HTTP. */
export interface SandboxService {
	name: string;
	handle: (request: Arrival) => Promise<Reply>;
	/** The existing resources by kind, for tests and for the page. */
	state: () => Record<string, object[]>;
	reset: () => void;
	/** What tests in other processes can do, as POST /_sandbox/<name>, with the parsed body. */
	control?: Record<string, (body: unknown) => unknown>;
}

export interface Sandbox {
	url: string;
	/** The last 1000 requests. */
	requests: Arrival[];
	/** How many requests have arrived since the last reset. */
	arrived: () => number;
	/** Maximum number of requests in flight at the same time. */
	mostOpen: () => number;
	misbehave: (rule: InjectedFault) => void;
	limit: (limit: RateLimit | undefined) => void;
	/** Removes all rules and the rate limit. Resources are kept. */
	behave: () => void;
	/** Waits until all requests that arrived are carried out, including those whose client has disconnected. */
	idle: () => Promise<void>;
	/** Removes resources, requests, rules and the rate limit. */
	reset: () => void;
	stop: () => Promise<void>;
}

const LAST_REQUESTS = 1000;

function escapeHtml(value: unknown): string {
	return String(value).replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function cell(value: unknown): string {
	return `<td>${escapeHtml(typeof value === 'object' ? JSON.stringify(value) : value)}</td>`;
}

/** An HTML page with the resources and the last requests. */
function page(service: SandboxService, requests: Arrival[]): string {
	const tables = Object.entries(service.state()).map(([kind, resources]) => {
		const names = [...new Set(resources.flatMap((resource) => Object.keys(resource)))];
		const rows = resources.map((resource) => {
			const values = new Map(Object.entries(resource));
			return `<tr>${names.map((name) => cell(values.get(name) ?? '')).join('')}</tr>`;
		});
		const head = names.map((name) => `<th>${escapeHtml(name)}</th>`).join('');
		return `<h2>${escapeHtml(kind)} (${resources.length})</h2><table><tr>${head}</tr>${rows.join('')}</table>`;
	});
	const last = requests
		.slice(-50)
		.reverse()
		.map(
			({ at, method, path, body, status }) =>
				`<tr>${[new Date(at).toISOString(), method, path, status ?? 'cut', body].map(cell).join('')}</tr>`,
		);
	return `<!doctype html><meta charset="utf-8"><title>${service.name} sandbox</title>
<style>body{font:14px system-ui;margin:2em;color:#1f2a44}table{border-collapse:collapse}td,th{border:1px solid #ccd;padding:.3em .6em;text-align:left;max-width:30em;overflow-wrap:anywhere}h1 small{font-weight:normal;color:#667}</style>
<h1>${service.name} sandbox <small>resources and requests</small></h1>${tables.join('')}
<h2>Last requests</h2><table><tr><th>at</th><th>method</th><th>path</th><th>status</th><th>body</th></tr>${last.join('')}</table>`;
}

/** The address to listen on. A container of compose.yaml listens on all of its own addresses. */
const HOST = process.env.SANDBOX_HOST ?? '127.0.0.1';

/** Serves a service, by default on loopback: its API, a page at /, and /_sandbox for tests in other processes. */
export async function serve(service: SandboxService, port = 0): Promise<Sandbox> {
	const requests: Arrival[] = [];
	const inFlight = new Set<Promise<void>>();
	let open = 0;
	let mostOpen = 0;
	let arrived = 0;
	const injector = new FaultInjector();
	const reset = () => {
		service.reset();
		requests.length = 0;
		mostOpen = 0;
		arrived = 0;
		injector.clear();
	};

	const json = (response: ServerResponse, value: unknown) =>
		response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));

	/** @returns false if the path belongs to the service */
	const control = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
		switch (`${request.method} ${request.url}`) {
			case 'GET /':
				response.writeHead(200, { 'content-type': 'text/html' }).end(page(service, requests));
				return true;
			case 'GET /_sandbox/state':
				json(response, service.state());
				return true;
			case 'GET /_sandbox/requests':
				json(response, requests);
				return true;
			case 'POST /_sandbox/inject':
				injector.add(JSON.parse(await text(request)) as InjectedFault);
				json(response, {});
				return true;
			case 'POST /_sandbox/limit':
				injector.setLimit(JSON.parse(await text(request)) as RateLimit);
				json(response, {});
				return true;
			case 'POST /_sandbox/reset':
				reset();
				json(response, {});
				return true;
			default: {
				const [, name = ''] = /^\/_sandbox\/(\w+)$/.exec(request.url ?? '') ?? [];
				const control = request.method === 'POST' ? service.control?.[name] : undefined;
				if (control) json(response, control(JSON.parse(await text(request))));
				return control !== undefined;
			}
		}
	};

	const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		if (await control(request, response)) return;
		const { method = 'GET', url = '/', headers } = request;
		const arrival: Arrival = {
			at: Date.now(),
			method,
			path: url,
			headers,
			body: await text(request),
		};
		requests.push(arrival);
		// Node's own header ignores a clock that a test has moved
		response.setHeader('date', new Date().toUTCString());
		arrived++;
		mostOpen = Math.max(mostOpen, ++open);
		response.once('close', () => open--);
		if (requests.length > LAST_REQUESTS) requests.shift();
		if (injector.isOverLimit()) {
			arrival.status = 429;
			response
				.writeHead(429, {
					'content-type': 'application/json',
					'retry-after': String(injector.retryAfterSeconds),
				})
				.end(JSON.stringify({ message: 'Too Many Requests' }));
			return;
		}
		const rules = injector.take(method, url.split('?')[0] ?? url, arrival.body);
		const reply = await answer(response, rules, async () => await service.handle(arrival));
		if (reply === 'cut') return;
		arrival.status = reply.status;
		arrival.answer = reply.body;
	};

	const server: Server = createServer((request, response) => {
		const handling = handle(request, response).catch((error: unknown) => {
			// an internal error of the sandbox: reported on the console, never as a response of the service
			console.error(error);
			response.destroy();
		});
		inFlight.add(handling);
		void handling.finally(() => inFlight.delete(handling));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(port, HOST, resolve);
	});
	const address = server.address();
	if (typeof address !== 'object' || !address) throw new Error('The sandbox has no port');

	return {
		url: `http://127.0.0.1:${address.port}`,
		requests,
		arrived: () => arrived,
		mostOpen: () => mostOpen,
		misbehave: (rule) => {
			injector.add(rule);
		},
		limit: (limit) => {
			injector.setLimit(limit);
		},
		behave: () => {
			injector.clear();
		},
		idle: async () => {
			while (inFlight.size > 0) await Promise.all(inFlight);
		},
		reset,
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
