import type { Operation } from '../../../engine/operation';
import { agentId, goLiveOptions, readGoLive } from '../../agents/agentFields';
import { changeFlows } from '../../agents/assignment';
import { flowsOf } from '../../agents/differences';
import type { DigaApi } from '../../api/DigaApi';
import { agentLocator } from '../../pickers/agent';
import { flowLocator } from '../../pickers/flow';
import { flowId } from '../shared';

export const unassignFlow: Operation<DigaApi> = {
	name: 'Unassign Flow',
	value: 'unassignFlow',
	action: 'Unassign flow from agent',
	description: 'Remove a flow from an agent, and keep the other flows of the agent',
	fields: [agentLocator, { ...flowLocator, description: 'The flow to remove from the agent' }],
	options: goLiveOptions,
	async execute(context) {
		const agent = agentId(context.parameters);
		const flow = flowId(context.parameters);
		const goLive = readGoLive(context.parameters);
		const { api } = context;
		// an agent that does not have the flow is no reason to accept the ID of a flow that does not exist
		if (!flowsOf(await api.agents.get(agent)).includes(flow)) await api.flows.get(flow);
		return await changeFlows(context, agent, { flow, isAssigned: false, goLive });
	},
};
