import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { Parameters } from '../../../engine/input/parameters';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readFlowName } from '../../names';
import { flowLocator } from '../../pickers/flow';

/** The maximum number of IDs per request: https://docs.aws.amazon.com/appflow/1.0/APIReference/API_CancelFlowExecutions.html */
const MAX_IDS = 100;

const fields: INodeProperties[] = [
	{
		displayName: 'Runs',
		name: 'runs',
		type: 'options',
		options: [
			{ name: 'All in Progress', value: 'all' },
			{ name: 'By ID', value: 'ids' },
		],
		default: 'all',
		description: 'Which runs of the flow to cancel',
	},
	{
		displayName: 'Execution IDs',
		name: 'executionIds',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 8e2b2c1d-5f6a-4b7c-9d8e-0f1a2b3c4d5e',
		displayOptions: { show: { runs: ['ids'] } },
		description: 'One or more execution IDs, separated by commas. Start and Get Runs output them.',
	},
];

function idsIn(parameters: Parameters): string[] {
	const ids = parameters.texts('executionIds');
	if (ids.length <= MAX_IDS) return ids;
	throw inputError(
		`Execution IDs has ${ids.length} IDs, but AppFlow accepts at most ${MAX_IDS} per request`,
	);
}

export const cancelRuns: Operation<AmazonAppFlowApi> = {
	name: 'Cancel Runs',
	value: 'cancelRuns',
	action: 'Cancel runs of flow',
	description: 'Cancel runs of a flow. Data that is already transferred stays in the destination.',
	fields: [flowLocator, ...fields],
	async execute({ api, parameters }) {
		const name = readFlowName(parameters);
		const isAll = parameters.choice('runs', ['all', 'ids']) === 'all';
		const answer = await api.cancelExecutions(name, isAll ? undefined : idsIn(parameters));
		return { flowName: name, ...answer };
	},
};
