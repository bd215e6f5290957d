import type { INodeProperties } from 'n8n-workflow';
import { ifItAlreadyExists } from '../../../engine/create';
import type { Created } from '../../../engine/fault';
import type { Operation } from '../../../engine/operation';
import { createFlow } from '../../createFlow';
import type { DigaApi } from '../../DigaApi';
import { planFields, readPlan } from '../../flowPlan';
import { pieceVersion } from '../../pieceFields';
import { setUp } from '../../setUp';
import { isEmpty } from '../../tree';
import { stopWhenStepsAreInvalid } from '../../validity';
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
	async execute(call) {
		const { api, item, parameters, run } = call;
		const name = parameters.requiredText('name');
		const plan = await readPlan(call);
		// so that an item which uses the flow of another one gets it when it is finished
		return await run.oneByOne(`set up flow ${name}`, async () => {
			const flow = await createFlow(call, name);
			const isOf = (one: Created) => one.kind === 'flow' && one.id === flow.id;
			if (!run.reused.some((one) => isOf(one) && one.item === item)) {
				return await setUp(call, { flow, name, plan, isNew: true });
			}
			const found = await api.getFlow(flow.id);
			// as a stop right after the create leaves it: there is nothing in it that could be lost
			if (isEmpty(found)) return await setUp(call, { flow: found, name, plan, isNew: false });
			if (found.status !== 'ENABLED') {
				run.notes.push(
					`The flow "${name}" existed already and was used as it is, but it is not enabled: its status is ${JSON.stringify(found.status)} [Item ${item}].`,
				);
			}
			return found;
		});
	},
};
