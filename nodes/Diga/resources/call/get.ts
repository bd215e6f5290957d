import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { callField, callId } from './callId';

export const get: Operation<DigaApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get call',
	description: 'Retrieve a call, without its transcript',
	fields: [callField],
	async execute({ api, parameters }) {
		return await api.calls.get(callId(parameters));
	},
};
