import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { Parameters } from '../../../engine/input/parameters';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readFlowName } from '../../names';
import { flowLocator } from '../shared';

/** AppFlow's maximum for one request. */
const AT_ONCE = 100;

const fields: INodeProperties[] = [
	{
		displayName: 'Runs',
		name: 'runs',
		type: 'options',
		options: [
			{ name: 'All That Are Going On', value: 'all' },
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
		description: 'One, or several separated by commas; as Start and Get Runs output them',
	},
];

function idsIn(parameters: Parameters): string[] {
	const ids = parameters.texts('executionIds');
	if (ids.length <= AT_ONCE) return ids;
	throw inputError(`Execution IDs has ${ids.length} IDs, but AppFlow takes ${AT_ONCE} at once`);
}

export const cancelRuns: Operation<AmazonAppFlowApi> = {
	name: 'Cancel Runs',
	value: 'cancelRuns',
	action: 'Cancel runs of flow',
	description: 'End runs of a flow. What they have transferred so far stays.',
	fields: [flowLocator, ...fields],
	async execute({ api, parameters }) {
		const name = readFlowName(parameters);
		const isAll = parameters.choice('runs', ['all', 'ids']) === 'all';
		const answer = await api.cancelExecutions(name, isAll ? undefined : idsIn(parameters));
		return { flowName: name, ...answer };
	},
};
