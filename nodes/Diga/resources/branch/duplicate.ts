import type { Operation } from '../../../engine/operation';
import { changeBranches, branchIndex, readBranchPlace, routerLocator } from './branchPlace';
import type { DigaApi } from '../../api/DigaApi';
import { editedFlow } from '../../pickers/flow';
import { flowId } from '../shared';

export const duplicate: Operation<DigaApi> = {
	name: 'Duplicate',
	value: 'duplicate',
	action: 'Duplicate branch',
	description: 'Copy a branch and its steps in a router in the draft of a flow',
	fields: [editedFlow, routerLocator, branchIndex],
	async execute(context) {
		const flow = flowId(context.parameters);
		const place = readBranchPlace(context.parameters);
		return await changeBranches(context, {
			flow,
			router: place.stepName,
			indexes: { 'Branch Index': place.branchIndex },
			verb: 'duplicated',
			send: async () => await context.api.branches.duplicate(flow, place),
		});
	},
};
