import type { RunAttempt } from '../../sandbox/portable/portable.ts';
import { run } from '../harness.ts';
import type { Result } from '../harness.ts';
import { credentials, portable, start } from './case.ts';

/** Runs an operation for one item. */
async function operate(
	resource: string,
	operation: string,
	parameters: object = {},
	item: object = {},
): Promise<Result> {
	return await run(
		[
			start([item]),
			{ name: 'Portable', type: 'portable', parameters: { resource, operation, ...parameters } },
		],
		credentials(),
	);
}

/** A locator as the editor stores it. */
const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

async function createSource(more: object = {}): Promise<number> {
	const { json } = await operate('source', 'create', {
		sourceSpec: 'freshsales',
		displayName: 'Sales',
		properties: {
			pair: [
				{ name: 'domain', type: 'text', value: 'acme.example' },
				{ name: 'api_key', type: 'text', value: 'hidden' },
			],
		},
		...more,
	});
	return Number(json('Portable')[0]?.id);
}

async function createFlow(): Promise<{ id: number; source: number; destination: number }> {
	const source = await createSource();
	const made = await operate('destination', 'create', { destinationSpec: 'bigquery' });
	const destination = Number(made.json('Portable')[0]?.id);
	const { json } = await operate('flow', 'create', {
		source: byId(source),
		destination: byId(destination),
		displayName: 'Mine',
		schedule: 'frequency',
		frequency: '24h',
	});
	return { id: Number(json('Portable')[0]?.id), source, destination };
}

const last = () => {
	const { method, path, body } = portable.requests.at(-1) ?? { method: '', path: '', body: '' };
	return { method, path, body: body === '' ? undefined : (JSON.parse(body) as unknown) };
};

function addRuns(flow: number, count: number, more: Partial<RunAttempt> = {}): void {
	for (let index = 0; index < count; index++) {
		portable.truth.runs.push({
			id: 1000 + portable.truth.runs.length,
			flow,
			trigger: 'scheduled',
			lifecycle: 'NOT_RUNNING',
			disposition: 'SUCCEEDED',
			completedAt: '2026-01-01T00:00:00Z',
			createdAt: '2026-01-01T00:00:00Z',
			...more,
		});
	}
}

describe('source > update', () => {
	it('sends only what is set', async () => {
		const id = await createSource();
		const { json } = await operate('source', 'update', {
			source: byId(id),
			displayName: 'Renamed',
		});
		expect(last()).toEqual({
			method: 'PATCH',
			path: `/v2/sources/${id}`,
			body: { displayName: 'Renamed' },
		});
		expect(json('Portable')).toMatchObject([{ id, displayName: 'Renamed' }]);

		await operate('source', 'update', {
			source: byId(id),
			properties: { pair: [{ name: 'domain', type: 'text', value: 'b.example' }] },
		});
		expect(last().body).toEqual({ properties: { domain: 'b.example' } });
	});

	it('rejects the mask of a secret that a response had', async () => {
		const id = await createSource();
		const got = await operate('source', 'get', { source: byId(id) });
		const before = portable.requests.length;
		const { error } = await operate(
			'source',
			'update',
			{ source: byId(id), specifyProperties: 'json', propertiesJson: '={{ $json.properties }}' },
			got.json('Portable')[0],
		);
		expect(error?.message).toBe(
			'Properties: "api_key" is the mask that Portable shows in place of a secret [Item 0]',
		);
		expect(portable.requests).toHaveLength(before);
	});

	it('rejects an update without changes', async () => {
		const { error } = await operate('source', 'update', { source: byId(5) });
		expect(error?.message).toContain('Nothing to update');
		expect(portable.requests).toHaveLength(0);
	});

	it('is retried, because an update is idempotent', async () => {
		const id = await createSource();
		portable.misbehave({ method: 'PATCH', kind: 'cut', worked: true });
		const { error } = await operate('source', 'update', {
			source: byId(id),
			displayName: 'Renamed',
		});
		expect(error).toBeUndefined();
		expect(portable.requests.filter(({ method }) => method === 'PATCH')).toHaveLength(2);
	});
});

describe.each([
	['source', { sourceSpec: 'freshsales' }],
	['destination', { destinationSpec: 'bigquery' }],
])('%s > get, get many, verify', (kind, input) => {
	const create = async () => Number((await operate(kind, 'create', input)).json('Portable')[0]?.id);

	it('gets a resource by its ID', async () => {
		const id = await create();
		const { json } = await operate(kind, 'get', { [kind]: byId(` ${id} `) });
		expect(json('Portable')).toMatchObject([{ id }]);
	});

	it('gets a resource from the list if Portable offers no path for it', async () => {
		portable.dialect({ noGets: true });
		const id = await create();
		const { json } = await operate(kind, 'get', { [kind]: byId(id) });
		expect(json('Portable')).toMatchObject([{ id }]);
	});

	it('reports a missing resource, and that Portable offers no way to read it', async () => {
		const missing = await operate(kind, 'get', { [kind]: byId(4711) });
		expect(missing.error?.message).toBe(`Portable has no ${kind} with the ID 4711 [Item 0]`);
		portable.dialect({ noGets: true, noLists: true });
		const unknown = await operate(kind, 'get', { [kind]: byId(4711) });
		expect(unknown.error?.message).toBe(`Portable does not offer a way to read a ${kind} [Item 0]`);
	});

	it('gets up to Limit or all resources, linked to the input item', async () => {
		const ids = [await create(), await create(), await create()];
		const some = await operate(kind, 'getAll', { returnAll: false, limit: 2 });
		expect(some.json('Portable').map(({ id }) => id)).toEqual(ids.slice(0, 2));
		const all = await operate(kind, 'getAll', { returnAll: true });
		expect(all.json('Portable').map(({ id }) => id)).toEqual(ids);
		expect(all.output('Portable').map(({ pairedItem }) => pairedItem)).toEqual(
			ids.map(() => ({ item: 0 })),
		);
	});

	it('rejects a limit of 0, and reports that there is no list', async () => {
		const none = await operate(kind, 'getAll', { returnAll: false, limit: 0 });
		expect(none.error?.message).toContain('Limit must be a whole number, 1 or more');
		portable.dialect({ noLists: true });
		const { error } = await operate(kind, 'getAll', { returnAll: true });
		expect(error?.message).toBe(`Portable does not offer a list of ${kind}s [Item 0]`);
	});

	it('outputs all checks of a verification, including those that are no errors', async () => {
		const id = await create();
		const { json } = await operate(kind, 'verify', { [kind]: byId(id) });
		expect(json('Portable')[0]).toMatchObject({ isError: false });
		expect(json('Portable')[1]).toMatchObject({ isError: true });
	});

	it('fails with the message of a failed check if Fail When a Check Fails is on', async () => {
		const id = await create();
		const { error } = await operate(kind, 'verify', {
			[kind]: byId(id),
			options: { failWhenACheckFails: true },
		});
		expect(error?.message).toMatch(/^Property \w+ is missing \[Item 0\]$/);
	});
});

describe('source > create setup link', () => {
	it('sends camel case, outputs the snake case of the response, and expires in some hours', async () => {
		const id = await createSource();
		const before = Date.now();
		const { json } = await operate('source', 'createSetupLink', {
			source: byId(id),
			expires: 'in',
			expiresInHours: 2,
			options: { instruction: 'Sign in', imageUrl: 'https://example.com/logo.png' },
		});
		const { body } = last();
		expect(body).toEqual({
			type: 'SOURCE',
			expiresAt: expect.any(String),
			instruction: 'Sign in',
			imageUrl: 'https://example.com/logo.png',
		});
		const { expiresAt } = body as { expiresAt: string };
		expect(Date.parse(expiresAt) - before - 2 * 3_600_000).toBeLessThan(5000);
		expect(json('Portable')[0]).toMatchObject({
			expires_at: expiresAt,
			source_name: 'Sales',
			url: expect.stringContaining('https://'),
		});
	});

	it.each([
		['2026-12-31T18:00:00+01:00', '2026-12-31T17:00:00.000Z'],
		['2026-12-31T18:00:00Z', '2026-12-31T18:00:00.000Z'],
		['={{ DateTime.fromISO("2026-12-31T18:00:00Z") }}', '2026-12-31T18:00:00.000Z'],
		['={{ 1798740000000 }}', '2026-12-31T18:00:00.000Z'],
	])('expires at %s', async (expiresAt, expected) => {
		const id = await createSource();
		await operate('source', 'createSetupLink', { source: byId(id), expires: 'at', expiresAt });
		expect(last().body).toMatchObject({ expiresAt: expected });
	});

	it.each(['={{ "" }}', 'soon', '={{ ({}) }}'])('rejects %s as a time', async (expiresAt) => {
		const { error } = await operate('source', 'createSetupLink', {
			source: byId(5),
			expires: 'at',
			expiresAt,
		});
		expect(error?.message).toContain('Time must be a date and time');
		expect(portable.requests).toHaveLength(0);
	});
});

describe('flow > update', () => {
	it.each([{}, { bare: true }])(
		'reads and sends the IDs of source and destination, which every update requires, and accepts a response without envelope: %j',
		async (dialect) => {
			const { id, source, destination } = await createFlow();
			portable.dialect(dialect);
			const { json } = await operate('flow', 'update', {
				flow: byId(id),
				displayName: 'Renamed',
				schedule: 'none',
			});
			expect(last()).toEqual({
				method: 'PATCH',
				path: `/v2/flows/${id}`,
				body: { source, destination, displayName: 'Renamed' },
			});
			expect(json('Portable')).toMatchObject([{ id, displayName: 'Renamed', frequency: '24h' }]);
		},
	);

	it('replaces a frequency by a cron expression', async () => {
		const { id } = await createFlow();
		const { json } = await operate('flow', 'update', {
			flow: byId(id),
			schedule: 'cron',
			cron: '@daily',
		});
		expect(json('Portable')).toMatchObject([{ cron: '@daily' }]);
		expect(last().body).not.toHaveProperty('frequency');
	});

	it('requires Source and Destination if the flow cannot be read, and uses them', async () => {
		const { id, source, destination } = await createFlow();
		portable.dialect({ noGets: true, noLists: true });
		const { error } = await operate('flow', 'update', { flow: byId(id), displayName: 'Renamed' });
		expect(error?.message).toContain('does not offer a way to read a flow');
		const given = await operate('flow', 'update', {
			flow: byId(id),
			source: byId(source),
			destination: byId(destination),
			displayName: 'Renamed',
		});
		expect(given.json('Portable')).toMatchObject([{ displayName: 'Renamed' }]);
	});

	it('rejects an update without changes', async () => {
		const { error } = await operate('flow', 'update', { flow: byId(5), schedule: 'none' });
		expect(error?.message).toContain('Nothing to update');
		expect(portable.requests).toHaveLength(0);
	});
});

describe('flow > get, get many, status, cancel; workflow > status', () => {
	it('gets a flow and all flows', async () => {
		const { id } = await createFlow();
		expect((await operate('flow', 'get', { flow: byId(id) })).json('Portable')).toMatchObject([
			{ id },
		]);
		expect((await operate('flow', 'getAll', { returnAll: true })).json('Portable')).toMatchObject([
			{ id, displayName: 'Mine' },
		]);
	});

	it.each([
		[{}, 'RUNNING'],
		[{ lowerCase: true }, 'running'],
	])(
		'outputs the status of flows and workflows as received, in upper or lower case: %j',
		async (dialect, lifecycle) => {
			const { id } = await createFlow();
			addRuns(id, 1, { lifecycle: 'RUNNING', disposition: 'NONE', completedAt: null });
			portable.dialect(dialect);
			const { json } = await operate('flow', 'getStatus', { flow: byId(id) });
			expect(json('Portable')).toMatchObject([{ id, lifecycle, errors: null, completedAt: null }]);
			const workflow = await operate('workflow', 'getStatus', { workflow: id });
			expect(workflow.json('Portable')).toEqual(json('Portable'));
		},
	);

	it('cancels, and outputs the status, because the response to a cancel is always the same', async () => {
		const { id } = await createFlow();
		addRuns(id, 1, { lifecycle: 'RUNNING', disposition: 'NONE', completedAt: null });
		const { json } = await operate('flow', 'cancel', { flow: byId(id) });
		expect(json('Portable')).toMatchObject([{ id, lifecycle: 'NOT_RUNNING', disposition: 'NONE' }]);
	});

	it('names a missing flow by its ID, and quotes the message of Portable', async () => {
		const { error } = await operate('flow', 'getStatus', { flow: byId(4711) });
		const message = 'Portable has no flow with the ID 4711 [Item 0]';
		expect(error).toMatchObject({ message, httpCode: '404' });
		expect(error?.description).toContain('Portable returned "Not Found". Check that the ID exists');
	});
});

describe('flow > get runs', () => {
	it('reads the newest runs first, up to Limit', async () => {
		const { id } = await createFlow();
		addRuns(id, 5);
		const { json } = await operate('flow', 'getRuns', {
			flow: byId(id),
			returnAll: false,
			limit: 2,
		});
		expect(json('Portable').map((attempt) => attempt.id)).toEqual([1004, 1003]);
		expect(last().path).toBe(`/v2/flows/${id}/run?limit=2&offset=0&sort=desc`);
	});

	it('reads the oldest runs first if Sort says so', async () => {
		const { id } = await createFlow();
		addRuns(id, 3);
		const { json } = await operate('flow', 'getRuns', {
			flow: byId(id),
			returnAll: true,
			options: { sort: 'asc' },
		});
		expect(json('Portable').map((attempt) => attempt.id)).toEqual([1000, 1001, 1002]);
	});

	it('outputs each run of all pages once, although a new run shifts the pages', async () => {
		const { id } = await createFlow();
		addRuns(id, 2500);
		// a run that starts between two pages
		portable.misbehave({
			method: 'GET',
			path: `/v2/flows/${id}/run`,
			kind: 'delay',
			ms: 50,
			times: 3,
		});
		setTimeout(() => {
			addRuns(id, 1);
		}, 75);
		const { json } = await operate('flow', 'getRuns', { flow: byId(id), returnAll: true });
		const ids = json('Portable').map((attempt) => Number(attempt.id));
		expect(new Set(ids).size).toBe(ids.length);
		for (let wanted = 1000; wanted < 3500; wanted++) expect(ids).toContain(wanted);
	});
});
