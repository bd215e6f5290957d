import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { decideRetry, parseHttpDate, parseRetryAfter } from '../../../nodes/engine/http/retry.ts';
import type { Effect, Outcome } from '../../../nodes/engine/http/retry.ts';

const answered = (status: number, retryAfterMs?: number): Outcome => ({
	kind: 'response',
	status,
	retryAfterMs,
});

describe('when a request is retried', () => {
	// outcome, then the decisions for read, idempotent and write
	it.each<[string, Outcome, string, string, string]>([
		['refused connection', { kind: 'unreached', code: 'ECONNREFUSED' }, 'retry', 'retry', 'retry'],
		['unknown host', { kind: 'unreached', code: 'ENOTFOUND' }, 'retry', 'retry', 'retry'],
		[
			'untrusted certificate',
			{ kind: 'unreached', code: 'CERT_HAS_EXPIRED' },
			'retry',
			'retry',
			'retry',
		],
		['429', answered(429), 'retry', 'retry', 'retry'],
		['429 with Retry-After', answered(429, 1000), 'retry', 'retry', 'retry'],
		[
			'400 with an error code for throttling',
			{ kind: 'response', status: 400, throttled: true },
			'retry',
			'retry',
			'retry',
		],
		['503 with Retry-After', answered(503, 1000), 'retry', 'retry', 'unknown'],
		[
			'503 with an error code for throttling',
			{ kind: 'response', status: 503, throttled: true, retryAfterMs: 1000 },
			'retry',
			'retry',
			'retry',
		],
		['503', answered(503), 'retry', 'retry', 'unknown'],
		['500', answered(500), 'retry', 'retry', 'unknown'],
		['502', answered(502), 'retry', 'retry', 'unknown'],
		['504', answered(504), 'retry', 'retry', 'unknown'],
		['522', answered(522), 'retry', 'retry', 'unknown'],
		['501', answered(501), 'fail', 'fail', 'unknown'],
		['lost response', { kind: 'lost', code: 'ECONNRESET' }, 'retry', 'retry', 'unknown'],
		[
			'400 with an error code for a timeout',
			{ kind: 'response', status: 400, timedOut: true },
			'retry',
			'retry',
			'unknown',
		],
		['400', answered(400), 'fail', 'fail', 'fail'],
		['401', answered(401), 'fail', 'fail', 'fail'],
		['403', answered(403), 'fail', 'fail', 'fail'],
		['404', answered(404), 'fail', 'fail', 'fail'],
		['409', answered(409), 'fail', 'fail', 'fail'],
		['422', answered(422), 'fail', 'fail', 'fail'],
		['200', answered(200), 'accept', 'accept', 'accept'],
		['307', answered(307), 'accept', 'accept', 'accept'],
	])('%s', (_what, outcome, ...expected) => {
		const effects: Effect[] = ['read', 'idempotent', 'write'];
		const decisions = effects.map((effect) => {
			const decision = decideRetry(effect, outcome, { attempt: 1, leftMs: 60_000, random: 0.5 });
			return decision.action === 'fail' && decision.outcomeUnknown ? 'unknown' : decision.action;
		});
		expect(decisions).toEqual(expected);
	});

	const wait = (outcome: Outcome, attempt: number, leftMs = 3_600_000, random = 1) =>
		decideRetry('read', outcome, { attempt, leftMs, random });

	it('backs off exponentially with full jitter, up to 30 s', () => {
		const waits = [1, 2, 3, 10].map((attempt) => wait(answered(500), attempt));
		expect(waits).toMatchObject([1000, 2000, 4000, 30_000].map((waitMs) => ({ waitMs })));
		expect(wait(answered(500), 3, 3_600_000, 0.25)).toMatchObject({ waitMs: 1000 });
	});

	it('uses Retry-After instead, and pauses all items', () => {
		expect(wait(answered(429, 7000), 9)).toEqual({
			action: 'retry',
			waitMs: 7000,
			isThrottled: true,
		});
		expect(wait(answered(502), 1)).toMatchObject({ isThrottled: false });
		// without Retry-After, a 503 concerns its own request only
		expect(wait(answered(503), 1)).toMatchObject({ isThrottled: false, waitMs: 1000 });
	});

	it('does not retry at once after a 500 with Retry-After: 0', () => {
		expect(wait(answered(500, 0), 3)).toMatchObject({ action: 'retry', waitMs: 4000 });
		expect(wait(answered(502, 9000), 3)).toMatchObject({ action: 'retry', waitMs: 9000 });
		// the rate limiter delays these
		expect(wait(answered(503, 0), 3)).toMatchObject({ waitMs: 0, isThrottled: true });
	});

	it('stops if the pause exceeds the time that is left, or no time is left', () => {
		expect(wait(answered(429, 7000), 1, 7000)).toMatchObject({ action: 'retry' });
		expect(wait(answered(429, 7000), 1, 6999)).toMatchObject({
			action: 'fail',
			retryAfterMs: 7000,
			pauseMs: 7000,
		});
		expect(wait(answered(503, 7000), 1, 6999)).toMatchObject({ pauseMs: 7000 });
		expect(wait(answered(500, 7000), 1, 6999)).toMatchObject({ pauseMs: undefined });
		expect(wait(answered(429, 0), 1, 0)).toMatchObject({ action: 'fail' });
	});

	const write = (outcome: Outcome, leftMs: number) =>
		decideRetry('write', outcome, { attempt: 1, leftMs, random: 0.5 });

	it('returns when a write may be repeated after a 503 with Retry-After, if a lookup finds nothing', () => {
		expect(write(answered(503, 1000), 1000)).toMatchObject({
			outcomeUnknown: true,
			retryAfterCheckMs: 1000,
			retryAfterMs: undefined,
		});
		expect(write(answered(503, 0), 1000)).toMatchObject({
			outcomeUnknown: true,
			retryAfterCheckMs: 0,
		});
		expect(write(answered(503, 1000), 999)).toMatchObject({
			outcomeUnknown: true,
			retryAfterCheckMs: undefined,
			retryAfterMs: 1000,
		});
		expect(write(answered(503, 0), 0)).toMatchObject({ retryAfterCheckMs: undefined });
		// without Retry-After, the write is never repeated
		expect(write(answered(503), 60_000)).toMatchObject({ retryAfterCheckMs: undefined });
		expect(write(answered(500, 1000), 60_000)).toMatchObject({ retryAfterCheckMs: undefined });
	});

	it('shortens the last wait, so that the last attempt is at the end of the time limit', () => {
		expect(wait(answered(500), 5, 700)).toMatchObject({ action: 'retry', waitMs: 700 });
		expect(wait(answered(429), 5, 700)).toMatchObject({ action: 'retry', waitMs: 700 });
		expect(wait(answered(500), 6, 0)).toMatchObject({ action: 'fail' });
	});

	it('reports a pause only if it is the reason', () => {
		expect(write(answered(500, 1000), 60_000)).toMatchObject({ retryAfterMs: undefined });
		expect(write(answered(400, 1000), 0)).toMatchObject({ retryAfterMs: undefined });
	});

	it('stops after three attempts for an unknown host or an untrusted certificate', () => {
		const codes = ['ENOTFOUND', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'EXPIRED-KEY'];
		for (const code of codes) {
			expect(wait({ kind: 'unreached', code }, 3)).toMatchObject({
				action: 'fail',
				outcomeUnknown: false,
			});
		}
		expect(wait({ kind: 'unreached', code: 'ECONNREFUSED' }, 3)).toMatchObject({ action: 'retry' });
		expect(wait({ kind: 'unreached', code: 'EAI_AGAIN' }, 3)).toMatchObject({ action: 'retry' });
	});
});

describe('Retry-After', () => {
	const now = Date.parse('2026-11-21T09:00:00Z');

	it.each([
		['0', 0],
		['120', 120_000],
		[' 1.5 ', 1500],
		['0.125', 125],
		['Sat, 21 Nov 2026 09:00:30 GMT', 30_000],
		['Sat, 21 Nov 2026 08:00:00 GMT', 0],
		['soon', undefined],
		['-5', undefined],
		['Saturday, 21-Nov-26 09:00:30 GMT', 30_000],
		['Sat Nov 21 09:00:30 2026', 30_000],
		['9'.repeat(400), 366 * 86_400_000],
		['Fri, 21 Nov 9999 09:00:00 GMT', 366 * 86_400_000],
		['2026-11-21', undefined],
		// Date.parse ignores what is in parentheses
		['(soon) Sat, 21 Nov 2026 09:00:30 GMT', undefined],
		['', undefined],
		[undefined, undefined],
		[['1'], undefined],
	])('%j', (value, expected) => {
		expect(parseRetryAfter(value, now)).toBe(expected);
	});
});

describe('a date in a header', () => {
	it('can have spaces around it, and is text', () => {
		expect(parseHttpDate(' Sun, 06 Nov 1994 08:49:37 GMT ')).toBe(784111777000);
		expect(parseHttpDate(' Sun Nov  6 08:49:37 1994 ')).toBe(784111777000);
		expect(parseHttpDate('yesterday')).toBeUndefined();
		for (const odd of [undefined, null, 784111777, ['Sun, 06 Nov 1994 08:49:37 GMT']]) {
			expect(parseHttpDate(odd)).toBeUndefined();
		}
	});

	// in a process of its own: jest gives tests a copy of process.env, so that TZ has no effect there
	it.each(['UTC', 'Pacific/Auckland'])(
		'is in GMT, regardless of the local time zone: %s',
		(zone) => {
			const source = join(import.meta.dirname, '../../../nodes/engine/http/retry.ts');
			const { code } = transformFileSync(source, {
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'es6' },
			});
			const dates = [
				'Sun, 06 Nov 1994 08:49:37 GMT',
				'Sunday, 06-Nov-94 08:49:37 GMT',
				'Sun Nov  6 08:49:37 1994',
			];
			const script = `${code}
				const local = new Date(0).getTimezoneOffset();
				console.log(JSON.stringify([local, ...${JSON.stringify(dates)}.map(parseHttpDate)]));`;
			const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
				env: { ...process.env, TZ: zone },
				encoding: 'utf8',
			});
			const [local, ...times] = JSON.parse(output) as number[];
			expect(local === 0).toBe(zone === 'UTC');
			expect(times).toEqual(dates.map(() => 784111777000));
		},
	);
});
