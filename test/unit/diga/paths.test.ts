import { DigaApi } from '../../../nodes/Diga/api/DigaApi.ts';
import { paths } from '../../../nodes/Diga/api/paths.ts';
import type { HttpClient, Request } from '../../../nodes/engine/http/client.ts';
import { Contract } from '../../sandbox/contract.ts';

/** `METHOD path` of everything in the contract, with `*` for each variable segment. */
async function inContract(): Promise<string[]> {
	const operations = await new Contract('diga.yaml', { token: '', handlers: {} }).operations();
	return operations
		.map(({ method, path }) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '*')}`)
		.sort();
}

/** Every method of the client, called once. */
const calls: Array<(api: DigaApi) => Promise<unknown>> = [
	(api) => api.flows.create('a'),
	(api) => api.flows.get('*'),
	(api) => api.flows.find('*'),
	(api) => api.flows.list(),
	(api) => api.flows.listAll(),
	(api) => api.flows.delete('*'),
	(api) => api.flows.rename('*', 'a'),
	(api) => api.flows.setStatus('*', 'ENABLED'),
	(api) => api.flows.publish('*'),
	(api) => api.flows.discardDraft('*'),
	(api) => api.flows.import('*', { displayName: 'a', trigger: {} }),
	(api) => api.flows.test('*'),
	(api) => api.flows.updateTrigger('*', { type: 'EMPTY', displayName: '', settings: {} }),
	(api) => api.flows.testTrigger('*'),
	(api) =>
		api.steps.add(
			'*',
			{ name: 'a', type: 'CODE', displayName: 'a', settings: {} },
			{ parentStep: 'a', location: 'AFTER' },
		),
	(api) => api.steps.update('*', { name: 'a', type: 'CODE', displayName: 'a', settings: {} }),
	(api) => api.steps.delete('*', '*'),
	(api) => api.steps.move('*', 'a', { parentStep: 'a', location: 'AFTER' }),
	(api) => api.steps.test('*', '*'),
	(api) => api.steps.getSampleData('*', '*', 'OUTPUT'),
	(api) => api.steps.saveSampleData('*', '*', { payload: 1, type: 'OUTPUT', dataType: 'JSON' }),
	(api) => api.branches.add('*', { stepName: 'a', branchIndex: 0, branchName: 'a' }),
	(api) => api.branches.delete('*', { stepName: 'a', branchIndex: 0 }),
	(api) => api.branches.duplicate('*', { stepName: 'a', branchIndex: 0 }),
	(api) => api.branches.move('*', { stepName: 'a', branchIndex: 0, newIndex: 1 }),
	(api) => api.executions.list('*'),
	(api) => api.executions.get('*'),
	(api) => api.executions.find('*'),
	(api) => api.pieces.list(),
	(api) => api.pieces.get('*'),
	(api) => api.connections.list(),
	(api) => api.connections.create({ piece_name: 'a', display_name: 'a', type: 'NO_AUTH' }),
	(api) => api.templates.list({ language: 'en' }),
	(api) => api.templates.get('*'),
	(api) => api.templates.copy('*', {}),
	(api) => api.agents.list(),
	(api) => api.agents.get('*'),
	(api) => api.agents.findPublished('*'),
	(api) => api.agents.listVersions('*'),
	(api) => api.agents.setFlows('*', ['a']),
	(api) => api.agents.createVersion('*', 'a'),
	(api) => api.agents.publish('*', { version_id: 'a' }),
	(api) => api.phones.ofAgent('*', 'inbound_agent_id'),
	(api) => api.calls.list(),
	(api) => api.calls.get('*'),
	(api) => api.calls.find('*'),
	(api) => api.calls.transcript('*'),
	(api) => api.calls.create({ from_number: 'a', to_number: 'b' }),
	(api) => api.webhooks.find('*'),
	(api) => api.webhooks.listByUrl('a'),
	(api) => api.webhooks.create('a'),
	(api) => api.webhooks.delete('*'),
];

/** A client whose responses satisfy every reader. Other tests check how responses are read. */
function client(requests: Request[]): DigaApi {
	const send = async (request: Request) => {
		requests.push(request);
		return await Promise.resolve({ status: 200, body: { id: 'x', flow_id: 'x', data: [] } });
	};
	return new DigaApi({ send } as unknown as HttpClient);
}

/** The requests that a call sends. */
async function requestsOf(call: (api: DigaApi) => Promise<unknown>): Promise<Request[]> {
	const requests: Request[] = [];
	await call(client(requests)).catch(() => undefined);
	return requests;
}

describe('the paths of Diga (https://docs.diga.io/api-reference/openapi.json)', () => {
	it('are all paths of the contract, with the same slashes', async () => {
		const requests = (await Promise.all(calls.map(requestsOf))).flat();
		const lines = requests.map(({ method, path }) => `${method} ${path}`);
		expect([...new Set(lines)].sort()).toEqual(await inContract());
		expect(lines.filter((line) => line.endsWith('/'))).toEqual([
			'POST /v1/workflow/',
			'GET /v1/workflow/',
			'GET /v1/workflow/',
			'GET /v1/agent/',
			'GET /v1/phone/',
			'GET /v1/call/',
			'POST /v1/call/',
			'GET /v1/webhook/',
			'POST /v1/webhook/',
		]);
	});

	it('are in one table, and every entry is used', async () => {
		const table = Object.values(paths).map((build) => build('*', '*'));
		const requests = (await Promise.all(calls.map(requestsOf))).flat();
		expect([...new Set(requests.map(({ path }) => path))].sort()).toEqual(
			[...new Set(table)].sort(),
		);
	});

	it('the calls above are all that the client has', async () => {
		const called = new Set<string>();
		/** Records which members of an object are read. @param group precedes their names */
		const watch = <T extends object>(target: T, group: string): T =>
			new Proxy(target, {
				get: (object, name, receiver) => {
					called.add(`${group}.${String(name)}`);
					return Reflect.get(object, name, receiver) as unknown;
				},
			});
		const api = client([]);
		const groups = Object.entries(api) as Array<[keyof DigaApi, object]>;
		const watched = Object.fromEntries(groups.map(([name, group]) => [name, watch(group, name)]));
		await Promise.allSettled(calls.map((call) => call(watched as unknown as DigaApi)));
		const methods = groups.flatMap(([name, group]) =>
			Object.getOwnPropertyNames(Object.getPrototypeOf(group)).map((method) => `${name}.${method}`),
		);
		expect(methods.length).toBeGreaterThan(30);
		const unused = methods.filter((name) => !name.endsWith('.constructor') && !called.has(name));
		// sent only after a lost response
		expect(unused).toEqual(['flows.confirmDeleted']);
	});

	it('marks only repeatable requests as idempotent: not creates, tests and changes of branches', async () => {
		const requests = (await Promise.all(calls.map(requestsOf))).flat();
		const effects = new Map(
			requests.map(({ method, path, effect }) => [`${method} ${path}`, effect]),
		);
		const ofKind = (kind: string) =>
			[...effects].flatMap(([line, effect]) => (effect === kind ? [line] : [])).sort();
		expect(ofKind('read').every((line) => line.startsWith('GET '))).toBe(true);
		expect(ofKind('idempotent')).toEqual([
			'DELETE /v1/webhook/*',
			'DELETE /v1/workflow/*',
			'PATCH /v1/agent/*/published_version',
			'PATCH /v1/workflow/*/action',
			'PATCH /v1/workflow/*/rename',
			'PATCH /v1/workflow/*/status',
			'PATCH /v1/workflow/*/trigger',
			'POST /v1/workflow/*/action/move',
			'POST /v1/workflow/*/draft',
			'POST /v1/workflow/*/import',
			'POST /v1/workflow/*/publish',
			'POST /v1/workflow/*/steps/*/sample-data',
		]);
	});

	it.each(['piece', 'template', 'connections', 'executions', '', '.', '..'])(
		'reject the flow ID %j, which would address another endpoint',
		(id) => {
			expect(() => paths.flow(id)).toThrow(`Flow cannot be "${id}"`);
		},
	);

	it.each(['template', 'versions-dropdown', '', '.', '..'])(
		'reject the agent ID %j, which would address another endpoint',
		(id) => {
			expect(() => paths.agent(id)).toThrow(`Agent cannot be "${id}"`);
		},
	);
});
