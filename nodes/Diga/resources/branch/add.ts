import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../engine/operation';
import { changeBranches, branchIndexField, readBranchPlace, routerLocator } from './branchPlace';
import { conditionFields, readConditions } from './conditions';
import type { DigaApi } from '../../api/DigaApi';
import { editedFlow } from '../../pickers/flow';
import { flowId } from '../shared';

const branchName: INodeProperties = {
	displayName: 'Branch Name',
	name: 'branchName',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Interested',
};

const position = branchIndexField('Branch Index', {
	name: 'branchIndex',
	description: 'Where to insert the branch, starting at 0',
});

export const add: Operation<DigaApi> = {
	name: 'Add',
	value: 'add',
	action: 'Add branch',
	description: 'Add a branch to a router in the draft of a flow',
	fields: [editedFlow, routerLocator, branchName, position, ...conditionFields],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const branch = {
			...readBranchPlace(parameters),
			branchName: parameters.requiredText('branchName'),
			conditions: readConditions(parameters),
		};
		const indexes = { 'Branch Index': branch.branchIndex };
		return await changeBranches(context, {
			flow,
			router: branch.stepName,
			indexes,
			beyond: 1,
			verb: 'added',
			send: async () => await api.branches.add(flow, branch),
		});
	},
};
