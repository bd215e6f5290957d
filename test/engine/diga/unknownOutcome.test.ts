// Responses that do not show the outcome of a request. The flow is read to find out; an unknown outcome never counts as known.
import type { IDataObject } from 'n8n-workflow';
import { act, aFlow, aFlowWith, requestLines, bodies, codeStep, diga, done, tree } from './case.ts';

const router = {
	stepType: 'ROUTER',
	branches: { branch: [{ branchName: 'A' }, { branchName: 'B' }] },
};

/** A response with only the required members: https://docs.diga.io/api-reference/openapi.json, FlowAllResponse. */
const bare = (id: string, more: object = {}) =>
	JSON.stringify({ id, created: '2026-01-01T00:00:00Z', updated: '2026-01-01T00:00:00Z', ...more });

const answers = (method: string, body: string, more: object = {}) => {
	diga.misbehave({ method, kind: 'answer', status: 200, body, worked: true, ...more });
};

const busy = (method: string, worked: boolean, times = 1) => {
	const headers = { 'retry-after': '0.2' };
	diga.misbehave({ method, kind: 'answer', status: 503, headers, worked, times });
};

const branchNames = () =>
	(diga.truth.flows[0]?.draft.trigger?.nextAction?.settings.branches as IDataObject[]).map(
		({ branchName }) => branchName,
	);

const withRouter = async () => {
	const flow = await aFlow();
	await done('step', 'add', { flow, ...router });
	diga.requests.length = 0;
	return flow;
};

describe('step > add', () => {
	it.each([
		['no trigger', {}],
		['a trigger of null', { trigger: null, flow_category: 'post_call' }],
		['a trigger that is text', { trigger: 'trigger' }],
		['steps without names', { trigger: { nextAction: { type: 'CODE' } } }],
	])('reads the flow if the response has %s', async (_what, more) => {
		const flow = await aFlowWith(1);
		answers('POST', bare(flow, more));
		const [item] = await done('step', 'add', { flow, ...codeStep });
		expect(tree(flow)).toBe('trigger step_1 step_2');
		expect(bodies('POST')).toHaveLength(1);
		expect(item).toMatchObject({ trigger: { nextAction: { nextAction: { name: 'step_2' } } } });
	});

	it('reports an unknown outcome if the flow does not show its steps either', async () => {
		const flow = await aFlowWith(1);
		answers('POST', bare(flow));
		diga.misbehave({ method: 'GET', kind: 'answer', status: 200, body: bare(flow), after: 1 });
		const { error } = await act('step', 'add', { flow, ...codeStep });
		expect(error?.message).toBe(
			'Diga accepted the step "step_2" but does not show the steps of the flow [Item 0]',
		);
		expect(error?.description).toContain(`Check whether the flow ${flow} has the step`);
	});

	it('reports an unknown outcome if the flow cannot be read', async () => {
		const flow = await aFlowWith(1);
		answers('POST', bare(flow));
		diga.misbehave({
			method: 'GET',
			kind: 'answer',
			status: 400,
			body: '{"detail":"No"}',
			after: 1,
		});
		const { error } = await act('step', 'add', { flow, ...codeStep });
		expect(error?.message).toBe('No [Item 0]');
		expect(error?.description).toMatch(
			/^The step "step_2" may have been added: Diga accepted the request, but its response does not show the change/,
		);
	});

	it('says how often the flow was checked, and why a check failed', async () => {
		const flow = await aFlow();
		const lose = () => {
			diga.misbehave({ method: 'POST', kind: 'cut', worked: false });
		};
		lose();
		const twice = await act('step', 'add', { flow, ...codeStep });
		expect(twice.error?.description).toBe(
			`The step "step_1" may have been added anyway. The flow was checked twice and does not show the change. Check the flow ${flow} before you run this again.`,
		);
		lose();
		const failing = {
			method: 'GET',
			kind: 'answer',
			status: 400,
			body: '{"detail":"No"}',
		} as const;
		diga.misbehave({ ...failing, after: 1 });
		const once = await act('step', 'add', { flow, ...codeStep });
		expect(once.error?.description).toContain(
			'The flow was checked once and does not show the change. The flow could not be read to find out: No.',
		);
		lose();
		diga.misbehave({ ...failing, after: 1, times: 2 });
		const never = await act('step', 'add', { flow, ...codeStep });
		expect(never.error?.description).not.toContain('was checked');
		expect(never.error?.description).toContain('The flow could not be read to find out: No.');
		expect(tree(flow)).toBe('trigger');
	}, 20_000);

	it('503 with Retry-After: checks the flow, and repeats the request only if the step is missing', async () => {
		const flow = await aFlow();
		busy('POST', true);
		await done('step', 'add', { flow, ...codeStep });
		expect(bodies('POST')).toHaveLength(1);
		busy('POST', false, 2);
		await done('step', 'add', { flow, ...codeStep });
		expect(bodies('POST')).toHaveLength(4);
		expect(tree(flow)).toBe('trigger step_1 step_2');
	}, 20_000);

	it('503 with Retry-After: stops after Keep Retrying For', async () => {
		const flow = await aFlow();
		busy('POST', false, 50);
		const options = { keepRetryingFor: 3 };
		const { error } = await act('step', 'add', { flow, ...codeStep, options });
		expect(error?.httpCode).toBe('503');
		expect(error?.description).toContain(
			'The flow was checked twice and does not show the change.',
		);
		expect(bodies('POST').length).toBeLessThan(4);
	}, 20_000);

	it('does not guess the end of a chain or an unused name that Diga does not show', async () => {
		const flow = await aFlowWith(2);
		diga.dialect({ sparse: true });
		const end = await act('step', 'add', { flow, ...codeStep, options: { stepName: 'mine' } });
		expect(end.error?.message).toBe(
			'Position cannot be At the End because Diga does not show the steps of the flow [Item 0]',
		);
		const after = { position: 'AFTER', parentStep: 'step_2' };
		const { error } = await act('step', 'add', { flow, ...codeStep, ...after });
		expect(error?.message).toBe(
			'Step Name is empty, and Diga does not show the step names of the flow [Item 0]',
		);
		const moved = await act('step', 'move', { flow, step: 'step_1' });
		expect(moved.error?.message).toMatch(/^Position cannot be At the End/);
		expect(bodies('POST')).toEqual([]);
	});
});

describe('a flow that does not show its steps', () => {
	it('is not treated as an empty flow', async () => {
		const flow = await aFlowWith(2);
		diga.dialect({ sparse: true });
		await done('step', 'delete', { flow, step: 'step_1' });
		expect(tree(flow)).toBe('trigger step_2');
		await done('step', 'update', { flow, step: 'step_2', ...codeStep, displayName: 'New' });
		const parentStep = 'trigger';
		await done('step', 'move', { flow, step: 'step_2', position: 'AFTER', parentStep });
		const { error } = await act('step', 'update', { flow, step: 'step_2', ...codeStep });
		expect(error?.message).toMatch(/^Display Name is empty, and Diga does not show/);
	});
});

describe('step > delete', () => {
	it('reads the flow if the response does not show it, and fails if the step still exists', async () => {
		const flow = await aFlowWith(2);
		answers('DELETE', bare(flow));
		const [item] = await done('step', 'delete', { flow, step: 'step_2' });
		expect(item).toMatchObject({ trigger: { nextAction: { name: 'step_1', nextAction: null } } });
		answers('DELETE', bare(flow), { worked: false });
		const { error } = await act('step', 'delete', { flow, step: 'step_1' });
		expect(error?.message).toBe(
			'Diga did not report an error, but the step "step_1" still exists [Item 0]',
		);
	});

	it('503 with Retry-After: repeats the request only if the step still exists', async () => {
		const flow = await aFlowWith(3);
		busy('DELETE', true);
		await done('step', 'delete', { flow, step: 'step_3' });
		busy('DELETE', false);
		await done('step', 'delete', { flow, step: 'step_2' });
		expect(requestLines().filter((line) => line.startsWith('DELETE'))).toHaveLength(3);
		expect(tree(flow)).toBe('trigger step_1');
	}, 20_000);
});

describe('flow > set status', () => {
	const published = async () => {
		const flow = await aFlow();
		await done('flow', 'publish', { flow, options: { stopWhenStepsAreInvalid: false } });
		diga.requests.length = 0;
		return flow;
	};

	it.each([
		['no status', {}],
		['a status of null', { status: null }],
		['a status of another type', { status: 1 }],
	])('reads the flow if the response has %s', async (_what, more) => {
		const flow = await published();
		answers('PATCH', bare(flow, more));
		expect(await done('flow', 'setStatus', { flow, status: 'ENABLED' })).toMatchObject([
			{ status: 'ENABLED' },
		]);
		answers('PATCH', bare(flow, more), { worked: false });
		const { error } = await act('flow', 'setStatus', { flow, status: 'DISABLED' });
		expect(error?.message).toBe(
			`The flow ${flow} is still ENABLED: Diga accepted the request but did not set DISABLED [Item 0]`,
		);
	});

	it('reads the flow if the response is null', async () => {
		const flow = await published();
		answers('PATCH', 'null');
		const items = await done('flow', 'setStatus', { flow, status: 'ENABLED' });
		expect(items).toMatchObject([{ id: flow, status: 'ENABLED' }]);
	});

	it('reports an unknown outcome if the flow does not show its status either', async () => {
		const flow = await published();
		diga.dialect({ sparse: true });
		const { error } = await act('flow', 'setStatus', { flow, status: 'ENABLED' });
		expect(error?.message).toBe(
			`Diga accepted the request but does not show the status of the flow ${flow} [Item 0]`,
		);
		expect(error?.description).toContain('The flow may be ENABLED anyway');
	});
});

describe('branch', () => {
	const changes: Array<[string, string, object, string[]]> = [
		['add', 'POST', { branchName: 'New', branchIndex: 1 }, ['A', 'New', 'B', 'Otherwise']],
		['delete', 'DELETE', { branchIndex: 0 }, ['B', 'Otherwise']],
		['duplicate', 'POST', { branchIndex: 0 }, ['A', 'A Copy', 'B', 'Otherwise']],
		['move', 'POST', { branchIndex: 0, newIndex: 1 }, ['B', 'A', 'Otherwise']],
	];

	it.each(changes)(
		'%s: recovers a lost response without a second request',
		async (operation, method, more, after) => {
			const flow = await withRouter();
			diga.misbehave({ method, kind: 'cut', worked: true });
			await done('branch', operation, { flow, step: 'step_1', ...more });
			expect(branchNames()).toEqual(after);
			expect(bodies(method)).toHaveLength(1);
		},
	);

	it.each(changes)(
		'%s: repeats the request after 503 with Retry-After only if nothing was done',
		async (operation, method, more, after) => {
			const flow = await withRouter();
			busy(method, false);
			await done('branch', operation, { flow, step: 'step_1', ...more });
			expect(branchNames()).toEqual(after);
			expect(bodies(method)).toHaveLength(2);
		},
		20_000,
	);

	it.each(changes)(
		'%s: reads the flow if the response has no branches, and fails if nothing was done',
		async (operation, method, more, after) => {
			const flow = await withRouter();
			answers(method, bare(flow), { worked: false });
			const { error } = await act('branch', operation, { flow, step: 'step_1', ...more });
			expect(error?.message).toMatch(/^Diga did not report an error, but the branch was not \w+/);
			expect(error?.description).toBe('The branches of "step_1" are A, B, Otherwise.');
			answers(method, bare(flow));
			await done('branch', operation, { flow, step: 'step_1', ...more });
			expect(branchNames()).toEqual(after);
		},
	);

	it('sends no change if the branch is already in place', async () => {
		const flow = await withRouter();
		await done('branch', 'move', { flow, step: 'step_1', branchIndex: 1, newIndex: 1 });
		expect(requestLines()).toEqual([`GET /v1/workflow/${flow}`]);
	});
});

describe('a test', () => {
	it.each([
		['step', '{}'],
		['step', '{"success": null}'],
		['step', '{"success": "false"}'],
		['flow', '{"runId": "r"}'],
		['flow', '{"success": null, "status": "RUNNING"}'],
	])('of a %s does not count as a success if Diga returns %s', async (resource, body) => {
		const flow = await aFlowWith(1);
		answers('POST', body);
		const { error } = await act(resource, 'test', { flow, step: 'step_1' });
		expect(error?.message).toBe(
			'Diga ran the test but does not show whether it succeeded [Item 0]',
		);
		answers('POST', body);
		const options = { failWhenTheTestFails: false };
		expect(await done(resource, 'test', { flow, step: 'step_1', options })).toEqual([
			JSON.parse(body),
		]);
	});

	it('of a flow uses the status if there is no success member', async () => {
		const flow = await aFlowWith(1);
		answers('POST', '{"status": "SUCCEEDED"}');
		expect(await done('flow', 'test', { flow })).toEqual([{ status: 'SUCCEEDED' }]);
		answers('POST', '{"status": "TIMEOUT"}');
		const { error } = await act('flow', 'test', { flow });
		expect(error?.message).toMatch(/ended with the status TIMEOUT/);
	});
});

describe('a list', () => {
	it.each(['{"created":"x"}', 'null', '{"id":7}', '{"id":""}'])(
		'with the entry %s is an error, because the entry could be the resource searched for',
		async (entry) => {
			const list = `{"data":[${entry}],"has_more":false}`;
			diga.misbehave({ method: 'GET', kind: 'answer', status: 200, body: list });
			const options = { ifItAlreadyExists: 'useExisting' };
			const { error } = await act('flow', 'create', { name: 'Mine', options });
			expect(error?.message).toBe('Diga returned a list with an entry that has no ID [Item 0]');
			expect(bodies('POST')).toEqual([]);
			diga.misbehave({ method: 'GET', kind: 'answer', status: 200, body: `[${entry}]` });
			const connections = await act('connection', 'getAll', { returnAll: true });
			expect(connections.error?.message).toMatch(
				/^Diga returned a list with an entry that has no ID/,
			);
		},
	);
});
