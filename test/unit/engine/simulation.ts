// A simulated service, and a simulated clock: hours of requests take seconds, and each run is the same.
import { RequestScheduler } from '../../../nodes/engine/http/requestScheduler.ts';
import type { Parallelism } from '../../../nodes/engine/http/requestScheduler.ts';
import type { Outcome } from '../../../nodes/engine/http/retry.ts';
import { randomNumbers, SimulatedClock } from './simulatedClock.ts';

/** The latency of a request without load, with the spread of a log-normal distribution. */
export interface Latency {
	ms: number;
	/** The standard deviation of the logarithm. 0 for a constant latency. */
	spread: number;
}

interface Answer {
	ms: number;
	/** Undefined for a success. */
	status?: number;
	retryAfterMs?: number;
}

/** A service, as seen by its clients. */
export interface SimulatedService {
	/** Answers a request: an error at once, or a success after `ms` of processing. */
	handle(request: { now: number; inFlight: number; latencyMs: number }): Answer;
	/** The number of requests that are processed at the same time. Others wait, in order. Default: all. */
	servers?: number;
	latency: Latency;
}

export interface Simulated {
	ms: number;
	/** The limit of requests in flight, after each response. */
	limits: number[];
	/** The number of requests that the service throttled or failed. */
	refused: number;
	/** The maximum number of requests in flight at the service. */
	mostInFlight: number;
}

/** The longest wait before a retry, as a multiple of the latency. */
const BACKOFF = 5;

/** Sends items to the service, with a scheduler. */
export async function simulate(
	service: SimulatedService,
	{ items, parallelism, seed = 1 }: { items: number; parallelism: Parallelism; seed?: number },
): Promise<Simulated> {
	const clock = new SimulatedClock();
	const random = randomNumbers(seed);
	const scheduler = new RequestScheduler(parallelism, undefined, clock);
	const result: Simulated = { ms: 0, limits: [], refused: 0, mostInFlight: 0 };
	let inFlight = 0;
	let busy = 0;
	const queue: Array<() => void> = [];

	const latencyMs = () => {
		const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
		return service.latency.ms * Math.exp(service.latency.spread * normal);
	};
	const send = async (): Promise<Outcome> => {
		result.mostInFlight = Math.max(result.mostInFlight, ++inFlight);
		const response = service.handle({ now: clock.now(), inFlight, latencyMs: latencyMs() });
		if (response.status !== undefined) inFlight--;
		else {
			if (busy < (service.servers ?? Infinity)) busy++;
			else await new Promise<void>((resolve) => queue.push(resolve));
		}
		await clock.sleep(response.ms);
		if (response.status === undefined) {
			const next = queue.shift();
			if (next) next();
			else busy--;
			inFlight--;
		}
		const { status = 200, retryAfterMs } = response;
		return { kind: 'response', status, retryAfterMs };
	};
	const item = async () => {
		for (;;) {
			const turn = await scheduler.turn();
			if ('pauseMs' in turn) throw new Error('The pause is too long');
			const outcome = await send();
			turn.record('POST /', outcome);
			result.limits.push(scheduler.maxInFlight);
			turn.end();
			if (outcome.kind === 'response' && outcome.status === 200) return;
			result.refused++;
			const waitMs = outcome.kind === 'response' ? outcome.retryAfterMs : undefined;
			if (waitMs === undefined) await clock.sleep(random() * BACKOFF * service.latency.ms);
			else scheduler.rateLimiter.recordThrottled(waitMs);
		}
	};
	let left = items;
	const worker = async () => {
		while (left-- > 0) await item();
	};
	const all = Promise.all(Array.from({ length: 100 }, worker));
	await clock.run(all);
	await all;
	result.ms = clock.now();
	return result;
}
