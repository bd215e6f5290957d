import type { Operation } from '../../../engine/operation';
import { agentId, goLiveOptions, readGoLive } from '../../agents/agentFields';
import { mustBeAssignable } from '../../agents/assignable';
import { changeFlows } from '../../agents/assignment';
import type { DigaApi } from '../../api/DigaApi';
import { agentLocator } from '../../pickers/agent';
import { flowLocator } from '../../pickers/flow';
import { flowId } from '../shared';

export const assignFlow: Operation<DigaApi> = {
	name: 'Assign Flow',
	value: 'assignFlow',
	action: 'Assign flow to agent',
	description: 'Assign an enabled flow to an agent, and keep the flows that the agent has',
	fields: [
		agentLocator,
		{
			...flowLocator,
			description: 'An enabled flow that runs before, during or after the calls of an agent',
		},
	],
	options: goLiveOptions,
	async execute(context) {
		const agent = agentId(context.parameters);
		const flow = flowId(context.parameters);
		const goLive = readGoLive(context.parameters);
		mustBeAssignable(await context.api.flows.get(flow));
		return await changeFlows(context, agent, { flow, isAssigned: true, goLive });
	},
};
