// Flow > Create and Publish with agents: one node from nothing to a flow that runs after a call.
import { fastTime } from '../fastTime.ts';
import {
	agentOf,
	draftFlows,
	liveFlows,
	postCall,
	RECEPTION,
	SALES,
	SURVEY,
	writes,
} from './agentCase.ts';
import { activate } from '../harness.ts';
import { act, credentials, diga } from './case.ts';

fastTime();

const create = async (options: object, more: object = {}) =>
	await act('flow', 'createAndPublish', { name: 'Summary', ...postCall, options, ...more });

const flowIds = () => diga.truth.flows.map(({ id }) => id);

describe('flow > create and publish, with agents', () => {
	it('assigns the enabled flow to each agent, publishes the agents, and outputs the flow', async () => {
		const { error, items } = await create({ assignToAgents: [RECEPTION, SALES], goLive: true });
		expect(error).toBeUndefined();
		const [flow = ''] = flowIds();
		expect(items).toMatchObject([{ id: flow, status: 'ENABLED' }]);
		expect([liveFlows(RECEPTION), liveFlows(SALES)]).toEqual([[flow], [flow]]);
		const [run] = diga.call(SALES);
		expect(run).toMatchObject({ flowId: flow, status: 'SUCCEEDED' });
	});

	it('makes a call run the flow, which the trigger reports', async () => {
		const poller = activate('digaTrigger', credentials(), {});
		await poller.poll();
		await create({ assignToAgents: [RECEPTION], goLive: true });
		expect(await poller.poll()).toEqual([]);
		const [run] = diga.call(RECEPTION);
		expect(await poller.poll()).toMatchObject([
			{ id: run?.id, flowId: diga.truth.flows[0]?.id, status: 'SUCCEEDED' },
		]);
	});

	it('changes only the drafts by default, and takes the agents as text', async () => {
		const { error } = await create({ assignToAgents: `={{ "${RECEPTION}, ${SALES}" }}` });
		expect(error).toBeUndefined();
		expect([draftFlows(), draftFlows(SALES)]).toEqual([flowIds(), flowIds()]);
		expect(liveFlows()).toEqual([]);
	});

	it.each([
		['is not an ID', ['x'], {}, /^Assign to Agent Names or IDs must be the ID of an agent/],
		['uses a conversational path', [RECEPTION, SURVEY], {}, /uses a conversational path/],
		[
			'does not exist',
			['a9e10000-0000-4000-8000-00000000dead'],
			{},
			/^Diga has no agent with the ID/,
		],
	])('creates nothing for an agent that %s', async (_what, assignToAgents, more, message) => {
		const { error } = await create({ assignToAgents, ...more });
		expect(error?.message).toMatch(message);
		expect(writes()).toEqual([]);
	});

	it('creates nothing if an agent has other changes that would go live', async () => {
		agentOf(SALES).draft.settings.prompt = 'Be rude';
		const { error } = await create({ assignToAgents: [RECEPTION, SALES], goLive: true });
		expect(error?.message).toMatch(/has other changes that would go live: prompt/);
		expect(writes()).toEqual([]);
	});

	it('says what exists if an agent fails, and continues with Use the Existing One', async () => {
		const path = `/v1/agent/${SALES}`;
		diga.misbehave({
			method: 'PATCH',
			path,
			kind: 'answer',
			status: 400,
			body: '{"message":"No"}',
		});
		const options = { assignToAgents: [RECEPTION, SALES], goLive: true };
		const { error } = await create(options);
		const [flow = ''] = flowIds();
		expect(error?.message).toBe(
			`The flow is enabled but was not assigned to the agent ${SALES}: No [Item 0]`,
		);
		expect(error?.description).toContain(
			`The flow "Summary" exists with the ID ${flow}. It has its trigger and all steps, is published and enabled, and is assigned to 1 of 2 agents. Continue with Agent > Assign Flow`,
		);
		for (let time = 0; time < 2; time++) {
			diga.requests.length = 0;
			const again = await create({ ...options, ifItAlreadyExists: 'useExisting' });
			expect(again.error).toBeUndefined();
		}
		expect(writes()).toEqual([]);
		expect(flowIds()).toEqual([flow]);
		expect([liveFlows(RECEPTION), liveFlows(SALES)]).toEqual([[flow], [flow]]);
	});

	it('deletes the new flow if wanted, which also removes it from the agents', async () => {
		const path = `/v1/agent/${SALES}`;
		diga.misbehave({
			method: 'PATCH',
			path,
			kind: 'answer',
			status: 400,
			body: '{"message":"No"}',
		});
		const deleteTheFlowWhenSetupFails = true;
		const { error } = await create({
			assignToAgents: [RECEPTION, SALES],
			deleteTheFlowWhenSetupFails,
		});
		expect(error?.description).toContain('was deleted, so you can run this again');
		expect([flowIds(), draftFlows()]).toEqual([[], []]);
	});

	it('fails after enabling if agents do not run flows of this category', async () => {
		const webhook = { piece: 'piece-webhook', trigger: 'catch_webhook' };
		const { error } = await create({ assignToAgents: [RECEPTION] }, webhook);
		expect(error?.message).toMatch(/cannot be assigned to an agent: it has no trigger/);
		expect(draftFlows()).toEqual([]);
	});

	it('assigns the flows of several items to one agent', async () => {
		const items = ['A', 'B', 'C'].map((name) => ({ name }));
		const options = { assignToAgents: [RECEPTION], goLive: true };
		const parameters = { ...postCall, name: '={{ $json.name }}', options };
		const { error } = await act('flow', 'createAndPublish', parameters, items);
		expect(error).toBeUndefined();
		expect([...draftFlows()].sort()).toEqual(flowIds().sort());
		expect([...(liveFlows() ?? [])].sort()).toEqual(flowIds().sort());
	});
});
