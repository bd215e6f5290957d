import type { Operation } from '../../../engine/operation';
import {
	atRouter,
	branchIndex,
	branchIndexField,
	readBranchPlace,
	routerLocator,
} from './branchPlace';
import type { DigaApi } from '../../api/DigaApi';
import { flowId, flowLocator } from '../shared';

const newIndex = branchIndexField('New Index', {
	name: 'newIndex',
	description: 'Where to put the branch, from 0',
});

export const move: Operation<DigaApi> = {
	name: 'Move',
	value: 'move',
	action: 'Move branch',
	description: 'Move a branch of a router of the draft, which changes the order of its branches',
	fields: [flowLocator, routerLocator, branchIndex, newIndex],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const place = {
			...readBranchPlace(parameters),
			newIndex: parameters.number('newIndex'),
		};
		const indexes = { 'Branch Index': place.branchIndex, 'New Index': place.newIndex };
		return await atRouter(context, {
			flow,
			router: place.stepName,
			indexes,
			verb: 'moved',
			send: async () => await api.moveBranch(flow, place),
		});
	},
};
