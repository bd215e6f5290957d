import { getManyFields } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { PortableApi } from '../../api/PortableApi';
import { firstOf } from '../shared';

export const getAll: Operation<PortableApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many flows',
	description: 'Retrieve the flows of the account',
	fields: getManyFields,
	async execute(context) {
		return await firstOf(context, 'flows', async () => await context.api.flows.list());
	},
};
