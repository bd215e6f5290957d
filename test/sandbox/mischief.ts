import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

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
} & (
	| { kind: 'delay'; ms: number }
	/** Answers so; the work is done before when `worked` says so, else never. */
	| {
			kind: 'answer';
			status: number;
			body?: string;
			headers?: Record<string, string>;
			worked?: boolean;
	  }
	/** Cuts the connection, before or after the work. */
	| { kind: 'cut'; worked: boolean }
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

	add(rule: Mischief): void {
		this.rules.push({ ...rule });
	}

	setLimit(limit: RateLimit | undefined): void {
		this.limit = limit;
		this.arrivals = [];
	}

	clear(): void {
		this.rules = [];
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

	/** Takes the rules that befall this request, and counts them down. */
	take(method: string, path: string): Mischief[] {
		const taken = this.rules.filter((rule) => {
			if (rule.method && rule.method !== method) return false;
			if (rule.path && rule.path !== path) return false;
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
): Promise<Reply | 'cut'> {
	for (const rule of rules) if (rule.kind === 'delay') await pause(rule.ms);
	const deed = rules.find((rule) => rule.kind !== 'delay');

	const reply = deed && !deed.worked ? undefined : await work();
	if (deed?.kind === 'cut') {
		response.destroy();
		return 'cut';
	}
	const { status, body = '', headers = {} } = deed ?? reply ?? { status: 500 };
	response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
	return { status, body };
}
