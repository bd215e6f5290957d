// Services that differ in what slows them down. Compared with the fixed number that is best for each.
import { simulate } from './simulation.ts';
import type { Latency, SimulatedService } from './simulation.ts';
import { ConcurrencyLimit } from '../../../nodes/engine/http/concurrencyLimit.ts';
import { RequestScheduler } from '../../../nodes/engine/http/requestScheduler.ts';

const ITEMS = 8000;

/** A number of requests at a time; others wait in a queue. */
const capacity = (servers: number, latency: Latency): SimulatedService => ({
	servers,
	latency,
	handle: ({ latencyMs }) => ({ ms: latencyMs }),
});

/** A number of requests in any period of this length. */
function rateLimit(count: number, windowMs: number, latency: Latency): SimulatedService {
	let times: number[] = [];
	return {
		latency,
		handle: ({ now, latencyMs }) => {
			times = times.filter((at) => at > now - windowMs);
			const [oldest = now] = times;
			if (times.length >= count) {
				const seconds = Math.ceil((oldest + windowMs - now) / 1000);
				return { ms: 5, status: 429, retryAfterMs: seconds * 1000 };
			}
			times.push(now);
			return { ms: latencyMs };
		},
	};
}

/** Requests slow each other down, e.g. by locks (the Universal Scalability Law): best at about 25 in flight. */
const contention = (latency: Latency): SimulatedService => ({
	latency,
	handle: ({ inFlight, latencyMs }) => ({
		ms: latencyMs * (1 + 0.02 * (inFlight - 1) + 0.0016 * inFlight * (inFlight - 1)),
	}),
});

/** From one request to the next, the service is much slower, e.g. because its memory is full. */
const cliff = (at: number, latency: Latency): SimulatedService => ({
	latency,
	handle: ({ inFlight, latencyMs }) => ({
		ms: inFlight > at ? (latencyMs * 2 * inFlight) / at : latencyMs,
	}),
});

/** Refuses further requests with status 503. */
const overloaded = (at: number, latency: Latency): SimulatedService => ({
	latency,
	handle: ({ inFlight, latencyMs }) =>
		inFlight > at ? { ms: 20, status: 503 } : { ms: latencyMs },
});

/** A service, and fixed numbers that suit it. */
type Case = [name: string, fixed: number[], make: (latency: Latency) => SimulatedService];

const CASES: Case[] = [
	['no limit', [100], (latency) => capacity(Infinity, latency)],
	['5 requests at a time and a queue', [5, 10], (latency) => capacity(5, latency)],
	['30 requests at a time and a queue', [30, 40, 50], (latency) => capacity(30, latency)],
	['70 requests at a time and a queue', [70, 80, 100], (latency) => capacity(70, latency)],
	['50 requests per second', [5, 15, 30, 60], (latency) => rateLimit(50, 1000, latency)],
	['600 requests per minute', [10, 30, 100], (latency) => rateLimit(600, 60_000, latency)],
	['requests that slow each other down', [20, 25, 30], contention],
	['a cliff at 20', [15, 20], (latency) => cliff(20, latency)],
	['a cliff at 40', [30, 40], (latency) => cliff(40, latency)],
	['status 503 beyond 20 in flight', [20, 25], (latency) => overloaded(20, latency)],
	['status 503 beyond 60 in flight', [60, 65], (latency) => overloaded(60, latency)],
];

const LATENCIES: Latency[] = [
	{ ms: 20, spread: 0.3 },
	{ ms: 100, spread: 0.3 },
	{ ms: 300, spread: 0.5 },
];

describe.each(LATENCIES)('with $ms ms per request, spread $spread', (latency) => {
	it.each(CASES)(
		'Automatic takes at most 15% longer than the best number: %s',
		async (_, numbers, make) => {
			const fixed = [];
			for (const parallelism of numbers) {
				fixed.push((await simulate(make(latency), { items: ITEMS, parallelism })).ms);
			}
			const { ms } = await simulate(make(latency), { items: ITEMS, parallelism: 'automatic' });
			expect(ms / Math.min(...fixed)).toBeLessThan(1.15);
		},
		30_000,
	);

	it.each([
		['12 requests at a time', 12, capacity(12, latency)],
		['30 requests at a time', 30, capacity(30, latency)],
		['a cliff at 20', 20, cliff(20, latency)],
		['status 503 beyond 20', 20, overloaded(20, latency)],
	])('does not drive a service further up that slows down: %s', async (_, bound, service) => {
		const { limits } = await simulate(service, { items: ITEMS, parallelism: 'automatic' });
		const peak = Math.max(...limits.slice(0, ITEMS / 10));
		const later = limits.slice(ITEMS / 10);
		expect(Math.max(...later)).toBeLessThanOrEqual(peak);
		const tooHigh = later.filter((limit) => limit > bound * 2).length;
		expect(tooHigh / later.length).toBeLessThan(0.02);
	});
});

/** Responses to as many requests as may be in flight. */
function respond(limit: ConcurrencyLimit, latencyMs: number, count = limit.current): void {
	for (let each = 0; each < count; each++) {
		const { current: inFlight, round } = limit;
		limit.recordResponse({ kind: '', latencyMs, mostInFlight: inFlight }, { inFlight, round });
	}
}

const sent = ({ current, round }: ConcurrencyLimit) => ({ inFlight: current, round });

describe('the limit of requests in flight', () => {
	it('starts at 10 and doubles with each round of responses, up to 100 or the bound of the service', () => {
		const limit = new ConcurrencyLimit();
		const limits = [limit.current];
		for (let round = 0; round < 5; round++) {
			respond(limit, 100);
			limits.push(limit.current);
		}
		expect(limits).toEqual([10, 20, 40, 80, 100, 100]);
		const bounded = new ConcurrencyLimit(25);
		for (let round = 0; round < 5; round++) respond(bounded, 100);
		expect(bounded.current).toBe(25);
	});

	it('does not grow while few requests are in flight', () => {
		const limit = new ConcurrencyLimit();
		for (let each = 0; each < 1000; each++) {
			const response = { kind: '', latencyMs: 100, mostInFlight: 3 };
			limit.recordResponse(response, { inFlight: 3, round: limit.round });
		}
		expect(limit.current).toBe(10);
	});

	it('falls once when requests in flight are throttled together', () => {
		const limit = new ConcurrencyLimit();
		for (let round = 0; round < 3; round++) respond(limit, 100);
		const before = sent(limit);
		for (let each = 0; each < 50; each++) limit.recordThrottled(before);
		expect(limit.current).toBe(56);
	});

	it('is halved by failures, but not by a single one', () => {
		const limit = new ConcurrencyLimit();
		for (let round = 0; round < 2; round++) respond(limit, 100);
		limit.recordFailure(sent(limit));
		expect(limit.current).toBe(40);
		limit.recordFailure(sent(limit));
		expect(limit.current).toBe(20);
	});

	it('falls to what the service processes when responses take longer', () => {
		const limit = new ConcurrencyLimit();
		for (let round = 0; round < 3; round++) respond(limit, 100);
		respond(limit, 200);
		expect(limit.current).toBeGreaterThanOrEqual(40);
		expect(limit.current).toBeLessThanOrEqual(50);
	});

	it('grows again if fewer requests in flight do not make responses faster', () => {
		const limit = new ConcurrencyLimit();
		for (let round = 0; round < 4; round++) respond(limit, 100);
		for (let round = 0; round < 20; round++) respond(limit, 300);
		expect(limit.current).toBeGreaterThanOrEqual(90);
	});

	it('compares requests of the same kind only', () => {
		const limit = new ConcurrencyLimit();
		for (let each = 0; each < 500; each++) {
			const kind = each % 2 === 0 ? 'fast' : 'slow';
			const latencyMs = kind === 'fast' ? 50 : 2000;
			const response = { kind, latencyMs, mostInFlight: limit.current };
			limit.recordResponse(response, sent(limit));
		}
		expect(limit.current).toBe(100);
	});
});

describe('the scheduler', () => {
	beforeEach(() => {
		jest.useFakeTimers();
	});
	afterEach(() => {
		jest.useRealTimers();
	});

	it('keeps a fixed number', async () => {
		const scheduler = new RequestScheduler(3);
		const turns = Array.from({ length: 5 }, async () => await scheduler.turn());
		let started = 0;
		for (const turn of turns) void turn.then(() => started++);
		await jest.advanceTimersByTimeAsync(1000);
		expect(started).toBe(3);
		const first = await turns[0];
		if (first && 'end' in first) first.end();
		await jest.advanceTimersByTimeAsync(1000);
		expect(started).toBe(4);
	});

	it('makes requests that waited for others wait for a pause too', async () => {
		const scheduler = new RequestScheduler(1);
		const first = await scheduler.turn();
		let started = false;
		void scheduler.turn().then(() => (started = true));
		scheduler.rateLimiter.recordThrottled(5000);
		if ('end' in first) first.end();
		await jest.advanceTimersByTimeAsync(4000);
		expect(started).toBe(false);
		await jest.advanceTimersByTimeAsync(1001);
		expect(started).toBe(true);
	});
});
