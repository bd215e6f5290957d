import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { dataKind } from './sampleData';
import { flowId, flowLocator, stepField } from '../shared';

export const getSampleData: Operation<DigaApi> = {
	name: 'Get Sample Data',
	value: 'getSampleData',
	action: 'Get sample data of step',
	description: 'Retrieve what a step or the trigger gave, or was given, when it was last tested',
	fields: [flowLocator, stepField, dataKind],
	async execute({ api, parameters }) {
		const step = parameters.segment('step');
		const kind = parameters.choice('dataKind', ['OUTPUT', 'INPUT']);
		return await api.getSampleData(flowId(parameters), step, kind);
	},
};
