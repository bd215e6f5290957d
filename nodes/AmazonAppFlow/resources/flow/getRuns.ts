import { getManyFields, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readFlowName } from '../../names';
import { flowLocator } from '../../pickers/flow';

export const getRuns: Operation<AmazonAppFlowApi> = {
	name: 'Get Runs',
	value: 'getRuns',
	action: 'Get runs of flow',
	description:
		'Retrieve the runs of a flow, with their status and record counts, in the order that AppFlow returns them',
	fields: [flowLocator, ...getManyFields],
	async execute({ api, parameters }) {
		return await api.executionRecords(readFlowName(parameters), wantedCount(parameters));
	},
};
