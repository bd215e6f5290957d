import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { dataKind } from './sampleData';
import { withFlowLock } from '../../model/locks';
import { flowLocator } from '../../pickers/flow';
import { stepField } from '../../pickers/step';
import { flowId } from '../shared';

const fields: INodeProperties[] = [
	{
		displayName: 'Data Type',
		name: 'dataType',
		type: 'options',
		options: [
			{ name: 'JSON', value: 'JSON' },
			{ name: 'Text', value: 'STRING' },
		],
		default: 'JSON',
	},
	{
		displayName: 'Data (JSON)',
		name: 'dataJson',
		type: 'json',
		required: true,
		default: '{}',
		placeholder: 'e.g. {"name": "Jo", "phone": "+34600000000"}',
		displayOptions: { show: { dataType: ['JSON'] } },
		description: 'Any JSON, as text or from an expression',
	},
	{
		displayName: 'Data (Text)',
		name: 'dataText',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. Hello',
		displayOptions: { show: { dataType: ['STRING'] } },
	},
];

export const saveSampleData: Operation<DigaApi> = {
	name: 'Save Sample Data',
	value: 'saveSampleData',
	action: 'Save sample data of step',
	description:
		'Set the sample data of a step or trigger. Required before a test if the trigger cannot fetch sample events.',
	fields: [flowLocator, stepField, dataKind, ...fields],
	async execute(context) {
		const { api, parameters } = context;
		const flow = flowId(parameters);
		const step = parameters.segment('step');
		const type = parameters.choice('dataKind', ['OUTPUT', 'INPUT']);
		const dataType = parameters.choice('dataType', ['JSON', 'STRING']);
		const payload =
			dataType === 'JSON' ? parameters.anyJson('dataJson') : parameters.verbatim('dataText');
		if (payload === undefined) {
			throw inputError(`${dataType === 'JSON' ? 'Data (JSON)' : 'Data (Text)'} is empty`);
		}
		const sample = { payload, type, dataType };
		return await withFlowLock(
			context,
			flow,
			async () => await api.steps.saveSampleData(flow, step, sample),
		);
	},
};
