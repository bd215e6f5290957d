// Shared by the tests of agents: flows that agents run, and what the sandbox knows about agents.
import { diga, done } from './case.ts';
import { RECEPTION } from '../../sandbox/diga/diga.ts';

export { PHONES, RECEPTION, SALES, SURVEY } from '../../sandbox/diga/diga.ts';

/** The parameters of a flow that runs after the calls of an agent. */
export const postCall = {
	piece: 'piece-diga',
	trigger: 'callFinished',
	specifyInput: 'json',
	inputJson: '{}',
};

/** Creates an enabled post-call flow. @returns its ID */
export async function anEnabledFlow(name = 'Summary'): Promise<string> {
	const [flow] = await done('flow', 'createAndPublish', { name, ...postCall });
	diga.requests.length = 0;
	return flow?.id as string;
}

export function agentOf(id: string = RECEPTION) {
	const agent = diga.truth.agents.find((one) => one.agent_id === id);
	if (!agent) throw new Error(`The sandbox has no agent ${id}`);
	return agent;
}

/** The flows of the draft. */
export function draftFlows(id: string = RECEPTION): string[] {
	return agentOf(id).draft.flow_ids;
}

/** The flows of the version that handles calls. Undefined if the agent is not published. */
export function liveFlows(id: string = RECEPTION): string[] | undefined {
	return diga.agents.publishedVersion(agentOf(id))?.flow_ids;
}

/** Gives the published version and the draft the same flows. */
export function setFlows(flows: string[], id: string = RECEPTION): void {
	const agent = agentOf(id);
	agent.draft.flow_ids = [...flows];
	const published = diga.agents.publishedVersion(agent);
	if (published) published.flow_ids = [...flows];
}

/** The requests that change something, as `METHOD path`. */
export function writes(): string[] {
	return diga.requests
		.filter(({ method }) => method !== 'GET')
		.map(({ method, path }) => `${method} ${path}`);
}
