import type { Operation } from '../../../engine/operation';
import { atRouter, branchIndex, readBranchPlace, routerLocator } from './branchPlace';
import type { DigaApi } from '../../api/DigaApi';
import { flowId, flowLocator } from '../shared';

export const duplicate: Operation<DigaApi> = {
	name: 'Duplicate',
	value: 'duplicate',
	action: 'Duplicate branch',
	description: 'Copy a branch of a router of the draft, with the steps in it',
	fields: [flowLocator, routerLocator, branchIndex],
	async execute(context) {
		const flow = flowId(context.parameters);
		const place = readBranchPlace(context.parameters);
		return await atRouter(context, {
			flow,
			router: place.stepName,
			indexes: { 'Branch Index': place.branchIndex },
			verb: 'duplicated',
			send: async () => await context.api.duplicateBranch(flow, place),
		});
	},
};
