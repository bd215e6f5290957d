import type { ServerResponse } from 'node:http';

/** What a server can do wrong, on demand. */
export type Mischief = {
	/** Only requests of this method. */
	method?: string;
	/** Only requests to this path. */
	path?: string;
	/** How many requests it befalls; 1 if not said. */
	times?: number;
	/** How many matching requests are spared first. */
	after?: number;
	/** Only requests whose body has this text. */
	bodyHas?: string;
	/** Which part of the matching requests it befalls, 0 to 1; the same ones at each run. */
	share?: number;
} & (
	| { kind: 'delay'; ms: number }
	/** Answers so; the work is done before when `worked` says so, else never. */
	| {
			kind: 'answer';
			status: number;
			body?: string | Buffer;
			headers?: Record<string, string>;
			worked?: boolean;
	  }
	/** Cuts the connection, before or after the work. */
	| { kind: 'cut'; worked: boolean }
	/** Begins an answer of so many bytes, and cuts it off at the end when it says so. */
	| { kind: 'flood'; bytes: number; cut?: boolean; worked?: boolean }
);

/** At most so many requests a second; the rest are refused with 429 and Retry-After. */
export interface RateLimit {
	perSecond: number;
	retryAfterSeconds: number;
}

/** The rules in force, and what they decide for each request. */
export class Misbehaviour {
	private rules: Mischief[] = [];

	private limit?: RateLimit;

	private arrivals: number[] = [];

	private seed = 1;

	add(rule: Mischief): void {
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

	/** True when this request is over the limit. */
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

	/** A fixed sequence that looks random, 0 to 1 (mulberry32). */
	private chance(): number {
		this.seed = (this.seed + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** Takes the rules that befall this request, and counts them down. */
	take(method: string, path: string, body: string): Mischief[] {
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

/** What a service would answer. */
export interface Reply {
	status: number;
	body?: string;
	headers?: Record<string, string>;
}

/**
 * Answers a request as the rules demand.
 * @param work does what the request asks for, and says what to answer; called once at the most
 */
export async function answer(
	response: ServerResponse,
	rules: Mischief[],
	work: () => Promise<Reply>,
): Promise<{ status: number; body: string } | 'cut'> {
	for (const rule of rules) {
		// a timer of node:timers/promises would not run by the time of the test
		if (rule.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, rule.ms));
	}
	const deed = rules.find((rule) => rule.kind !== 'delay');

	const reply = deed && !deed.worked ? undefined : await work();
	if (deed?.kind === 'cut') {
		response.destroy();
		return 'cut';
	}
	if (deed?.kind === 'flood') {
		await flood(response, deed.bytes);
		if (deed.cut) response.destroy();
		else response.end();
		return 'cut';
	}
	const { status, body = '', headers = {} } = deed ?? reply ?? { status: 500 };
	response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
	return { status, body: body.toString() };
}

/** Writes so many bytes of an answer, or as many as the client takes. */
async function flood(response: ServerResponse, bytes: number): Promise<void> {
	response.writeHead(201, { 'content-type': 'application/json' });
	const chunk = Buffer.alloc(1024 * 1024, ' ');
	for (let sent = 0; sent < bytes && !response.destroyed; sent += chunk.length) {
		if (response.write(chunk.subarray(0, bytes - sent))) continue;
		await new Promise<void>((resolve) => {
			const goOn = () => {
				response.off('drain', goOn).off('close', goOn);
				resolve();
			};
			response.on('drain', goOn).on('close', goOn);
		});
	}
}
