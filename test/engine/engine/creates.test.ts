// P2 for creates: no lost and no duplicate resources, for any response and any number of attempts.
import type { IDataObject } from 'n8n-workflow';
import type { InjectedFault } from '../../sandbox/faultInjection.ts';
import { run } from '../harness.ts';
import type { Step } from '../harness.ts';
import { injectFault, credentials, portable, posts, start } from '../portable/case.ts';

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

const createAll = async (count: number, options: object = {}, more: Partial<Step> = {}) =>
	await run([start(customers(count)), createSources(options, more)], credentials());

const retrying = { retryOnFail: true, maxTries: 5, waitBetweenTries: 0 };
const runsInProgress = { onError: 'continueRegularOutput' } as const;
const choices = ['createAnother', 'useExisting', 'stop'];

/** The names of the existing sources, sorted. */
const names = () => portable.truth.sources.map(({ displayName }) => displayName).sort();

const sortedNames = (count: number) =>
	customers(count)
		.map(({ name }) => name)
		.sort();

/** The name in each output item, if the sandbox has it with the ID of the item. */
const linkedToTruth = (items: IDataObject[]) =>
	items.map(({ id, displayName }) =>
		portable.truth.sources.find((source) => source.id === id)?.displayName === displayName
			? displayName
			: `${JSON.stringify(displayName)} has the ID of another`,
	);

const lists = () => portable.requests.filter(({ method }) => method === 'GET').length;

const hintsOf = ({ run: finished }: Awaited<ReturnType<typeof run>>) =>
	(finished.data.resultData.runData.Portable?.[0]?.hints ?? []).map(({ message }) => message);

describe("n8n's Retry On Fail", () => {
	it.each(choices)(
		'%s: one of 20 items fails twice and the list lags by 5 s: 20 resources, no duplicates',
		async (ifItAlreadyExists) => {
			portable.dialect({ lagMs: 5000 });
			injectFault({ kind: 'answer', status: 400, bodyHas: '"Customer 7"', times: 2 });
			const result = await createAll(20, { ifItAlreadyExists }, retrying);
			expect(result.error).toBeUndefined();
			expect(names()).toEqual(sortedNames(20));
			expect(linkedToTruth(result.json('Portable'))).toEqual(customers(20).map(({ name }) => name));
			expect(hintsOf(result).join()).toMatch(/Reused \d+ resources? from an earlier attempt/);
		},
	);

	it.each(choices)(
		'%s: the next attempt finds a resource whose response was lost and that is listed late',
		async (ifItAlreadyExists) => {
			portable.dialect({ lagMs: 3000 });
			injectFault({ kind: 'cut', worked: true });
			const { error, json } = await createAll(1, { ifItAlreadyExists }, retrying);
			expect(error).toBeUndefined();
			expect(names()).toEqual(sortedNames(1));
			expect(linkedToTruth(json('Portable'))).toEqual(['Customer 0']);
		},
		30_000,
	);

	it('the next attempt does not repeat a lost create whose resource is not found', async () => {
		injectFault({ kind: 'cut', worked: false });
		const { error } = await createAll(1, {}, { ...retrying, maxTries: 2 });
		expect(error?.description).toContain('may have been created anyway');
		expect(posts()).toHaveLength(1);
	}, 30_000);

	it('creates a resource for an item whose name has changed', async () => {
		const renamed = createSources({}, retrying);
		renamed.parameters = {
			...renamed.parameters,
			displayName: '={{ $json.name }} {{ $now.toMillis() }}',
		};
		injectFault({ kind: 'answer', status: 400, bodyHas: '"Customer 1 ' });
		const { error, json } = await run([start(customers(2)), renamed], credentials());
		expect(error).toBeUndefined();
		expect(linkedToTruth(json('Portable'))).toEqual(
			json('Portable').map(({ displayName }) => displayName),
		);
	});

	it('creates another resource in another execution', async () => {
		await createAll(1);
		await createAll(1);
		expect(portable.truth.sources).toHaveLength(2);
	});
});

describe('503 with Retry-After', () => {
	const busy = (worked: boolean): InjectedFault => ({
		kind: 'answer',
		status: 503,
		headers: { 'retry-after': '0' },
		body: '{"message": "Busy"}',
		share: 0.1,
		times: Infinity,
		worked,
	});

	it.each([
		['after the work', true],
		['before the work', false],
	])(
		'%s, for a tenth of 60 creates: each exists once',
		async (_when, worked) => {
			injectFault(busy(worked));
			const { error, json } = await createAll(60, { parallelRequests: 10 });
			expect(error).toBeUndefined();
			expect(names()).toEqual(sortedNames(60));
			expect(linkedToTruth(json('Portable'))).toEqual(customers(60).map(({ name }) => name));
		},
		60_000,
	);

	it('is not retried after Keep Retrying For, and the error has the outcome', async () => {
		injectFault({ ...busy(false), share: 1 });
		const { error } = await createAll(1, { keepRetryingFor: 1 });
		expect(error?.message).toBe('Busy [Item 0]');
		expect(error?.description).toContain('Two searches did not find it');
		expect(posts()).toHaveLength(1);
	});

	it('is not retried if the resource cannot be looked up', async () => {
		portable.dialect({ noLists: true });
		injectFault({ ...busy(true), share: 1, times: 1 });
		const { error } = await createAll(1);
		expect(error?.description).toContain('does not offer a list');
		expect(portable.truth.sources).toHaveLength(1);
		expect(posts()).toHaveLength(1);
	});
});

describe('the list before the first create', () => {
	it.each([
		['429', { status: 429, headers: { 'retry-after': '1' } }],
		['500', { status: 500 }],
	])(
		'that fails with %s at first does not keep lost creates from being found',
		async (_status, answer) => {
			portable.misbehave({ method: 'GET', kind: 'answer', times: 1, ...answer });
			injectFault({ kind: 'cut', worked: true, times: Infinity });
			const { error, json } = await createAll(8, { parallelRequests: 8 });
			expect(error).toBeUndefined();
			expect(names()).toEqual(sortedNames(8));
			expect(linkedToTruth(json('Portable'))).toEqual(customers(8).map(({ name }) => name));
		},
		30_000,
	);

	it('takes one request per node run', async () => {
		await createAll(30);
		expect(lists()).toBe(1);
	});

	it('does not prevent creates if it keeps failing, and the error of a lost create says so', async () => {
		portable.misbehave({
			method: 'GET',
			kind: 'answer',
			status: 500,
			body: '{"message": "Broken index"}',
			times: Infinity,
		});
		injectFault({ kind: 'cut', worked: true, bodyHas: '"Customer 3"' });
		const { json } = await createAll(6, { keepRetryingFor: 1 }, runsInProgress);
		expect(names()).toEqual(sortedNames(6));
		const failed = json('Portable').filter((item) => 'error' in item);
		expect(failed).toHaveLength(1);
		expect(JSON.stringify(failed)).toContain('The list could not be read: Broken index.');
		expect(JSON.stringify(failed)).not.toContain('does not offer a list');
	});

	it('fails all items with Use the Existing One if it keeps failing', async () => {
		portable.misbehave({ method: 'GET', kind: 'answer', status: 500, times: Infinity });
		const started = Date.now();
		const { json } = await createAll(
			40,
			{ ifItAlreadyExists: 'useExisting', keepRetryingFor: 2, parallelRequests: 5 },
			runsInProgress,
		);
		expect(Date.now() - started).toBeLessThan(6000);
		expect(json('Portable').filter((item) => 'error' in item)).toHaveLength(40);
		expect(posts()).toHaveLength(0);
	});
});

describe('clocks', () => {
	it('finds a lost create although creation times are 10 s behind the clock of the responses', async () => {
		portable.dialect({ clockMs: -10_000 });
		injectFault({ kind: 'cut', worked: true, times: Infinity });
		const { error, json } = await createAll(8, { parallelRequests: 8 });
		expect(error).toBeUndefined();
		expect(linkedToTruth(json('Portable'))).toEqual(customers(8).map(({ name }) => name));
	}, 30_000);

	it('does not recover a resource that another client created before the request, if earlier creates show the clock', async () => {
		injectFault({ kind: 'delay', ms: 4000, bodyHas: '"Customer 0"' });
		injectFault({ kind: 'cut', worked: false, bodyHas: '"displayName":"Customer 1"' });
		const running = createAll(2, { parallelRequests: 1 }, runsInProgress);
		await new Promise((resolve) => setTimeout(resolve, 1000));
		// a client other than this n8n
		const body = { sourceSpec: 'freshsales', displayName: 'Customer 1' };
		await fetch(`${portable.url}/v2/sources`, {
			method: 'POST',
			headers: { authorization: `Bearer ${portable.token}`, 'content-type': 'application/json' },
			body: JSON.stringify(body, undefined, 1),
		});
		const { json } = await running;
		expect(json('Portable')[1]).toMatchObject({ error: expect.any(String) });
	}, 30_000);
});

describe('responses to creates', () => {
	it('looks up the later resource if two creates of a run have the same ID in the response', async () => {
		injectFault({
			kind: 'answer',
			status: 201,
			body: '{"data": {"id": 7, "odd": true}}',
			worked: true,
			times: 2,
		});
		const { error, json } = await createAll(2, { parallelRequests: 1 });
		expect(error).toBeUndefined();
		const [first, second] = json('Portable');
		expect(first).toMatchObject({ id: 7 });
		expect(second).toMatchObject({ displayName: 'Customer 1' });
	});

	it('fails the item if that resource is not found', async () => {
		injectFault({
			kind: 'answer',
			status: 201,
			body: '{"data": {"id": 7, "odd": true}}',
			times: 4,
		});
		const { json } = await createAll(4, { parallelRequests: 2 }, runsInProgress);
		const failed = json('Portable').filter((item) => 'error' in item);
		expect(failed).toHaveLength(3);
		for (const { error } of failed) {
			expect(error).toMatch(
				/^The response to this create contains the ID 7, which already belongs to the source of Item \d/,
			);
		}
	}, 30_000);

	it('the advice does not name an option that is already set', async () => {
		injectFault({ kind: 'cut', worked: false });
		const { error } = await createAll(1, { ifItAlreadyExists: 'useExisting' });
		expect(error?.description).toContain('run this again later');
		expect(error?.description).not.toContain('set If It Already Exists');
	});
});

describe('IDs beyond 2^53', () => {
	beforeEach(() => {
		portable.dialect({ largeIds: true });
	});

	it('keep all digits in responses', async () => {
		const { json } = await createAll(1);
		expect(json('Portable')).toMatchObject([{ id: expect.stringMatching(/^90071992547\d{5}$/) }]);
	});

	it('keep all digits in lists, so that nothing is created twice', async () => {
		const first = await createAll(3, { ifItAlreadyExists: 'useExisting' });
		const second = await createAll(3, { ifItAlreadyExists: 'useExisting' });
		expect(portable.truth.sources).toHaveLength(3);
		expect(second.json('Portable')).toEqual(first.json('Portable'));
	});

	it('are found after a lost response', async () => {
		injectFault({ kind: 'cut', worked: true });
		const { error } = await createAll(1);
		expect(error).toBeUndefined();
		expect(portable.truth.sources).toHaveLength(1);
	});
});

describe('two simultaneous executions in one n8n', () => {
	it('a lost create that was not carried out does not use the resource of the other execution', async () => {
		for (let pair = 0; pair < 4; pair++) {
			injectFault({ kind: 'delay', ms: 200, times: 2, bodyHas: '"Customer 0"' });
			injectFault({ kind: 'cut', worked: false, bodyHas: '"Customer 0"' });
			const both = await Promise.all([
				createAll(1, {}, runsInProgress),
				createAll(1, {}, runsInProgress),
			]);
			const items = both.flatMap(({ json }) => json('Portable'));
			expect(items.filter((item) => 'error' in item)).toHaveLength(1);
			portable.reset();
		}
	}, 60_000);
});

describe('lists with pages', () => {
	const existing = async (count: number) => {
		await createAll(count);
		portable.requests.length = 0;
	};

	const listAll = async (parameters: object = { returnAll: true }) =>
		await run(
			[
				start(),
				{
					name: 'Portable',
					type: 'portable',
					parameters: { resource: 'source', operation: 'getAll', ...parameters },
				},
			],
			credentials(),
		);

	it.each([
		{ says: 'next' },
		{ says: 'link' },
		{ says: 'has_more', byOffset: true },
		{ says: 'total', byOffset: true },
		{ says: 'elsewhere', byOffset: true },
	] as const)('are read to their end: %j', async (how) => {
		await existing(23);
		portable.dialect({ pages: { size: 5, ...how } });
		const listed = await listAll();
		expect(linkedToTruth(listed.json('Portable')).sort()).toEqual(sortedNames(23));
		expect(hintsOf(listed)).toEqual([]);
		const { error } = await createAll(23, { ifItAlreadyExists: 'useExisting' });
		expect(error).toBeUndefined();
		expect(portable.truth.sources).toHaveLength(23);
	});

	it.each([{ says: 'has_more' }, { says: 'total' }, { says: 'elsewhere' }] as const)(
		'and cannot be read to their end: Get Many says so, and nothing is created unchecked: %j',
		async (how) => {
			await existing(23);
			portable.dialect({ pages: { size: 5, ...how } });
			const listed = await listAll();
			expect(listed.json('Portable')).toHaveLength(5);
			expect(hintsOf(listed)).toEqual([
				'The list is incomplete: the service returned 5 results and says that there are more, but not how to get them. [Item 0]',
			]);
			expect(hintsOf(await listAll({ limit: 5 }))).toEqual([]);
			for (const ifItAlreadyExists of ['useExisting', 'stop']) {
				const { json } = await createAll(23, { ifItAlreadyExists }, runsInProgress);
				const failed = json('Portable').filter((item) => 'error' in item);
				expect(failed).toHaveLength(ifItAlreadyExists === 'stop' ? 23 : 18);
			}
			expect(portable.truth.sources).toHaveLength(23);
		},
	);

	it('the error of a lost create says that the list is incomplete', async () => {
		await existing(23);
		portable.dialect({ pages: { size: 5, says: 'has_more' } });
		injectFault({ kind: 'cut', worked: true });
		const { error } = await run([start([{ name: 'New' }]), createSources()], credentials());
		expect(error?.description).toContain('The list is incomplete');
		expect(error?.description).not.toContain('Two searches');
	});
});
