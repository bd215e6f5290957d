// What a request does when the service is busy, dead, or answers with something odd:
// shown with the Portable node, in n8n's own engine, over real connections.
import { run } from './harness.ts';
import type { Step } from './harness.ts';
import { befall, credentials, portable, posts, start } from './portableCase.ts';

const customers = (count: number) =>
	Array.from({ length: count }, (_, index) => ({ name: `Customer ${index}` }));

const createSources = (options: object = {}, more: Partial<Step> = {}): Step => ({
	name: 'Portable',
	type: 'portable',
	parameters: {
		resource: 'source',
		operation: 'create',
		sourceSpec: 'freshsales',
		displayName: '={{ $json.name }}',
		options: options as never,
	},
	...more,
});

describe('P2: a service that says it is busy', () => {
	it('503 with Retry-After after the work: not sent again, found, and all items wait', async () => {
		const headers = { 'retry-after': '1' };
		befall({ kind: 'answer', status: 503, headers, worked: true, after: 2 });
		const { error, json } = await run(
			[start(customers(10)), createSources({ parallelRequests: 2 })],
			credentials(),
		);
		expect(error).toBeUndefined();
		expect(posts()).toHaveLength(10);
		expect(portable.truth.sources).toHaveLength(10);
		expect(json('Portable').map(({ displayName }) => displayName)).toEqual(
			customers(10).map(({ name }) => name),
		);
		const busyAt = posts().find(({ status }) => status === 503)?.at ?? 0;
		const later = portable.requests.filter(({ at }) => at > busyAt + 100);
		expect(Math.min(...later.map(({ at }) => at)) - busyAt).toBeGreaterThanOrEqual(990);
	});

	it('a read is sent again after the pause', async () => {
		portable.misbehave({
			method: 'GET',
			kind: 'answer',
			status: 503,
			headers: { 'retry-after': '0' },
		});
		const { error } = await run(
			[start(customers(1)), createSources({ ifItAlreadyExists: 'useExisting' })],
			credentials(),
		);
		expect(error).toBeUndefined();
		expect(posts()).toHaveLength(1);
	});
});

describe('answers that attack', () => {
	it.each([
		['256 KB of a string that never ends', `{"a":9007199254740993,"${'\\"'.repeat(131_072)}`],
		['quotes without an end', '9007199254740993' + '"'.repeat(131_071)],
		['lists without an end', '['.repeat(1024 * 1024)],
	])(
		'%s is refused, and n8n is not held up',
		async (_what, body) => {
			portable.misbehave({ method: 'GET', kind: 'answer', status: 200, body });
			const { error } = await run(
				[start(customers(1)), createSources({ ifItAlreadyExists: 'useExisting' })],
				credentials(),
			);
			expect(error?.message).toMatch(
				/^(Portable answered with something other than JSON|The answer is nested deeper than 100000)/,
			);
			expect(posts()).toHaveLength(0);
		},
		10_000,
	);

	it('8 MB of escaped quotes and a long number are read', async () => {
		const text = '\\"'.repeat(4 * 1024 * 1024);
		befall({
			kind: 'answer',
			status: 201,
			body: `{"data": {"odd": "${text}", "id": 7, "big": 9007199254740993}}`,
		});
		const { error, json } = await run([start(customers(1)), createSources()], credentials(), {
			watch: false,
		});
		expect(error).toBeUndefined();
		expect(json('Portable')[0]).toMatchObject({ id: 7, big: '9007199254740993' });
		expect(json('Portable')[0]?.odd).toHaveLength(4 * 1024 * 1024);
	});
});
