import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { dataKind } from './sampleData';
import { flowLocator } from '../../pickers/flow';
import { stepField } from '../../pickers/step';
import { flowId } from '../shared';

export const getSampleData: Operation<DigaApi> = {
	name: 'Get Sample Data',
	value: 'getSampleData',
	action: 'Get sample data of step',
	description: 'Retrieve the input or output of the last test of a step or trigger',
	fields: [flowLocator, stepField, dataKind],
	async execute({ api, parameters }) {
		const step = parameters.segment('step');
		const kind = parameters.choice('dataKind', ['OUTPUT', 'INPUT']);
		return await api.steps.getSampleData(flowId(parameters), step, kind);
	},
};
