import type { INodeProperties } from 'n8n-workflow';
import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import type { OperationContext, Operation } from '../../../engine/operation';
import { createFlow } from './createFlow';
import type { DigaApi, DigaFlow } from '../../api/DigaApi';
import { planFields, readPlan } from './flowPlan';
import type { FlowPlan } from './flowPlan';
import { pieceVersion } from '../../pieces/pieceFields';
import { remainderOf, wholePlan } from './remainder';
import { buildFlow } from './buildFlow';
import { stopWhenStepsAreInvalid } from '../../model/validity';
import { flowName } from '../shared';

const deleteTheFlowWhenSetupFails: INodeProperties = {
	displayName: 'Delete the Flow When Setup Fails',
	name: 'deleteTheFlowWhenSetupFails',
	type: 'boolean',
	default: false,
	description: 'Whether to delete the new flow again when it could not be set up to its end',
};

export const createAndPublish: Operation<DigaApi> = {
	name: 'Create and Publish',
	value: 'createAndPublish',
	action: 'Create and publish flow',
	description: 'Create a flow with its trigger and steps, publish and enable it',
	fields: [flowName, ...planFields],
	options: [
		deleteTheFlowWhenSetupFails,
		ifItAlreadyExists,
		{
			...pieceVersion,
			description: 'The version of the piece of the trigger; the one that Diga lists if empty',
		},
		stopWhenStepsAreInvalid,
	],
	async execute(context) {
		const { api, parameters, run } = context;
		const name = parameters.requiredText('name');
		const plan = await readPlan(context);
		// so that an item which uses the flow of another one gets it when it is finished
		return await run.withLock(`set up flow ${name}`, async () => {
			const { resource: flow, isNew } = await createFlow(context, name);
			if (isNew) {
				return await buildFlow(context, { flow, name, remainder: wholePlan(plan), isNew: true });
			}
			// an earlier attempt may have set it up in part
			return await finish(context, { found: await api.getFlow(flow.id), name, plan });
		});
	},
};

/**
 * A flow that was there before, as a stop or an earlier try may have left it: what is missing is added.
 * @throws Fault when it is another one than was asked for
 */
async function finish(
	context: OperationContext<DigaApi>,
	{ found, name, plan }: { found: DigaFlow; name: string; plan: FlowPlan },
): Promise<DigaFlow> {
	const { run, item } = context;
	const remainder = remainderOf(found, plan);
	if (remainder.unseen.length > 0) {
		run.warnings.push(
			`The flow "${name}" existed already and was used. Diga does not show code and what loops loop over, so that these may be others than in Flow (JSON): ${remainder.unseen.slice(0, 20).join(', ')} [Item ${item}].`,
		);
	}
	const isWhole = remainder.tree === undefined && remainder.done === remainder.steps.length;
	if (isWhole && remainder.trigger === undefined && found.status === 'ENABLED') return found;
	return await buildFlow(context, { flow: found, name, remainder, isNew: false });
}
