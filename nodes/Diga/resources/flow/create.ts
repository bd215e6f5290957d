import { ifItAlreadyExists } from '../../../engine/create/ifItAlreadyExists';
import type { Operation } from '../../../engine/operation';
import { createProvisionalFlow } from './createFlow';
import type { DigaApi } from '../../api/DigaApi';
import { flowName } from '../shared';

export const create: Operation<DigaApi> = {
	name: 'Create',
	value: 'create',
	action: 'Create flow',
	description: 'Create an empty flow as a draft',
	fields: [flowName],
	options: [ifItAlreadyExists],
	async execute(context) {
		const created = await createProvisionalFlow(context, context.parameters.requiredText('name'));
		return created.map(({ resource }) => resource);
	},
};
