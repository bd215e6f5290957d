import type { INodeProperties } from 'n8n-workflow';
import { ifItAlreadyExists } from '../../../engine/create';
import type { Operation } from '../../../engine/operation';
import { createFlow } from '../../createFlow';
import type { DigaApi } from '../../DigaApi';
import { planFields, readPlan } from '../../flowPlan';
import { pieceVersion } from '../../pieceFields';
import { setUp } from '../../setUp';
import { stopWhenStepsAreInvalid } from '../../validity';
import { flowName, inTurn } from '../shared';

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
		const name = call.parameters.requiredText('name');
		const plan = await readPlan(call);
		const flow = await createFlow(call, name);
		const { reused } = call.run;
		// one that was there before is used as it is
		if (reused.some(({ id, item }) => id === flow.id && item === call.item)) return flow;
		return await inTurn(call, flow.id, async () => await setUp(call, { flow, name, plan }));
	},
};
