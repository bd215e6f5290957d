import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readFlowName } from '../../names';
import { flowLocator } from '../../pickers/flow';

export const stop: Operation<AmazonAppFlowApi> = {
	name: 'Stop',
	value: 'stop',
	action: 'Stop flow',
	description: 'Deactivate a scheduled or event flow. To end a run, use Cancel Runs.',
	fields: [flowLocator],
	async execute({ api, parameters }) {
		return await api.stopFlow(readFlowName(parameters));
	},
};
