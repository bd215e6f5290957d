import type { OperationContext } from '../../engine/operation';
import type { DigaApi } from '../api/DigaApi';
import type { DigaFlow } from '../api/resource';
import { mustBeAssignable, mustTakeFlows } from './assignable';
import { changeFlows } from './assignment';
import { flowsOf } from './differences';
import { mustChangeFlowsOnly } from './publication';
import type { PublishOptions } from './publication';

/** The agents that a new flow is assigned to. */
export interface AgentsOfFlow {
	ids: string[];
	/** Undefined to change only the drafts. */
	goLive?: PublishOptions;
}

interface Target {
	agent: string;
	goLive?: PublishOptions;
}

/** Checks an agent before a flow is created for it, once per node run. @throws OperationError if the assignment would fail */
export async function mustAcceptFlow(
	{ api, run }: OperationContext<DigaApi>,
	{ agent, goLive }: Target,
): Promise<void> {
	const draft = await run.loadOnce(`agent ${agent}`, async () => await api.agents.get(agent));
	mustTakeFlows(draft);
	flowsOf(draft);
	if (!goLive || goLive.publishOtherChanges) return;
	const load = async () => await api.agents.findPublished(agent);
	mustChangeFlowsOnly(draft, await run.loadOnce(`published agent ${agent}`, load));
}

/** Assigns an enabled flow to an agent, and publishes the agent if wanted. */
export async function assignToAgent(
	context: OperationContext<DigaApi>,
	{ id: flow }: DigaFlow,
	{ agent, goLive }: Target,
): Promise<void> {
	// read again, because responses to changes may lack the category
	mustBeAssignable(await context.api.flows.get(flow));
	await changeFlows(context, agent, { flow, isAssigned: true, goLive });
}
