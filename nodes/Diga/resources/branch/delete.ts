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
	async execute(call) {
		const flow = flowId(call.parameters);
		const place = readBranchPlace(call.parameters);
		return await atRouter(call, {
			flow,
			router: place.stepName,
			indexes: { 'Branch Index': place.branchIndex },
			verb: 'deleted',
			send: async () => await call.api.deleteBranch(flow, place),
		});
	},
};
