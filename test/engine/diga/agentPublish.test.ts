// Publishes agents, so that their calls use the changed flows: https://docs.diga.io/en/build/agents/version-control
import { fastTime } from '../fastTime.ts';
import {
	agentOf,
	anEnabledFlow,
	draftFlows,
	liveFlows,
	PHONES,
	RECEPTION,
	SALES,
	setFlows,
	SURVEY,
	writes,
} from './agentCase.ts';
import { act, bodies, diga, done, requestLines } from './case.ts';

fastTime();

const VERSION = `/v1/agent/${RECEPTION}/version`;
const PUBLISHED = `/v1/agent/${RECEPTION}/published_version`;

const lose = (path: string, more: object = {}) => {
	diga.misbehave({ path, kind: 'cut', worked: true, ...more });
};

const assign = async (more: object = {}) => {
	const flow = await anEnabledFlow();
	const options = { goLive: true, ...more };
	return { flow, result: await act('agent', 'assignFlow', { agent: RECEPTION, flow, options }) };
};

describe('agent > assign flow with Go Live', () => {
	it('creates a version, checks that it has the flows, and publishes it with the same phone numbers', async () => {
		setFlows(['kept']);
		const { flow, result } = await assign({ versionName: 'With summary' });
		expect(result.error).toBeUndefined();
		const version = agentOf().versions[1]?.version_id;
		expect(writes()).toEqual([
			`PATCH /v1/agent/${RECEPTION}`,
			`POST ${VERSION}`,
			`PATCH ${PUBLISHED}`,
		]);
		expect(bodies('POST')).toEqual([{ version_name: 'With summary' }]);
		expect(bodies('PATCH', /published/)).toEqual([
			{
				version_id: version,
				inbound_phone_number_id: PHONES[0],
				outbound_phone_number_id: PHONES[1],
			},
		]);
		expect(requestLines()).toContain(`GET /v1/agent/${RECEPTION}?version_id=${version}`);
		expect(liveFlows()).toEqual(['kept', flow]);
		expect(diga.truth.phones).toMatchObject([
			{ inbound_agent_id: RECEPTION },
			{ outbound_agent_id: RECEPTION },
		]);
		expect(result.items).toMatchObject([{ version_id: version, is_published: true }]);
	});

	it('makes a call run the flow', async () => {
		await assign();
		expect(diga.call(RECEPTION)).toHaveLength(1);
		expect(diga.call(SALES)).toEqual([]);
	});

	it('publishes nothing if the agent has the flow live', async () => {
		const { flow } = await assign();
		diga.requests.length = 0;
		await done('agent', 'assignFlow', { agent: RECEPTION, flow, options: { goLive: true } });
		expect(writes()).toEqual([]);
	});

	it('publishes one version for several items on one agent', async () => {
		const flows = [await anEnabledFlow('A'), await anEnabledFlow('B'), await anEnabledFlow('C')];
		const items = flows.map((flow) => ({ flow }));
		const options = { goLive: true };
		await done(
			'agent',
			'assignFlow',
			{ agent: RECEPTION, flow: '={{ $json.flow }}', options },
			items,
		);
		expect(liveFlows()).toEqual(flows);
		expect(writes().filter((line) => line === `POST ${VERSION}`).length).toBeLessThan(3);
	});

	it('refuses other changes of the draft, and names them', async () => {
		agentOf().draft.settings.prompt = 'Be rude';
		agentOf().draft.settings.call_tools = [{ type: 'hang_up', name: 'end' }];
		const { result } = await assign();
		expect(result.error?.message).toBe(
			`The draft of the agent "Reception" (${RECEPTION}) has other changes that would go live: call_tools, prompt [Item 0]`,
		);
		expect(writes()).toEqual([`PATCH /v1/agent/${RECEPTION}`]);
		expect(liveFlows()).toEqual([]);
		await done('agent', 'publish', { agent: RECEPTION, options: { publishOtherChanges: true } });
		expect(diga.agents.publishedVersion(agentOf())?.settings.prompt).toBe('Be rude');
	});

	it('refuses an agent that is not published, unless Publish Other Changes Too is on', async () => {
		agentOf().published = undefined;
		const { result } = await assign();
		expect(result.error?.message).toMatch(/is not published, so its whole draft would go live/);
		expect(agentOf().published).toBeUndefined();
		await assign({ publishOtherChanges: true });
		expect(agentOf().published).toBeDefined();
	});

	it('does not publish a version that lacks the flows', async () => {
		diga.dialect({ versionsLoseFlows: true });
		const { flow, result } = await assign();
		expect(result.error?.message).toMatch(
			new RegExp(
				`^The new version .* was not published, because it does not have the flows ${flow}`,
			),
		);
		expect(liveFlows()).toEqual([]);
		expect(writes()).not.toContain(`PATCH ${PUBLISHED}`);
	});

	it('restores the flows that a new version takes from the draft', async () => {
		diga.dialect({ draftLosesFlows: true });
		const { flow, result } = await assign();
		expect(result.error).toBeUndefined();
		expect([draftFlows(), liveFlows()]).toEqual([[flow], [flow]]);
	});

	it('restores them also if that response is lost', async () => {
		diga.dialect({ draftLosesFlows: true });
		setFlows(['kept']);
		lose(`/v1/agent/${RECEPTION}`, { method: 'PATCH', after: 1, worked: false });
		const { flow, result } = await assign();
		expect(result.error).toBeUndefined();
		expect([draftFlows(), liveFlows()]).toEqual([
			['kept', flow],
			['kept', flow],
		]);
	});

	it('restores them again if Diga accepts that without an effect, and lists them if it never has one', async () => {
		for (const times of [1, Infinity]) {
			diga.reset();
			diga.dialect({ draftLosesFlows: true });
			setFlows(['kept']);
			const path = `/v1/agent/${RECEPTION}`;
			const body = JSON.stringify({ agent_id: RECEPTION });
			const ignored = { kind: 'answer', status: 200, body, worked: false } as const;
			diga.misbehave({ method: 'PATCH', path, after: 1, times, ...ignored });
			const { flow, result } = await assign();
			expect(draftFlows()).toEqual(times === 1 ? ['kept', flow] : []);
			if (times === 1) expect(result.error).toBeUndefined();
			else expect(result.error?.description).toContain(`Assign them again: kept, ${flow}.`);
		}
	});

	it('lists the flows to assign again if the draft cannot be read after a version was created', async () => {
		diga.dialect({ draftLosesFlows: true });
		const flow = await anEnabledFlow();
		setFlows([flow]);
		agentOf().draft.flow_ids = ['kept', flow];
		const body = JSON.stringify({ agent_id: RECEPTION, mode: 'free' });
		const hidden = { kind: 'answer', status: 200, body, times: Infinity } as const;
		diga.misbehave({ method: 'GET', path: `/v1/agent/${RECEPTION}`, after: 3, ...hidden });
		const { error } = await act('agent', 'publish', { agent: RECEPTION });
		expect(error?.description).toContain(`Assign them again: kept, ${flow}.`);
	});

	it('does not publish changes that someone makes while the version is created', async () => {
		const flow = await anEnabledFlow();
		diga.misbehave({ method: 'POST', path: VERSION, kind: 'delay', ms: 100 });
		const options = { goLive: true };
		const working = act('agent', 'assignFlow', { agent: RECEPTION, flow, options });
		while (!writes().includes(`POST ${VERSION}`))
			await new Promise((resolve) => setImmediate(resolve));
		agentOf().draft.settings.prompt = 'Be rude';
		const { error } = await working;
		expect(error?.message).toMatch(/because the draft was changed at the same time: prompt/);
		expect(liveFlows()).toEqual([]);
	});

	it('refuses an agent with several numbers, because Diga takes only one', async () => {
		diga.truth.phones.push({
			id: '90e10000-0000-4000-8000-000000000009',
			number: '+34910000009',
			inbound_agent_id: RECEPTION,
			outbound_agent_id: null,
		});
		const { result } = await assign();
		expect(result.error?.message).toMatch(/may have several inbound phone numbers/);
		expect(writes()).toEqual([`PATCH /v1/agent/${RECEPTION}`]);
	});

	it('refuses an agent if Diga does not list all its numbers', async () => {
		const [phone] = diga.truth.phones;
		const body = JSON.stringify({ data: [phone], has_more: true });
		diga.misbehave({ path: '/v1/phone/', kind: 'answer', status: 200, body, times: 2 });
		const { result } = await assign();
		expect(result.error?.message).toMatch(/may have several inbound phone numbers/);
		expect(writes()).toEqual([`PATCH /v1/agent/${RECEPTION}`]);
	});

	it('fails if Diga shows another number afterward', async () => {
		const body = JSON.stringify({ agent_id: RECEPTION, inbound_phone_number_id: null });
		diga.misbehave({ path: PUBLISHED, kind: 'answer', status: 200, body, worked: true });
		const { result } = await assign();
		expect(result.error?.message).toMatch(
			/was published, but Diga shows another inbound phone number/,
		);
	});

	it('ignores numbers of other agents, in case Diga ignores the filter', async () => {
		const all = diga.truth.phones.map((phone) => ({ ...phone, status: 'assigned' }));
		const id = '90e10000-0000-4000-8000-000000000009';
		const other = { id, inbound_agent_id: SALES, outbound_agent_id: null };
		const body = JSON.stringify({ data: [...all, other], has_more: false });
		diga.misbehave({ path: '/v1/phone/', kind: 'answer', status: 200, body, times: 2 });
		const { result } = await assign();
		expect(result.error).toBeUndefined();
		expect(bodies('PATCH', /published/)).toMatchObject([{ inbound_phone_number_id: PHONES[0] }]);
	});

	it('sends no number that the agent does not have', async () => {
		diga.truth.phones.length = 0;
		const { result } = await assign();
		expect(result.error).toBeUndefined();
		expect(Object.keys(bodies('PATCH', /published/)[0] ?? {})).toEqual(['version_id']);
	});
});

describe('lost responses', () => {
	it('of a new version: the version is found, and no second one is created', async () => {
		lose(VERSION);
		const { flow, result } = await assign();
		expect(result.error).toBeUndefined();
		expect(agentOf().versions).toHaveLength(2);
		expect(liveFlows()).toEqual([flow]);
	});

	it('of a new version that was not created: fails, and the next run continues', async () => {
		lose(VERSION, { worked: false });
		const { flow, result } = await assign();
		expect(result.error?.description).toMatch(
			/^A version of the agent .* may have been created anyway/,
		);
		expect(agentOf().versions).toHaveLength(1);
		await done('agent', 'assignFlow', { agent: RECEPTION, flow, options: { goLive: true } });
		expect([agentOf().versions.length, liveFlows()]).toEqual([2, [flow]]);
	});

	it('of a new version, with 503 and Retry-After: creates it again only if it is not listed', async () => {
		for (const worked of [true, false]) {
			diga.reset();
			diga.misbehave({
				method: 'POST',
				path: VERSION,
				kind: 'answer',
				status: 503,
				headers: { 'retry-after': '0.2' },
				worked,
			});
			const { flow, result } = await assign();
			expect(result.error).toBeUndefined();
			expect([agentOf().versions.length, liveFlows()]).toEqual([2, [flow]]);
		}
	});

	it('of publishing: repeated, with the same version', async () => {
		lose(PUBLISHED);
		const { flow, result } = await assign();
		expect(result.error).toBeUndefined();
		expect([agentOf().versions.length, liveFlows()]).toEqual([2, [flow]]);
	});

	it('an interrupted publication continues with the version that exists', async () => {
		diga.misbehave({ path: PUBLISHED, kind: 'answer', status: 400, body: '{"message":"No"}' });
		const { flow, result } = await assign();
		expect(result.error?.message).toBe('No [Item 0]');
		await done('agent', 'publish', { agent: RECEPTION });
		expect([agentOf().versions.length, liveFlows()]).toEqual([2, [flow]]);
	});
});

describe('agent > publish', () => {
	it('always sends a version, because Diga unpublishes the agent without one', async () => {
		setFlows(['a']);
		agentOf().draft.flow_ids = ['b'];
		await done('agent', 'publish', { agent: RECEPTION });
		expect(bodies('PATCH').every(({ version_id: id }) => typeof id === 'string' && id !== '')).toBe(
			true,
		);
		expect(liveFlows()).toEqual(['b']);
	});

	it('does not publish the draft itself if Diga does not show that it is the draft', async () => {
		agentOf().draft.flow_ids = ['b'];
		diga.dialect({ hidesDraftFlag: true });
		await done('agent', 'publish', { agent: RECEPTION });
		expect(writes()).toEqual([`POST ${VERSION}`, `PATCH ${PUBLISHED}`]);
		expect(bodies('PATCH')).toMatchObject([{ version_id: agentOf().versions[1]?.version_id }]);
	});

	it('uses the version that equals the draft also if Diga does not show which one is the draft', async () => {
		agentOf().draft.flow_ids = ['b'];
		diga.agents.launch(agentOf());
		diga.dialect({ hidesDraftFlag: true });
		await done('agent', 'publish', { agent: RECEPTION });
		expect(writes()).toEqual([`PATCH ${PUBLISHED}`]);
	});

	it('does not publish if Diga does not return the ID of the new version', async () => {
		agentOf().draft.flow_ids = ['b'];
		const body = JSON.stringify({ agent_id: RECEPTION, version_id: null });
		diga.misbehave({ method: 'POST', kind: 'answer', status: 201, body, worked: false });
		const { error } = await act('agent', 'publish', { agent: RECEPTION });
		expect(error?.message).toBe("Diga's response does not contain the new version [Item 0]");
		expect(writes()).toEqual([`POST ${VERSION}`]);
	});

	it('fails if Diga accepts the request without an effect', async () => {
		agentOf().draft.flow_ids = ['b'];
		diga.dialect({ publishStays: true });
		const { error } = await act('agent', 'publish', { agent: RECEPTION });
		expect(error?.message).toMatch(
			/^Diga did not report an error, but did not publish the version/,
		);
	});

	it('outputs the published version and sends nothing if the draft is published', async () => {
		const [item] = await done('agent', 'publish', { agent: RECEPTION });
		expect(item).toMatchObject({ is_published: true });
		expect(writes()).toEqual([]);
	});

	it('publishes an agent of conversational paths as well', async () => {
		await done('agent', 'publish', { agent: SURVEY, options: { publishOtherChanges: true } });
		expect(agentOf(SURVEY).published).toBeDefined();
	});
});

describe('random errors', () => {
	it.each([1, 2, 3, 4, 5, 6])('do not lose or double anything (%i)', async (seed) => {
		const flow = await anEnabledFlow();
		setFlows(['kept']);
		for (let skip = 0; skip < seed; skip++) {
			diga.misbehave({ kind: 'cut', worked: skip % 2 === 0, after: seed + skip * 2 });
			diga.misbehave({ kind: 'answer', status: 503, worked: false, after: seed * 2 + skip });
		}
		const options = { goLive: true };
		const { error } = await act('agent', 'assignFlow', { agent: RECEPTION, flow, options });
		diga.behave();
		if (error) await done('agent', 'assignFlow', { agent: RECEPTION, flow, options });
		expect(agentOf().published).toBeDefined();
		expect([draftFlows(), liveFlows()]).toEqual([
			['kept', flow],
			['kept', flow],
		]);
		expect(agentOf().versions.length).toBeLessThanOrEqual(2);
		expect(diga.truth.phones).toMatchObject([
			{ inbound_agent_id: RECEPTION },
			{ outbound_agent_id: RECEPTION },
		]);
	});
});
