import type { Operation } from '../../../engine/operation';
import {
	changeBranches,
	branchIndex,
	branchIndexField,
	readBranchPlace,
	routerLocator,
} from './branchPlace';
import type { DigaApi } from '../../api/DigaApi';
import { editedFlow } from '../../pickers/flow';
import { flowId } from '../shared';

const newIndex = branchIndexField('New Index', {
	name: 'newIndex',
	description: 'The new index of the branch, starting at 0',
});

export const move: Operation<DigaApi> = {
	name: 'Move',
	value: 'move',
	action: 'Move branch',
	description: 'Change the order of the branches of a router in the draft of a flow',
	fields: [editedFlow, routerLocator, branchIndex, newIndex],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const place = {
			...readBranchPlace(parameters),
			newIndex: parameters.number('newIndex'),
		};
		const indexes = { 'Branch Index': place.branchIndex, 'New Index': place.newIndex };
		return await changeBranches(context, {
			flow,
			router: place.stepName,
			indexes,
			verb: 'moved',
			send: async () => await api.branches.move(flow, place),
		});
	},
};
