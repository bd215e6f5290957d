import type { INodeProperties } from 'n8n-workflow';
import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import type { OperationContext, Operation } from '../../../engine/operation';
import {
	assignToAgents,
	goLive,
	readAgents,
	readGoLive,
	versionName,
} from '../../agents/agentFields';
import { mustAcceptFlow } from '../../agents/forFlow';
import type { AgentsOfFlow } from '../../agents/forFlow';
import { publishOtherChanges } from '../../agents/publication';
import type { DigaApi } from '../../api/DigaApi';
import type { DigaFlow } from '../../api/resource';
import { stopWhenStepsAreInvalid } from '../../model/validity';
import { pieceVersion } from '../../pieces/pieceFields';
import { flowName } from '../shared';
import { buildFlow } from './buildFlow';
import { createFlow } from './createFlow';
import { planFields, readPlan } from './flowPlan';
import type { FlowPlan } from './flowPlan';
import { remainderOf, wholePlan } from './remainder';

const GO_LIVE =
	'Whether to publish the agents, so that their calls run the flow. Otherwise, only their drafts change.';

const deleteTheFlowWhenSetupFails: INodeProperties = {
	displayName: 'Delete the Flow When Setup Fails',
	name: 'deleteTheFlowWhenSetupFails',
	type: 'boolean',
	default: false,
	description:
		'Whether to delete the new flow if it cannot be completed, published, enabled and assigned',
};

export const createAndPublish: Operation<DigaApi> = {
	name: 'Create and Publish',
	value: 'createAndPublish',
	action: 'Create and publish flow',
	description:
		'Create a flow with its trigger and steps, publish and enable it, and optionally assign it to agents',
	fields: [flowName, ...planFields],
	options: [
		assignToAgents,
		deleteTheFlowWhenSetupFails,
		{ ...goLive, description: GO_LIVE },
		ifItAlreadyExists,
		{
			...pieceVersion,
			description: 'The version of the piece of the trigger. Default: the version that Diga lists.',
		},
		publishOtherChanges,
		stopWhenStepsAreInvalid,
		versionName,
	],
	async execute(context) {
		const { api, parameters, run } = context;
		const name = parameters.requiredText('name');
		const agents = { ids: readAgents(parameters), goLive: readGoLive(parameters) };
		const plan = await readPlan(context);
		for (const agent of agents.ids) await mustAcceptFlow(context, { agent, goLive: agents.goLive });
		// locked, so that an item that reuses another item's flow gets the finished flow
		return await run.withLock(`set up flow ${name}`, async () => {
			const { resource: flow, isNew } = await createFlow(context, name);
			if (isNew) {
				const remainder = wholePlan(plan);
				return await buildFlow(context, { flow, name, remainder, isNew, agents });
			}
			// an earlier attempt may have left a partly built flow
			return await finish(context, { found: await api.flows.get(flow.id), name, plan, agents });
		});
	},
};

/**
 * Completes a flow that existed before, for example because an earlier attempt was stopped.
 * @throws OperationError if the flow differs from the plan
 */
async function finish(
	context: OperationContext<DigaApi>,
	{
		found,
		name,
		plan,
		agents,
	}: { found: DigaFlow; name: string; plan: FlowPlan; agents: AgentsOfFlow },
): Promise<DigaFlow> {
	const { run, item } = context;
	const remainder = remainderOf(found, plan);
	if (remainder.notCompared.length > 0) {
		run.warnings.push(
			`Reused the existing flow "${name}". Diga does not show code and the items of loops, so these steps may differ from Flow (JSON): ${remainder.notCompared.slice(0, 20).join(', ')} [Item ${item}].`,
		);
	}
	const isWhole = remainder.tree === undefined && remainder.done === remainder.steps.length;
	const isEnabled = isWhole && remainder.trigger === undefined && found.status === 'ENABLED';
	const target = { flow: found, name, remainder, isNew: false, isEnabled, agents };
	return await buildFlow(context, target);
}
