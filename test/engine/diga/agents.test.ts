// Assigns flows to agents. Each trap of Diga's API has a test: https://docs.diga.io/en/build/flows/assign-agents
import { fastTime } from '../fastTime.ts';
import {
	agentOf,
	anEnabledFlow,
	draftFlows,
	liveFlows,
	RECEPTION,
	SALES,
	setFlows,
	SURVEY,
	writes,
} from './agentCase.ts';
import { act, bodies, diga, done, requestLines } from './case.ts';

fastTime();

const lose = (method: string, path: string, more: object = {}) => {
	diga.misbehave({ method, path, kind: 'cut', worked: true, ...more });
};

describe('agent > get', () => {
	it('reads the draft by default, the published version, or a version', async () => {
		const agent = agentOf();
		diga.agents.launch(agent, { name: 'Second' });
		const [draft] = await done('agent', 'get', { agent: RECEPTION });
		expect(draft).toMatchObject({ agent_id: RECEPTION, is_draft: true });
		const [published] = await done('agent', 'get', { agent: RECEPTION, version: 'published' });
		expect(published).toMatchObject({ version_number: 1, is_published: true });
		const agentVersion = agent.versions[1]?.version_id;
		const [version] = await done('agent', 'get', {
			agent: RECEPTION,
			version: 'specific',
			agentVersion,
		});
		expect(version).toMatchObject({ version_name: 'Second', version_id: agentVersion });
		expect(requestLines()).toEqual([
			`GET /v1/agent/${RECEPTION}`,
			`GET /v1/agent/${RECEPTION}?is_published=true`,
			`GET /v1/agent/${RECEPTION}?version_id=${agentVersion}`,
		]);
	});

	it('never sends both filters, which Diga answers with 400', async () => {
		const answer = await fetch(
			`${diga.url}/v1/agent/${RECEPTION}?version_id=${agentOf().draft.version_id}&is_published=true`,
			{
				headers: { authorization: `Bearer ${diga.token}` },
			},
		);
		expect([answer.status, await answer.json()]).toEqual([
			400,
			expect.objectContaining({ error_code: 'BAD_PARAMETER' }),
		]);
	});

	it('does not output the draft for an agent without a published version', async () => {
		agentOf().published = undefined;
		const { error } = await act('agent', 'get', { agent: RECEPTION, version: 'published' });
		expect(error?.message).toBe(
			`Diga shows no published version of the agent ${RECEPTION} [Item 0]`,
		);
	});

	it('goes by the status of a 403, not by its code, and names the permission', async () => {
		diga.dialect({ lacks: ['view'] });
		const { error } = await act('agent', 'get', { agent: RECEPTION });
		expect(error?.httpCode).toBe('403');
		expect(error?.description).toContain('needs the permission agents.view');
	});

	it.each(['={{ "" }}', 'template', 'versions-dropdown', '../flow', 'x'])(
		'rejects the ID %j',
		async (agent) => {
			const { error } = await act('agent', 'get', { agent });
			expect(error?.message).toMatch(/^Agent (is empty|must be the ID of an agent)/);
			expect(requestLines()).toEqual([]);
		},
	);

	it('finds the ID in the address of a page', async () => {
		await done('agent', 'get', { agent: `https://app.diga.io/agents/${RECEPTION}/edit` });
		expect(requestLines()).toEqual([`GET /v1/agent/${RECEPTION}`]);
	});
});

describe('agent > get many', () => {
	it('reads all pages of up to 100, by the path with a slash', async () => {
		for (let number = 0; number < 120; number++) diga.agents.add(`Agent ${number}`);
		expect(await done('agent', 'getAll', { returnAll: true })).toHaveLength(123);
		expect(requestLines()[0]).toBe('GET /v1/agent/?limit=100');
		expect(requestLines()).toHaveLength(2);
	});

	it('filters by mode, and reads drafts or published versions', async () => {
		const filters = { mode: 'path' };
		expect(await done('agent', 'getAll', { filters })).toMatchObject([{ agent_id: SURVEY }]);
		const published = await done('agent', 'getAll', { filters: { is_published: true } });
		expect(published.map(({ agent_id: id }) => id)).toEqual([SALES, RECEPTION]);
		expect(published.every(({ is_draft: isDraft }) => isDraft === false)).toBe(true);
	});
});

describe('agent > assign flow', () => {
	it('writes the merged flow_ids alone, and outputs the draft', async () => {
		const [first, second] = [await anEnabledFlow('One'), await anEnabledFlow('Two')];
		setFlows([first]);
		agentOf().draft.settings.call_tools = [{ type: 'hang_up', name: 'end' }];
		const [item] = await done('agent', 'assignFlow', { agent: RECEPTION, flow: second });
		expect(bodies('PATCH')).toEqual([{ flow_ids: [first, second] }]);
		expect(draftFlows()).toEqual([first, second]);
		expect(agentOf().draft.settings.call_tools).toHaveLength(1);
		expect(item).toMatchObject({ agent_id: RECEPTION, flows: [{ id: first }, { id: second }] });
		expect(liveFlows()).toEqual([first]);
	});

	it('writes nothing if the agent has the flow', async () => {
		const flow = await anEnabledFlow();
		setFlows([flow]);
		await done('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect(writes()).toEqual([]);
	});

	it('loses no assignment of several items on one agent at once', async () => {
		const flows: string[] = [];
		for (const name of ['A', 'B', 'C', 'D']) flows.push(await anEnabledFlow(name));
		setFlows(['kept']);
		diga.misbehave({ kind: 'delay', ms: 20, times: Infinity });
		const items = flows.map((flow) => ({ flow }));
		await done('agent', 'assignFlow', { agent: RECEPTION, flow: '={{ $json.flow }}' }, items);
		expect(draftFlows()).toEqual(['kept', ...flows]);
	});

	it('assigns again if another client has overwritten the flows', async () => {
		const flow = await anEnabledFlow();
		const working = act('agent', 'assignFlow', { agent: RECEPTION, flow });
		while (!draftFlows().includes(flow)) await new Promise((resolve) => setImmediate(resolve));
		draftFlows().splice(0, Infinity, 'theirs');
		const { error } = await working;
		expect(error).toBeUndefined();
		expect(draftFlows()).toEqual(['theirs', flow]);
	});

	it('two node runs at once lose no assignment', async () => {
		const [one, other] = [await anEnabledFlow('One'), await anEnabledFlow('Two')];
		diga.misbehave({ kind: 'delay', ms: 30, times: Infinity });
		await Promise.all(
			[one, other].map(
				async (flow) => await done('agent', 'assignFlow', { agent: RECEPTION, flow }),
			),
		);
		expect([...draftFlows()].sort()).toEqual([one, other].sort());
	});

	it.each([
		['is not enabled', { status: 'DISABLED' as const }, 'it is DISABLED'],
		['is empty', { draft: { name: 'X', trigger: null } }, 'it has no trigger that an agent fires'],
	])('rejects a flow that %s', async (_what, more, why) => {
		const flow = await anEnabledFlow();
		Object.assign(diga.truth.flows[0] ?? {}, more);
		const { error } = await act('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect(error?.message).toBe(`The flow ${flow} cannot be assigned to an agent: ${why} [Item 0]`);
		expect(writes()).toEqual([]);
	});

	it.each([
		['call_launcher', /it starts calls itself/],
		['weekly', /agents do not run flows of the category "weekly"/],
	])('rejects a flow of the category %s', async (category, why) => {
		const flow = await anEnabledFlow();
		diga.dialect({ category });
		const { error } = await act('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect(error?.message).toMatch(why);
		expect(writes()).toEqual([]);
	});

	it('rejects a flow whose status or category Diga does not show', async () => {
		const flow = await anEnabledFlow();
		diga.dialect({ sparse: true });
		const { error } = await act('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect(error?.message).toMatch(/Diga does not show its status/);
		expect(writes()).toEqual([]);
	});

	it('rejects an agent of conversational paths, and says where its flows are', async () => {
		const flow = await anEnabledFlow();
		const { error } = await act('agent', 'assignFlow', { agent: SURVEY, flow });
		expect(error?.message).toMatch(/^The agent "Survey" \(.*\) uses a conversational path/);
		expect(error?.description).toContain('path editor');
		expect(writes()).toEqual([]);
	});

	it('writes nothing if Diga does not show the flows that it would replace', async () => {
		const flow = await anEnabledFlow();
		setFlows(['kept']);
		diga.dialect({ hidesAgentFlows: true });
		const { error } = await act('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect(error?.message).toMatch(/^Diga does not show all flows of the agent/);
		expect([writes(), draftFlows()]).toEqual([[], ['kept']]);
	});

	it('settles a lost response by reading the agent, without a second request', async () => {
		const flow = await anEnabledFlow();
		lose('PATCH', `/v1/agent/${RECEPTION}`);
		await done('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect([writes(), draftFlows()]).toEqual([[`PATCH /v1/agent/${RECEPTION}`], [flow]]);
	});

	it('reads and merges again if the lost request was not carried out', async () => {
		const flow = await anEnabledFlow();
		lose('PATCH', `/v1/agent/${RECEPTION}`, { worked: false });
		await done('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect([writes().length, draftFlows()]).toEqual([2, [flow]]);
	});

	it('reads the agent if the response does not show its flows', async () => {
		const flow = await anEnabledFlow();
		const body = JSON.stringify({ agent_id: RECEPTION });
		diga.misbehave({ method: 'PATCH', kind: 'answer', status: 200, body, worked: true });
		await done('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect(writes()).toHaveLength(1);
	});

	it('reads the agent if the response shows a flow without its ID', async () => {
		const flow = await anEnabledFlow();
		const body = JSON.stringify({ agent_id: RECEPTION, flows: [{}] });
		diga.misbehave({ method: 'PATCH', kind: 'answer', status: 200, body, worked: true });
		await done('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect(writes()).toHaveLength(1);
	});

	it('says that the flow may be assigned if Diga does not show the flows after the change', async () => {
		const flow = await anEnabledFlow();
		const hidden = { kind: 'answer', status: 200, times: Infinity } as const;
		const body = JSON.stringify({ agent_id: RECEPTION, mode: 'free' });
		const path = `/v1/agent/${RECEPTION}`;
		diga.misbehave({ method: 'GET', path, after: 1, body, ...hidden });
		diga.misbehave({ method: 'PATCH', path, body, worked: true, ...hidden });
		const { error } = await act('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect(error?.message).toMatch(/^Diga does not show all flows of the agent/);
		expect(error?.description).toContain(`The flow ${flow} may be assigned to the agent`);
		expect(draftFlows()).toEqual([flow]);
	});

	it('fails if Diga accepts the change each time without an effect', async () => {
		const flow = await anEnabledFlow();
		const body = JSON.stringify({ agent_id: RECEPTION, flows: [] });
		diga.misbehave({
			method: 'PATCH',
			kind: 'answer',
			status: 200,
			body,
			worked: false,
			times: Infinity,
		});
		const { error } = await act('agent', 'assignFlow', { agent: RECEPTION, flow });
		expect(error?.message).toMatch(
			/^Diga did not report an error, but the flows of the agent .* have not changed/,
		);
		expect(draftFlows()).toEqual([]);
	});
});

describe('agent > unassign flow', () => {
	it('removes one flow and keeps the others, also if the flow does not exist', async () => {
		setFlows(['a', 'b', 'c']);
		await done('agent', 'unassignFlow', { agent: RECEPTION, flow: 'b' });
		expect(bodies('PATCH')).toEqual([{ flow_ids: ['a', 'c'] }]);
		expect(draftFlows()).toEqual(['a', 'c']);
	});

	it('writes nothing if the agent does not have the flow, and rejects an unknown flow', async () => {
		const flow = await anEnabledFlow();
		const [item] = await done('agent', 'unassignFlow', { agent: RECEPTION, flow });
		expect(item).toMatchObject({ agent_id: RECEPTION, is_draft: true });
		const { error } = await act('agent', 'unassignFlow', { agent: RECEPTION, flow: 'b' });
		expect(error?.message).toBe('Diga has no flow with the ID b [Item 0]');
		expect(writes()).toEqual([]);
	});

	it('removes the last flow', async () => {
		setFlows(['a']);
		await done('agent', 'unassignFlow', { agent: RECEPTION, flow: 'a', options: { goLive: true } });
		expect([draftFlows(), liveFlows()]).toEqual([[], []]);
	});

	it('settles a lost response', async () => {
		setFlows(['a']);
		lose('PATCH', `/v1/agent/${RECEPTION}`);
		await done('agent', 'unassignFlow', { agent: RECEPTION, flow: 'a' });
		expect([writes().length, draftFlows()]).toEqual([1, []]);
	});
});
