// A simulation: many workers and a service that accepts 50 requests per second from all of them together. Workers share
// nothing, so each limits its own rate. Uses the rate limiter and the retries of the package, and a simulated clock.
import type { RequestScheduler } from '../../nodes/engine/http/requestScheduler.ts';
import type { decideRetry } from '../../nodes/engine/http/retry.ts';
import { randomNumbers, SimulatedClock } from '../unit/engine/simulatedClock.ts';

/** What is simulated: the sources in tests, the built package in the script. */
export interface Engine {
	RequestScheduler: typeof RequestScheduler;
	decideRetry: typeof decideRetry;
}

export interface Setup {
	workers: number;
	/** Requests of all workers together. */
	requests: number;
	/**
	 * `batch`: each worker has one execution with an equal part of the requests as items.
	 * `webhook`: each worker runs ten executions at a time, with one item each, so with a rate limiter each.
	 */
	way: 'batch' | 'webhook';
	/** Parallel Requests. */
	parallelism: number | 'automatic';
}

interface Outcome {
	/** Time, to the time that the limit of the service allows. */
	slowdown: number;
	/** Responses with status 429, for each accepted request. */
	throttled: number;
	/** Requests that failed, because they were throttled for longer than Keep Retrying For. */
	failed: number;
	/** The longest time that a request took from its first attempt, in seconds. */
	longestSeconds: number;
}

const PER_SECOND = 50;
const LATENCY_MS = 100;
/** Executions at the same time in a worker: the default of n8n. */
const CONCURRENCY = 10;
/** Items in progress at the same time in a node run, at most. */
const ITEMS_AT_ONCE = 100;
/** The default of Keep Retrying For. */
const KEEP_RETRYING_MS = 120_000;

/** A service that counts requests in a sliding second, and asks for a pause of one second. */
class LimitedService {
	private readonly accepted: number[] = [];

	/** @returns whether the service accepts a request at this time, in ms */
	accepts(now: number): boolean {
		const oldest = this.accepted[this.accepted.length - PER_SECOND] ?? -Infinity;
		if (oldest > now - 1000) return false;
		this.accepted.push(now);
		return true;
	}
}

export async function simulateWorkers(
	{ RequestScheduler: Scheduler, decideRetry: decide }: Engine,
	{ workers, requests, way, parallelism }: Setup,
): Promise<Outcome> {
	const clock = new SimulatedClock();
	const random = randomNumbers(1);
	const service = new LimitedService();
	const outcome = { throttled: 0, failed: 0, longestMs: 0 };

	const attempt = async () => {
		const accepted = service.accepts(clock.now());
		await clock.sleep(LATENCY_MS * (0.8 + 0.4 * random()));
		if (!accepted) outcome.throttled++;
		const status = accepted ? 201 : 429;
		return { kind: 'response', status, retryAfterMs: accepted ? undefined : 1000 } as const;
	};
	const send = async (scheduler: RequestScheduler): Promise<void> => {
		let startedAt: number | undefined;
		for (let attempts = 1; ; attempts++) {
			const leftMs =
				startedAt === undefined ? Infinity : startedAt + KEEP_RETRYING_MS - clock.now();
			const turn = await scheduler.turn(undefined, Math.min(leftMs, KEEP_RETRYING_MS));
			if ('pauseMs' in turn) break;
			startedAt ??= clock.now();
			const response = await attempt();
			turn.record('POST /', response);
			turn.end();
			const decision = decide('write', response, {
				attempt: attempts,
				leftMs: startedAt + KEEP_RETRYING_MS - clock.now(),
				random: random(),
			});
			if (decision.action === 'accept') {
				outcome.longestMs = Math.max(outcome.longestMs, clock.now() - startedAt);
				return;
			}
			if (decision.action === 'fail') break;
			scheduler.rateLimiter.recordThrottled(decision.waitMs);
		}
		outcome.failed++;
	};

	const newScheduler = () => new Scheduler(parallelism, undefined, clock);
	const oneAfterAnother = async (count: { left: number }, next: () => RequestScheduler) => {
		while (count.left-- > 0) await send(next());
	};
	const batch = async (_: unknown, index: number) => {
		const shared = newScheduler();
		const part = Math.floor((requests + index) / workers);
		const count = { left: part };
		const items = Array.from({ length: ITEMS_AT_ONCE }, async () => {
			await oneAfterAnother(count, () => shared);
		});
		await Promise.all(items);
	};
	const waiting = { left: requests };
	const execution = async () => {
		await oneAfterAnother(waiting, newScheduler);
	};
	const work =
		way === 'batch'
			? Array.from({ length: workers }, batch)
			: Array.from({ length: workers * CONCURRENCY }, execution);
	const all = Promise.all(work);
	await clock.run(all);
	await all;
	return {
		slowdown: clock.now() / ((requests / PER_SECOND - 1) * 1000),
		throttled: outcome.throttled / requests,
		failed: outcome.failed,
		longestSeconds: outcome.longestMs / 1000,
	};
}
