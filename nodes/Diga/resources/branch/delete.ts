import type { Operation } from '../../../engine/operation';
import { atRouter, branchIndex, readBranchPlace, routerLocator } from './branchPlace';
import type { DigaApi } from '../../api/DigaApi';
import { flowId, flowLocator } from '../shared';

export const remove: Operation<DigaApi> = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete branch',
	description: 'Delete a branch of a router of the draft, with the steps in it',
	fields: [flowLocator, routerLocator, branchIndex],
	async execute(context) {
		const flow = flowId(context.parameters);
		const place = readBranchPlace(context.parameters);
		return await atRouter(context, {
			flow,
			router: place.stepName,
			indexes: { 'Branch Index': place.branchIndex },
			verb: 'deleted',
			send: async () => await context.api.deleteBranch(flow, place),
		});
	},
};
