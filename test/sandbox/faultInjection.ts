import type { ServerResponse } from 'node:http';

/** A rule by which the sandbox misbehaves. */
export type InjectedFault = {
	/** Only requests of this method. */
	method?: string;
	/** Only requests to this path. */
	path?: string;
	/** Number of requests that the rule affects, 1 by default. */
	times?: number;
	/** Number of matching requests that are answered normally first, 0 by default. */
	after?: number;
	/** Only requests whose body contains this text. */
	bodyHas?: string;
	/** Share of the matching requests that the rule affects, 0 to 1. The selection is the same in every test run. */
	share?: number;
} & (
	| { kind: 'delay'; ms: number }
	/** Sends this response. The request is carried out before if `worked` is true, otherwise never. */
	| {
			kind: 'answer';
			status: number;
			body?: string | Buffer;
			headers?: Record<string, string>;
			worked?: boolean;
	  }
	/** Closes the connection, after carrying out the request if `worked` is true, otherwise before. */
	| { kind: 'cut'; worked: boolean }
	/** Sends a response body of `bytes`. If `cut` is true, closes the connection instead of ending the response. */
	| { kind: 'flood'; bytes: number; cut?: boolean; worked?: boolean }
);

/** A rate limit. Requests above it are answered with 429 and Retry-After. */
export interface RateLimit {
	perSecond: number;
	retryAfterSeconds: number;
}

/** Holds the rules and selects those that apply to a request. */
export class FaultInjector {
	private rules: InjectedFault[] = [];

	private limit?: RateLimit;

	private arrivals: number[] = [];

	private seed = 1;

	add(rule: InjectedFault): void {
		this.rules.push({ ...rule });
	}

	setLimit(limit: RateLimit | undefined): void {
		this.limit = limit;
		this.arrivals = [];
	}

	clear(): void {
		this.rules = [];
		this.seed = 1;
		this.setLimit(undefined);
	}

	/** Whether this request exceeds the rate limit. */
	isOverLimit(now = Date.now()): boolean {
		if (!this.limit) return false;
		this.arrivals = this.arrivals.filter((at) => at > now - 1000);
		if (this.arrivals.length >= this.limit.perSecond) return true;
		this.arrivals.push(now);
		return false;
	}

	get retryAfterSeconds(): number {
		return this.limit?.retryAfterSeconds ?? 1;
	}

	/** Pseudorandom numbers from 0 to 1 with a fixed seed (mulberry32). */
	private chance(): number {
		this.seed = (this.seed + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** Returns the rules that apply to this request, and counts them down. */
	take(method: string, path: string, body: string): InjectedFault[] {
		const taken = this.rules.filter((rule) => {
			if (rule.method && rule.method !== method) return false;
			if (rule.path && rule.path !== path) return false;
			if (rule.bodyHas && !body.includes(rule.bodyHas)) return false;
			if (rule.share !== undefined && this.chance() >= rule.share) return false;
			if (rule.after) {
				rule.after--;
				return false;
			}
			return true;
		});
		for (const rule of taken) rule.times = (rule.times ?? 1) - 1;
		this.rules = this.rules.filter(({ times = 1 }) => times > 0);
		return taken;
	}
}

/** The response of a service. */
export interface Reply {
	status: number;
	body?: string;
	headers?: Record<string, string>;
}

/**
 * Answers a request according to the rules.
 * @param work carries out the request and returns the normal response; called at most once
 */
export async function answer(
	response: ServerResponse,
	rules: InjectedFault[],
	work: () => Promise<Reply>,
): Promise<{ status: number; body: string } | 'cut'> {
	for (const rule of rules) {
		// a timer of node:timers/promises would ignore the accelerated clock of the tests
		if (rule.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, rule.ms));
	}
	const disruption = rules.find((rule) => rule.kind !== 'delay');

	const reply = disruption && !disruption.worked ? undefined : await work();
	if (disruption?.kind === 'cut') {
		response.destroy();
		return 'cut';
	}
	if (disruption?.kind === 'flood') {
		await flood(response, disruption.bytes);
		if (disruption.cut) response.destroy();
		else response.end();
		return 'cut';
	}
	const { status, body = '', headers = {} } = disruption ?? reply ?? { status: 500 };
	response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
	return { status, body: body.toString() };
}

/** Writes a response body of `bytes`, or less if the client closes the connection. */
async function flood(response: ServerResponse, bytes: number): Promise<void> {
	response.writeHead(201, { 'content-type': 'application/json' });
	const chunk = Buffer.alloc(1024 * 1024, ' ');
	for (let sent = 0; sent < bytes && !response.destroyed; sent += chunk.length) {
		if (response.write(chunk.subarray(0, bytes - sent))) continue;
		await new Promise<void>((resolve) => {
			const resume = () => {
				response.off('drain', resume).off('close', resume);
				resolve();
			};
			response.on('drain', resume).on('close', resume);
		});
	}
}
