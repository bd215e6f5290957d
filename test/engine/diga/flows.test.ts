import { run } from '../harness.ts';
import {
	act,
	aFlow,
	aFlowWith,
	requestLines,
	bodies,
	codeStep,
	credentials,
	diga,
	done,
	node,
	start,
	tree,
} from './case.ts';

const slackSettings = {
	stepType: 'PIECE',
	piece: '@activepieces/piece-slack',
	action: 'send_channel_message',
	specifyInput: 'json',
	inputJson: '{"channel": "#sales", "text": "Hello"}',
};

const callFinished = {
	piece: '@activepieces/piece-diga',
	trigger: 'callFinished',
	specifyInput: 'json',
	inputJson: '{}',
};

describe('flow > create', () => {
	// Only the collection of flows has the slash, and names are not unique: https://docs.diga.io/api-reference/openapi.json
	it('uses the path with a trailing slash, and outputs the flow as received', async () => {
		const items = await done('flow', 'create', { name: ' Mine ' });
		expect(requestLines()).toEqual(['GET /v1/workflow/?limit=30', 'POST /v1/workflow/']);
		expect(bodies('POST')).toEqual([{ name: 'Mine' }]);
		const [flow] = diga.truth.flows;
		expect(items).toEqual([
			{
				id: flow?.id,
				created: flow?.created,
				updated: flow?.updated,
				name: 'Mine',
				status: 'DISABLED',
				flow_category: 'empty',
				trigger: expect.objectContaining({ name: 'trigger', type: 'EMPTY' }),
				produced_variables: [],
				consumed_variables: [],
			},
		]);
	});

	it.each(['  ', '={{ null }}', '={{ "" }}'])(
		'rejects the name %j before it sends anything',
		async (name) => {
			const { error } = await act('flow', 'create', { name });
			expect(error?.message).toBe('Name is empty [Item 0]');
			expect(requestLines()).toEqual([]);
		},
	);

	it.each([
		['useExisting', 1, 3, undefined],
		['createAnother', 2, 1, undefined],
		['stop', 1, 3, /^The flow "Mine" already exists with the ID \w+ \[Item 0\]$/],
	])('finds a flow of the same name on any page: %s', async (...row) => {
		const [ifItAlreadyExists, count, pages, message] = row;
		const flow = await aFlow();
		for (let number = 0; number < 65; number++) await aFlowNamed(`Other ${number}`);
		const { error, items } = await act('flow', 'create', {
			name: 'Mine',
			options: { ifItAlreadyExists },
		});
		if (message) expect(error?.message).toMatch(message);
		else expect(error).toBeUndefined();
		if (ifItAlreadyExists === 'useExisting') expect(items.map(({ id }) => id)).toEqual([flow]);
		expect(diga.truth.flows.filter(({ draft }) => draft.name === 'Mine')).toHaveLength(count);
		expect(requestLines().filter((line) => line.startsWith('GET'))).toHaveLength(pages);
	});

	it('P2: recovers the flow after a lost response without a second create', async () => {
		await aFlow('Mine');
		diga.misbehave({ method: 'POST', kind: 'cut', worked: true });
		const items = await done('flow', 'create', { name: 'Mine' });
		expect(diga.truth.flows).toHaveLength(2);
		expect(bodies('POST')).toHaveLength(1);
		expect(items[0]?.id).toBe(diga.truth.flows[1]?.id);
	});

	it('P2: fails without a second create if the connection broke before the flow was created', async () => {
		diga.misbehave({ method: 'POST', kind: 'answer', status: 502 });
		const { error } = await act('flow', 'create', { name: 'Mine' });
		expect(error?.description).toMatch(/The flow "Mine" may have been created anyway/);
		expect(diga.truth.flows).toHaveLength(0);
		expect(bodies('POST')).toHaveLength(1);
	});

	it('P2: 20 items, a fifth of the responses lost: each item gets its own flow, created once', async () => {
		diga.misbehave({ method: 'POST', kind: 'cut', worked: true, share: 0.2, times: Infinity });
		const names = Array.from({ length: 20 }, (_, index) => ({ name: `Flow ${index}` }));
		const items = await done('flow', 'create', { name: '={{ $json.name }}' }, names);
		expect(diga.truth.flows.map(({ draft }) => draft.name).sort()).toEqual(
			names.map(({ name }) => name).sort(),
		);
		expect(items.map(({ name }) => name)).toEqual(names.map(({ name }) => name));
	});
});

/** Adds a flow to the sandbox without a request. */
async function aFlowNamed(name: string): Promise<void> {
	await fetch(`${diga.url}/v1/workflow/`, {
		method: 'POST',
		headers: { authorization: `Bearer ${diga.token}`, 'content-type': 'application/json' },
		body: JSON.stringify({ name }),
	});
	diga.requests.pop();
}

describe('flow > get', () => {
	it.each([
		['as received', (id: string) => id],
		['with stray blanks', (id: string) => `  ${id} `],
		['from a page URL', (id: string) => `https://app.diga.example/flows/${id}?tab=1`],
		['from a locator', (id: string) => ({ __rl: true, mode: 'list', value: id })],
	])('takes the ID %s', async (_how, write) => {
		const id = await aFlow();
		const items = await done('flow', 'get', { flow: write(id) });
		expect(items.map((item) => item.id)).toEqual([id]);
		expect(requestLines()).toEqual([`GET /v1/workflow/${id}`]);
	});

	it.each([
		['={{ "" }}', 'Flow is empty [Item 0]'],
		['a/b', 'Flow must be the ID of a flow, but is "a/b" [Item 0]'],
		['piece', 'Flow cannot be "piece" [Item 0]'],
		['template', 'Flow cannot be "template" [Item 0]'],
		['connections', 'Flow cannot be "connections" [Item 0]'],
		['..', 'Flow cannot be ".." [Item 0]'],
		['https://app.diga.example/flows', /^Flow: the URL ".*" does not contain the ID of a flow/],
	])('rejects the ID %j, which would address another endpoint', async (flow, message) => {
		const { error } = await act('flow', 'get', { flow });
		expect(error?.message).toEqual(
			typeof message === 'string' ? message : expect.stringMatching(message),
		);
		expect(requestLines()).toEqual([]);
	});

	// id, created and updated: https://docs.diga.io/api-reference/openapi.json, FlowAllResponse
	it('accepts a response with only the three required members', async () => {
		const id = await aFlow();
		diga.dialect({ sparse: true });
		const [item = {}] = await done('flow', 'get', { flow: id });
		expect(Object.keys(item)).toEqual(['id', 'created', 'updated']);
	});

	// A fifth category was added in 2026: https://docs.diga.io/api-reference/openapi.json, FlowCategory
	it('outputs a category that is not documented, as received', async () => {
		const id = await aFlow();
		diga.dialect({ category: 'between_calls' });
		const [item] = await done('flow', 'get', { flow: id });
		expect(item).toMatchObject({
			flow_category: 'between_calls',
			trigger: { displayName: 'Select Trigger' },
		});
	});

	it.each([
		[{}, 'Flow not found'],
		[{ errorObjects: true }, 'Flow not found'],
	])("names a missing flow by its ID, and quotes Diga's message: %j", async (dialect, text) => {
		diga.dialect(dialect);
		const { error } = await act('flow', 'get', { flow: 'unknown' });
		const message = 'Diga has no flow with the ID unknown [Item 0]';
		expect(error).toMatchObject({ message, httpCode: '404' });
		expect(error?.description).toContain(
			`Diga returned "${text}". Check that the ID exists in the project`,
		);
	});
});

describe('flow > get many', () => {
	const many = async (count: number) => {
		for (let number = 0; number < count; number++) await aFlowNamed(`Flow ${number}`);
	};

	// 30 is the maximum: https://docs.diga.io/api-reference/openapi.json
	it('reads pages of 30, newest first', async () => {
		await many(65);
		const items = await done('flow', 'getAll', { returnAll: true });
		expect(items.map(({ name }) => name)).toEqual(
			Array.from({ length: 65 }, (_, index) => `Flow ${64 - index}`),
		);
		const last = (index: number) => diga.truth.flows[64 - index]?.id ?? '';
		expect(requestLines()).toEqual([
			'GET /v1/workflow/?limit=30',
			`GET /v1/workflow/?after=${last(29)}&limit=30`,
			`GET /v1/workflow/?after=${last(59)}&limit=30`,
		]);
	});

	it('respects the limit', async () => {
		await many(35);
		expect(await done('flow', 'getAll', { limit: 31 })).toHaveLength(31);
		expect(await done('flow', 'getAll', { limit: 2 })).toHaveLength(2);
		expect(requestLines()).toHaveLength(3);
	});

	// Filters may apply after a page was cut.
	it('continues after short and empty pages', async () => {
		await many(40);
		const [oldest] = diga.truth.flows;
		if (oldest) oldest.status = 'ENABLED';
		diga.dialect({ shortPages: true });
		const items = await done('flow', 'getAll', { returnAll: true, filters: { status: 'ENABLED' } });
		expect(items.map(({ id }) => id)).toEqual([oldest?.id]);
		expect(requestLines()).toHaveLength(2);
	});

	it.each(['same', 'none'] as const)(
		'stops if has_more stays true, with the %s cursor',
		async (endless) => {
			await many(3);
			diga.dialect({ endless });
			expect(await done('flow', 'getAll', { returnAll: true })).toHaveLength(3);
			expect(requestLines()).toHaveLength(2);
		},
	);

	it('continues by page number if Diga returns no last_id', async () => {
		await many(65);
		diga.dialect({ byPage: true });
		expect(await done('flow', 'getAll', { returnAll: true })).toHaveLength(65);
		expect(requestLines().slice(1)).toEqual(
			[2, 3].map((page) => `GET /v1/workflow/?page=${page}&limit=30`),
		);
		const name = diga.truth.flows[0]?.draft.name;
		const options = { ifItAlreadyExists: 'useExisting' };
		const [used] = await done('flow', 'create', { name, options });
		expect(used?.id).toBe(diga.truth.flows[0]?.id);
		expect(diga.truth.flows).toHaveLength(65);
	});

	it('reports an incomplete list, and creates nothing without a complete check', async () => {
		await many(3);
		diga.dialect({ endless: 'none' });
		const { run: finished } = await act('flow', 'getAll', { returnAll: true });
		expect(JSON.stringify(finished.data.resultData.runData.Diga?.[0]?.hints)).toContain(
			'The list is incomplete: the service returned 3 results',
		);
		for (const ifItAlreadyExists of ['useExisting', 'stop']) {
			const { error } = await act('flow', 'create', {
				name: 'New',
				options: { ifItAlreadyExists },
			});
			expect(error?.message).toContain('The list is incomplete, so it is unknown');
		}
		expect(diga.truth.flows).toHaveLength(3);
	});

	it('treats an empty cursor as missing', async () => {
		const body = JSON.stringify({ data: [{ id: 'a' }], has_more: true, last_id: '' });
		diga.misbehave({ method: 'GET', kind: 'answer', status: 200, body });
		expect(await done('flow', 'getAll', { returnAll: true })).toEqual([{ id: 'a' }]);
		expect(requestLines()).toHaveLength(2);
	});

	it('sends the filters', async () => {
		const flow = await aFlow();
		await done('trigger', 'update', { flow, ...callFinished });
		await many(1);
		diga.requests.length = 0;
		const filters = { status: 'DISABLED', is_diga_trigger: true, flow_category: 'post_call' };
		const items = await done('flow', 'getAll', { filters });
		expect(items.map(({ id }) => id)).toEqual([flow]);
		expect(requestLines()).toEqual([
			'GET /v1/workflow/?status=DISABLED&is_diga_trigger=true&flow_category=post_call&limit=30',
		]);
		expect(await done('flow', 'getAll', { filters: { is_diga_trigger: false } })).toHaveLength(1);
	});
});

describe('flow > rename, delete, discard draft', () => {
	it('renames the draft', async () => {
		const flow = await aFlow();
		const [item] = await done('flow', 'rename', { flow, name: 'Better' });
		expect(item).toMatchObject({ id: flow, name: 'Better' });
		expect(requestLines()).toEqual([`PATCH /v1/workflow/${flow}/rename`]);
		const { error } = await act('flow', 'rename', { flow, name: ' ' });
		expect(error?.message).toBe('Name is empty [Item 0]');
	});

	it('deletes, and outputs a result for the empty response (204)', async () => {
		const flow = await aFlow();
		expect(await done('flow', 'delete', { flow })).toEqual([{ deleted: true, id: flow }]);
		expect(diga.truth.flows).toEqual([]);
		expect(requestLines()).toEqual([`DELETE /v1/workflow/${flow}`]);
		const { error } = await act('flow', 'delete', { flow });
		expect(error?.message).toBe(`Diga has no flow with the ID ${flow} [Item 0]`);
	});

	it('P2: checks whether the flow still exists if the response to its deletion was lost', async () => {
		const flow = await aFlow();
		diga.misbehave({ method: 'DELETE', kind: 'cut', worked: true });
		expect(await done('flow', 'delete', { flow })).toEqual([{ deleted: true, id: flow }]);
		// IDs are never reused, so the request is repeated
		const other = await aFlow();
		diga.misbehave({ method: 'DELETE', kind: 'cut', worked: false });
		expect(await done('flow', 'delete', { flow: other })).toHaveLength(1);
		const options = { keepRetryingFor: 0 };
		const third = await aFlow();
		diga.misbehave({ method: 'DELETE', kind: 'cut', worked: false });
		const { error } = await act('flow', 'delete', { flow: third, options });
		expect(error?.description).toBe(`The flow ${third} still exists.`);
		diga.misbehave({ method: 'DELETE', kind: 'cut', worked: false });
		diga.misbehave({ method: 'GET', kind: 'answer', status: 200, body: '{}' });
		const odd = await act('flow', 'delete', { flow: third, options });
		expect(odd.error?.description).toContain(
			`does not show whether the flow ${third} still exists`,
		);
		// also if a proxy answers 404 with a page of its own
		diga.misbehave({ method: 'DELETE', kind: 'cut', worked: true });
		diga.misbehave({ method: 'GET', kind: 'answer', status: 404, body: '<html>' });
		expect(await done('flow', 'delete', { flow: third, options })).toHaveLength(1);
		// without the permission to check, the error names the flow
		const fourth = await aFlow();
		diga.misbehave({ method: 'DELETE', kind: 'cut', worked: true });
		diga.dialect({ lacks: ['view'] });
		const blind = await act('flow', 'delete', { flow: fourth, options });
		expect(blind.error?.message).toMatch(/^Diga did not respond/);
		expect(blind.error?.description).toContain(`The flow ${fourth} may have been deleted`);
	});

	it('restores the published version', async () => {
		const flow = await aFlowWith(1);
		const options = { stopWhenStepsAreInvalid: false };
		await done('flow', 'publish', { flow, options });
		await done('step', 'add', { flow, ...codeStep });
		expect(tree(flow)).toBe('trigger step_1 step_2');
		await done('flow', 'discardDraft', { flow });
		expect(tree(flow)).toBe('trigger step_1');
		const { error } = await act('flow', 'discardDraft', { flow: await aFlow('Never') });
		expect(error?.message).toBe('The flow was never published [Item 0]');
	});
});

describe('flow > publish and set status', () => {
	// Publishing does not check steps: https://github.com/activepieces/activepieces, packages/server/api/src/app/flows/flow/flow.service.ts
	it('does not publish invalid steps, and lists them', async () => {
		const flow = await aFlowWith(1);
		await done('step', 'add', { flow, ...slackSettings, inputJson: '{}' });
		const { error } = await act('flow', 'publish', { flow });
		expect(error?.message).toBe(
			`The flow ${flow} was not published because it has invalid steps: Select Trigger (trigger), Send Message to a Channel (step_2) [Item 0]`,
		);
		expect(diga.truth.flows[0]?.published).toBeUndefined();
		await done('flow', 'publish', { flow, options: { stopWhenStepsAreInvalid: false } });
		expect(diga.truth.flows[0]?.published).toBeDefined();
	});

	// Activepieces enables a flow when it publishes it; Diga does not document this: https://github.com/activepieces/activepieces, packages/server/api/src/app/flows/flow/flow.service.ts
	it('outputs the status after publishing, whether or not publishing enables; edits only change the draft', async () => {
		const flow = await aFlow();
		await done('trigger', 'update', { flow, ...callFinished });
		expect((await done('flow', 'publish', { flow }))[0]?.status).toBe('DISABLED');
		diga.dialect({ publishEnables: true });
		expect((await done('flow', 'publish', { flow }))[0]?.status).toBe('ENABLED');
		await done('flow', 'rename', { flow, name: 'New' });
		// GET shows the draft
		expect((await done('flow', 'get', { flow }))[0]?.name).toBe('New');
		expect(diga.truth.flows[0]?.published?.name).toBe('Mine');
	});

	// https://docs.diga.io/api-reference/workflows/change-flow-status
	it('fails if Diga accepts the status of a flow that was never published and does nothing', async () => {
		const flow = await aFlow();
		const { error } = await act('flow', 'setStatus', { flow, status: 'ENABLED' });
		expect(error?.message).toBe(
			`The flow ${flow} is still DISABLED: Diga accepted the request but did not set ENABLED [Item 0]`,
		);
		expect(error?.description).toMatch(/^Publish the flow first/);
		diga.dialect({ sparse: true });
		const silent = await act('flow', 'setStatus', { flow, status: 'ENABLED' });
		expect(silent.error?.message).toContain('does not show the status of the flow');
	});

	it('enables and disables a published flow', async () => {
		const flow = await aFlow();
		await done('trigger', 'update', { flow, ...callFinished });
		await done('flow', 'publish', { flow });
		for (const status of ['ENABLED', 'DISABLED']) {
			expect((await done('flow', 'setStatus', { flow, status }))[0]?.status).toBe(status);
		}
	});

	it('repeats idempotent requests after a lost response', async () => {
		const flow = await aFlow();
		await done('trigger', 'update', { flow, ...callFinished });
		for (const method of ['POST', 'PATCH']) {
			diga.misbehave({ method, kind: 'cut', worked: true });
		}
		await done('flow', 'publish', { flow });
		expect((await done('flow', 'setStatus', { flow }))[0]?.status).toBe('ENABLED');
	});
});

describe('flow > import', () => {
	const exported = {
		displayName: 'Exported',
		schemaVersion: '7',
		trigger: {
			name: 'trigger',
			type: 'PIECE_TRIGGER',
			displayName: 'Call Finished',
			settings: {
				pieceName: '@activepieces/piece-diga',
				pieceVersion: '0.3.1',
				triggerName: 'callFinished',
				input: {},
			},
			nextAction: {
				name: 'step_1',
				type: 'LOOP_ON_ITEMS',
				displayName: 'Loop',
				settings: { items: '{{trigger.rows}}' },
				firstLoopAction: {
					name: 'step_2',
					type: 'CODE',
					displayName: 'Code',
					settings: { sourceCode: { code: '1', packageJson: '{}' }, input: {} },
				},
			},
		},
	};

	it.each([
		['an exported flow', exported, '7'],
		['a template', { template: exported }, '7'],
		['the trigger alone', exported.trigger, undefined],
	])('accepts %s, and overwrites all steps', async (_what, flowJson, schemaVersion) => {
		const flow = await aFlowWith(3);
		await done('flow', 'import', { flow, name: 'Imported', flowJson: JSON.stringify(flowJson) });
		expect(tree(flow)).toBe('trigger step_1(step_2)');
		expect(bodies('POST')).toEqual([
			{
				displayName: 'Imported',
				trigger: exported.trigger,
				...(schemaVersion !== undefined && { schemaVersion }),
			},
		]);
	});

	// Responses have no settings.items and settings.sourceCode: https://docs.diga.io/api-reference/openapi.json, StepSettingsResponse
	it('rejects the output of Get, which lacks loops and code', async () => {
		const flow = await aFlow();
		await done('flow', 'import', { flow, name: 'A', flowJson: JSON.stringify(exported) });
		const [got] = await done('flow', 'get', { flow });
		diga.requests.length = 0;
		const { error } = await act('flow', 'import', {
			flow,
			name: 'A',
			flowJson: JSON.stringify(got),
		});
		expect(error?.message).toBe(
			'Flow (JSON): the step Loop (step_1) has no settings.items [Item 0]',
		);
		expect(error?.description).toContain('would erase them');
		expect(requestLines()).toEqual([]);
	});

	it.each([
		['={{ "" }}', 'Flow (JSON) is empty'],
		['{}', 'Flow (JSON) is empty'],
		['{"a": 1}', 'Flow (JSON) must have a trigger with a type'],
		['[1]', 'Flow (JSON) must be a JSON object'],
		['{"a":', 'Flow (JSON) is not valid JSON'],
	])('rejects %j before it sends anything', async (flowJson, message) => {
		const { error } = await act('flow', 'import', { flow: 'x', name: 'A', flowJson });
		expect(error?.message).toContain(message);
		expect(requestLines()).toEqual([]);
	});
});

describe('flow > test', () => {
	it('runs the flow once, and outputs the result', async () => {
		const flow = await aFlowWith(2);
		const items = await done('flow', 'test', { flow });
		expect(items).toEqual([
			expect.objectContaining({
				success: true,
				status: 'SUCCEEDED',
				runId: diga.truth.runs[0]?.id,
			}),
		]);
		expect(diga.truth.tests).toEqual(['step_1', 'step_2']);
		diga.misbehave({ method: 'POST', kind: 'cut', worked: true });
		const { error } = await act('flow', 'test', { flow });
		expect(error?.message).toMatch(/^Diga did not respond/);
		expect(bodiesOfTests()).toBe(2);
	});

	const bodiesOfTests = () => requestLines().filter((line) => line.endsWith('/test')).length;

	it.each([true, false])(
		'fails if the test did not succeed and Fail When the Test Fails is %s',
		async (failWhenTheTestFails) => {
			const flow = await aFlow();
			await done('step', 'add', { flow, ...slackSettings, inputJson: '{}' });
			const { error, items } = await act('flow', 'test', {
				flow,
				options: { failWhenTheTestFails },
			});
			if (failWhenTheTestFails) {
				expect(error?.message).toBe(
					`The test of the flow ${flow} ended with the status FAILED [Item 0]`,
				);
				expect(error?.description).toContain(diga.truth.runs[0]?.id);
			} else expect(items).toEqual([expect.objectContaining({ success: false })]);
		},
	);
});

describe('errors from Diga', () => {
	it('P5: names the fields of a 422 at any depth', async () => {
		const flow = await aFlow();
		diga.misbehave({
			method: 'PATCH',
			kind: 'answer',
			status: 422,
			body: JSON.stringify({
				detail: [
					{
						type: 'string_too_short',
						loc: ['body', 'name'],
						msg: 'String should have at least 1 character',
					},
					{ type: 'missing', loc: ['body', 'action', 0, 'settings'], msg: 'Field required' },
				],
			}),
		});
		const { error } = await act('flow', 'rename', { flow, name: 'A' });
		expect(error?.message).toBe(
			'name: String should have at least 1 character; action.0.settings: Field required [Item 0]',
		);
		expect(error?.context?.data).toMatchObject({
			fields: [
				{ path: 'name', text: 'String should have at least 1 character' },
				{ path: 'action.0.settings', text: 'Field required' },
			],
		});
	});

	it("P5: names the fields of the sandbox's own 422", async () => {
		const flow = await aFlow();
		await done('step', 'add', { flow, stepType: 'ROUTER' });
		const { error } = await act('branch', 'add', {
			flow,
			step: 'step_1',
			branchName: 'A',
			specifyConditions: 'json',
			conditionsJson: '[[{"firstValue": "a", "operator": "ODD"}]]',
		});
		expect(error?.message).toMatch(/^conditions\S*: .* \[Item 0\]$/);
	});

	it.each([
		['{"detail": "Plan limit reached"}', 'Plan limit reached [Item 0]'],
		['{"detail": {"message": "Deep"}}', 'Deep [Item 0]'],
		['{"status": "error", "error_code": "X", "message": "Plain"}', 'Plain [Item 0]'],
		['{"detail": []}', 'Diga returned status 409 [Item 0]'],
		['<html>', 'Diga returned status 409 [Item 0]'],
		['[]', 'Diga returned status 409 [Item 0]'],
	])('P5: shows the message in %s', async (body, message) => {
		diga.misbehave({ method: 'POST', kind: 'answer', status: 409, body });
		const { error } = await act('flow', 'create', { name: 'A' });
		expect(error).toMatchObject({ message, httpCode: '409' });
	});

	it.each([
		['view', 'flow', 'get', {}],
		['create', 'flow', 'create', { name: 'A' }],
		['update', 'flow', 'rename', { name: 'A' }],
		['delete', 'flow', 'delete', {}],
	] as const)(
		'names the missing permission: workflows.%s',
		async (right, resource, operation, more) => {
			const flow = await aFlow();
			diga.dialect({ lacks: [right] });
			const { error } = await act(resource, operation, { flow, ...more });
			expect(error).toMatchObject({ message: 'Missing permission [Item 0]', httpCode: '403' });
			expect(error?.description).toContain(`needs the permission workflows.${right}.`);
		},
	);

	it('says where to create a key if Diga rejects it', async () => {
		const { error } = await run([start(), node('flow', 'getAll')], {
			digaApi: { baseUrl: diga.url, apiKey: 'wrong-key-4711' },
		});
		expect(error).toMatchObject({
			message: 'Invalid or missing API key [Item 0]',
			httpCode: '401',
		});
		expect(error?.description).toContain('Settings > Project > API Keys');
	});

	// FastAPI redirects if a slash is missing or extra; following would move the key to another address:
	// https://github.com/fastapi/fastapi/issues/4990
	it('does not follow redirects, and names their target', async () => {
		diga.misbehave({
			method: 'GET',
			kind: 'answer',
			status: 307,
			headers: { location: 'http://elsewhere.example/v1/workflow/x' },
		});
		const { error } = await act('flow', 'get', { flow: 'x' });
		expect(error?.message).toBe(
			'Diga returned a redirect to http://elsewhere.example/v1/workflow/x, which was not followed [Item 0]',
		);
		expect(requestLines()).toHaveLength(1);
	});

	// Behind a TLS proxy, Starlette builds the location with http: https://github.com/encode/starlette/discussions/2651
	it('without the trailing slash, Diga would redirect to plain http', async () => {
		const authorization = `Bearer ${diga.token}`;
		const { status, headers } = await fetch(`${diga.url}/v1/workflow?limit=1`, {
			headers: { authorization },
			redirect: 'manual',
		});
		expect([status, headers.get('location')]).toEqual([307, `${diga.url}/v1/workflow/?limit=1`]);
		expect(headers.get('location')).toMatch(/^http:/);
	});

	it('P7: redacts the key if Diga repeats it', async () => {
		diga.misbehave({
			method: 'GET',
			kind: 'answer',
			status: 400,
			body: JSON.stringify({ detail: `Bad key ${diga.token}` }),
		});
		const { error } = await act('flow', 'get', { flow: 'x' });
		expect(error?.message).toBe('Bad key *** [Item 0]');
	});

	it('rejects an empty key by its label', async () => {
		const { error } = await run([start(), node('flow', 'getAll')], {
			digaApi: { baseUrl: diga.url, apiKey: ' ' },
		});
		expect(error?.message).toBe('The API key in the credential is empty [Item 0]');
		expect(credentials()).toHaveProperty('digaApi.apiKey', diga.token);
	});
});
