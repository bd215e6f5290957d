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

/** Every call that the client can make, each made once. */
const calls: Array<(api: DigaApi) => Promise<unknown>> = [
	(api) => api.createFlow('a'),
	(api) => api.getFlow('*'),
	(api) => api.listFlows(),
	(api) => api.allFlows(),
	(api) => api.deleteFlow('*'),
	(api) => api.renameFlow('*', 'a'),
	(api) => api.setFlowStatus('*', 'ENABLED'),
	(api) => api.publishFlow('*'),
	(api) => api.discardDraft('*'),
	(api) => api.importFlow('*', { displayName: 'a', trigger: {} }),
	(api) => api.testFlow('*'),
	(api) => api.updateTrigger('*', { type: 'EMPTY', displayName: '', settings: {} }),
	(api) => api.testTrigger('*'),
	(api) =>
		api.addStep(
			'*',
			{ name: 'a', type: 'CODE', displayName: 'a', settings: {} },
			{ parentStep: 'a', location: 'AFTER' },
		),
	(api) => api.updateStep('*', { name: 'a', type: 'CODE', displayName: 'a', settings: {} }),
	(api) => api.deleteStep('*', '*'),
	(api) => api.moveStep('*', 'a', { parentStep: 'a', location: 'AFTER' }),
	(api) => api.testStep('*', '*'),
	(api) => api.getSampleData('*', '*', 'OUTPUT'),
	(api) => api.saveSampleData('*', '*', { payload: 1, type: 'OUTPUT', dataType: 'JSON' }),
	(api) => api.addBranch('*', { stepName: 'a', branchIndex: 0, branchName: 'a' }),
	(api) => api.deleteBranch('*', { stepName: 'a', branchIndex: 0 }),
	(api) => api.duplicateBranch('*', { stepName: 'a', branchIndex: 0 }),
	(api) => api.moveBranch('*', { stepName: 'a', branchIndex: 0, newIndex: 1 }),
	(api) => api.listExecutions('*'),
	(api) => api.getExecution('*'),
	(api) => api.findExecution('*'),
	(api) => api.listPieces(),
	(api) => api.getPiece('*'),
	(api) => api.listConnections(),
	(api) => api.createConnection({ piece_name: 'a', display_name: 'a', type: 'NO_AUTH' }),
	(api) => api.listTemplates({ language: 'en' }),
	(api) => api.getTemplate('*'),
	(api) => api.copyTemplate('*', {}),
];

/** A client whose answers have something of everything; what is done with them is shown elsewhere. */
function client(requests: Request[]): DigaApi {
	const send = async (request: Request) => {
		requests.push(request);
		return await Promise.resolve({ status: 200, body: { id: 'x', flow_id: 'x', data: [] } });
	};
	return new DigaApi({ send } as unknown as HttpClient);
}

/** What a call asks for. */
async function requestsOf(call: (api: DigaApi) => Promise<unknown>): Promise<Request[]> {
	const requests: Request[] = [];
	await call(client(requests)).catch(() => undefined);
	return requests;
}

describe('the paths of Diga', () => {
	it('are those of the contract, slash for slash, and all of them (traps 6, 7, 34)', async () => {
		const asked = (await Promise.all(calls.map(requestsOf))).flat();
		const lines = asked.map(({ method, path }) => `${method} ${path}`);
		expect([...new Set(lines)].sort()).toEqual(await inContract());
		expect(lines.filter((line) => line.endsWith('/'))).toEqual([
			'POST /v1/workflow/',
			'GET /v1/workflow/',
			'GET /v1/workflow/',
		]);
	});

	it('are all in one table, each of which a call uses (trap 34)', async () => {
		const table = Object.values(paths).map((build) => build('*', '*'));
		const asked = (await Promise.all(calls.map(requestsOf))).flat();
		expect([...new Set(asked.map(({ path }) => path))].sort()).toEqual([...new Set(table)].sort());
	});

	it('the calls above are all that the client has', async () => {
		const called = new Set<string>();
		const watched = new Proxy(client([]), {
			get: (api, name) => {
				called.add(String(name));
				return Reflect.get(api, name) as unknown;
			},
		});
		await Promise.allSettled(calls.map((call) => call(watched)));
		const methods = Object.getOwnPropertyNames(DigaApi.prototype);
		expect(methods.filter((name) => name !== 'constructor' && !called.has(name))).toEqual([]);
	});

	it('only what can be repeated is marked so: creates, tests and branches never are (trap 33)', async () => {
		const asked = (await Promise.all(calls.map(requestsOf))).flat();
		const effects = new Map(asked.map(({ method, path, effect }) => [`${method} ${path}`, effect]));
		const ofKind = (kind: string) =>
			[...effects].flatMap(([line, effect]) => (effect === kind ? [line] : [])).sort();
		expect(ofKind('read').every((line) => line.startsWith('GET '))).toBe(true);
		expect(ofKind('idempotent')).toEqual([
			'DELETE /v1/workflow/*',
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
		'refuse the flow ID %j (trap 12)',
		(id) => {
			expect(() => paths.flow(id)).toThrow(`Flow cannot be "${id}"`);
		},
	);
});
