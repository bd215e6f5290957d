// The number of requests by the number of flows in a project, and what the index of names can and cannot know.
import { randomUUID } from 'node:crypto';
import type { INodeListSearchResult } from 'n8n-workflow';
import { callMethod, run } from '../harness.ts';
import { bodies, credentials, diga, done, node, start } from './case.ts';

/** Adds flows to the sandbox, one per minute until now. @returns their IDs, oldest first */
async function addFlows(count: number): Promise<string[]> {
	await done('flow', 'create', { name: 'Template' });
	const [template] = diga.truth.flows;
	if (!template) throw new Error('There is no flow');
	diga.truth.flows.length = 0;
	const now = Date.now();
	for (let number = 0; number < count; number++) {
		const id = `flow${number}x${randomUUID().replaceAll('-', '')}`.slice(0, 21);
		const created = new Date(now - (count - number) * 60_000).toISOString();
		const draft = { ...template.draft, name: `Flow ${number}` };
		diga.truth.flows.push({ ...template, id, created, updated: created, draft });
	}
	diga.requests.length = 0;
	return diga.truth.flows.map(({ id }) => id);
}

let accounts = 0;

/** A credential that the process has no index for. */
function newAccount() {
	const { digaApi = {} } = credentials();
	return { digaApi: { ...digaApi, account: String(accounts++) } };
}

let current: ReturnType<typeof newAccount>;

/** Creates flows, one per item. @returns the output and the number of requests */
async function create(names: string[], ifItAlreadyExists: string) {
	diga.requests.length = 0;
	const items = names.map((name) => ({ name }));
	const parameters = { name: '={{ $json.name }}', options: { ifItAlreadyExists } };
	const { json, error } = await run([start(items), node('flow', 'create', parameters)], current);
	expect(error).toBeUndefined();
	return { ids: json('Diga').map(({ id }) => id), requests: diga.requests.length };
}

beforeEach(() => {
	current = newAccount();
});

const nameOf = (id: unknown) => diga.truth.flows.find((flow) => flow.id === id)?.draft.name;

/** Changes a flow in another client. */
function rename(id: string, name: string): void {
	const flow = diga.truth.flows.find((one) => one.id === id);
	if (flow) flow.draft = { ...flow.draft, name };
}

describe.each([10, 10_000])('a project with %i flows', (size) => {
	const pages = Math.ceil(size / 30);

	it('Create Another: two requests, for one item and one more per other item', async () => {
		await addFlows(size);
		expect((await create(['New'], 'createAnother')).requests).toBe(2);
		expect((await create(['A', 'B', 'C'], 'createAnother')).requests).toBe(4);
		expect(diga.truth.flows).toHaveLength(size + 4);
	});

	it('Create Another: a lost response takes one more request, and not the flow of the same name', async () => {
		const ids = await addFlows(size);
		diga.misbehave({ method: 'POST', kind: 'cut', worked: true });
		const { ids: created, requests } = await create(['Flow 9'], 'createAnother');
		expect(created).toEqual([diga.truth.flows.at(-1)?.id]);
		expect(created).not.toEqual([ids[9]]);
		expect(requests).toBe(3);
	});

	it('Use the Existing One: reads the list once, then one page and the flow', async () => {
		const ids = await addFlows(size);
		const first = await create(['Flow 3'], 'useExisting');
		expect(first).toEqual({ ids: [ids[3]], requests: pages });
		const again = await create(['Flow 3'], 'useExisting');
		expect(again.ids).toEqual([ids[3]]);
		// the list of a small project is on one page, so that no flow is read separately
		expect(again.requests).toBe(size > 30 ? 2 : 1);
		const none = await create(['New'], 'useExisting');
		expect(none.requests).toBe(3);
		expect(nameOf(none.ids[0])).toBe('New');
	});

	it('the list in the editor: one request', async () => {
		await addFlows(size);
		const { results } = await callMethod<INodeListSearchResult>('diga', 'listSearch.searchFlows', {
			credentials: current,
		});
		expect(results).toHaveLength(Math.min(size, 30));
		expect(diga.requests).toHaveLength(1);
	});

	it('Use the Existing One, 100 items: never more requests than flows or pages need', async () => {
		await addFlows(size);
		const names = Array.from({ length: 100 }, (_, number) => `Flow ${number % size}`);
		expect((await create(names, 'useExisting')).requests).toBe(pages);
		const again = await create(names, 'useExisting');
		expect(again.ids.map(nameOf)).toEqual(names);
		expect(again.requests).toBeLessThanOrEqual(size > 30 ? 101 : 1);
	});
});

describe('the index of names', () => {
	it('reads a flow before it is used: renamed and deleted flows are not', async () => {
		const [renamed = '', deleted = ''] = await addFlows(200);
		await create(['Flow 0', 'Flow 1'], 'useExisting');
		rename(renamed, 'Something else');
		diga.truth.flows.splice(
			diga.truth.flows.findIndex(({ id }) => id === deleted),
			1,
		);
		const { ids } = await create(['Flow 0', 'Flow 1'], 'useExisting');
		expect(ids.map(nameOf)).toEqual(['Flow 0', 'Flow 1']);
		expect(ids).not.toContain(deleted);
		expect(diga.truth.flows).toHaveLength(201);
		// it was read for its old name, so that its new name is known
		expect((await create(['Something else'], 'useExisting')).ids).toEqual([renamed]);
	});

	it('knows flows that other clients have created since, and uses the oldest', async () => {
		const [oldest = ''] = await addFlows(200);
		await create(['Flow 0'], 'useExisting');
		for (const name of ['Flow 0', 'Elsewhere']) {
			const [flow] = diga.truth.flows;
			const created = new Date().toISOString();
			if (flow)
				diga.truth.flows.push({
					...flow,
					id: `${name.replace(' ', '')}xxxxxxxxxxxx`,
					created,
					draft: { ...flow.draft, name },
				});
		}
		const { ids } = await create(['Flow 0', 'Elsewhere'], 'useExisting');
		expect(ids).toEqual([oldest, 'Elsewherexxxxxxxxxxxx']);
	});

	it('is not used for another account', async () => {
		await addFlows(200);
		await create(['Flow 0'], 'useExisting');
		current = newAccount();
		expect((await create(['Flow 0'], 'useExisting')).requests).toBe(7);
	});

	it('is not used if the list has older flows that it does not know', async () => {
		await addFlows(200);
		await create(['Flow 0'], 'useExisting');
		const [other = ''] = await addFlows(200);
		const { ids, requests } = await create(['Flow 0'], 'useExisting');
		expect(ids).toEqual([other]);
		expect(requests).toBe(1 + 7);
	});

	it('is used for 15 minutes', async () => {
		jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout'] });
		try {
			await addFlows(200);
			await create(['Flow 0'], 'useExisting');
			jest.setSystemTime(Date.now() + 14 * 60_000);
			expect((await create(['Flow 0'], 'useExisting')).requests).toBe(2);
			jest.setSystemTime(Date.now() + 2 * 60_000);
			expect((await create(['Flow 0'], 'useExisting')).requests).toBe(7);
		} finally {
			jest.useRealTimers();
		}
	});

	it('is replaced by the list if that takes fewer requests', async () => {
		await addFlows(100);
		const names = Array.from({ length: 60 }, (_, number) => `Flow ${number}`);
		await create(names, 'useExisting');
		const { ids, requests } = await create(names, 'useExisting');
		expect(ids.map(nameOf)).toEqual(names);
		expect(requests).toBeLessThanOrEqual(1 + 4 + 4);
	});

	it('is not kept if the pages are requested by number, because deletes shift them', async () => {
		diga.dialect({ byPage: true });
		await addFlows(100);
		await create(['Flow 0'], 'useExisting');
		expect((await create(['Flow 0'], 'useExisting')).requests).toBe(4);
	});
});

describe('a list that is not sorted by creation', () => {
	it('is read to its end, also for Create Another, and lost creates are found', async () => {
		await addFlows(100);
		diga.truth.flows.reverse();
		diga.misbehave({ method: 'POST', kind: 'cut', worked: true });
		const { ids, requests } = await create(['Flow 9'], 'createAnother');
		expect(ids).toEqual([diga.truth.flows.at(-1)?.id]);
		expect(requests).toBe(4 + 1 + 4);
		expect(bodies('POST')).toHaveLength(1);
	});
});
