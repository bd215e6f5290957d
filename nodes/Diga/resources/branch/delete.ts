import type { Operation } from '../../../engine/operation';
import { changeBranches, branchIndex, readBranchPlace, routerLocator } from './branchPlace';
import type { DigaApi } from '../../api/DigaApi';
import { editedFlow } from '../../pickers/flow';
import { flowId } from '../shared';

export const remove: Operation<DigaApi> = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete branch',
	description: 'Delete a branch and its steps from a router in the draft of a flow',
	fields: [editedFlow, routerLocator, branchIndex],
	async execute(context) {
		const flow = flowId(context.parameters);
		const place = readBranchPlace(context.parameters);
		return await changeBranches(context, {
			flow,
			router: place.stepName,
			indexes: { 'Branch Index': place.branchIndex },
			verb: 'deleted',
			send: async () => await context.api.branches.delete(flow, place),
		});
	},
};
