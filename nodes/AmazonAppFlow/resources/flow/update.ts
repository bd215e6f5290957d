import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { refusal } from '../../../engine/fault';
import type { Operation } from '../../../engine/operation';
import type { Parameters } from '../../../engine/parameters';
import type { AmazonAppFlowApi } from '../../AmazonAppFlowApi';
import { configOf, refuseOtherEnds, withChanges } from '../../flowChange';
import { flowName } from '../../names';
import { scheduleExpression, withComingStart } from '../../schedule';
import { flowLocator } from '../shared';

const fields: INodeProperties[] = [
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Accounts to the lake',
		description: 'Leave empty to keep the description',
	},
	{
		displayName: 'Trigger',
		name: 'trigger',
		type: 'options',
		options: [
			{ name: 'Keep', value: 'keep', description: 'Leave the trigger as it is' },
			{
				name: 'On an Event',
				value: 'Event',
				description: 'Run when the source reports a change; AppFlow starts it after Flow > Start',
			},
			{ name: 'On Demand', value: 'OnDemand', description: 'Run when it is started' },
			{
				name: 'On Schedule',
				value: 'Scheduled',
				description: 'Run by itself every so often; AppFlow starts it after Flow > Start',
			},
		],
		default: 'keep',
		description: 'What starts the flow',
	},
	{
		displayName: 'Schedule',
		name: 'scheduleExpression',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. rate(1hours)',
		displayOptions: { show: { trigger: ['Scheduled'] } },
		description: 'A rate, or cron(...)',
	},
	{
		displayName: 'Data',
		name: 'dataPullMode',
		type: 'options',
		options: [
			{
				name: 'All Each Time',
				value: 'Complete',
				description: 'Transfer everything at each run',
			},
			{
				name: 'New and Changed',
				value: 'Incremental',
				description: 'Transfer what is new or changed since the last good run',
			},
		],
		default: 'Incremental',
		displayOptions: { show: { trigger: ['Scheduled'] } },
	},
	{
		displayName: 'Tasks (JSON)',
		name: 'tasksJson',
		type: 'json',
		default: '',
		placeholder: 'e.g. [{"taskType": "Map_all", "sourceFields": []}]',
		description:
			'A list of tasks in the place of those that the flow has. Leave empty to keep them.',
	},
	{
		displayName: 'Changes (JSON)',
		name: 'changesJson',
		type: 'json',
		default: '',
		placeholder: 'e.g. {"metadataCatalogConfig": null}',
		description:
			'Further changes in the form of the AppFlow API. Objects are merged key by key, lists are replaced, null removes. Connectors, buckets, prefixes and objects of a flow cannot be changed.',
	},
];

function triggerIn(parameters: Parameters): IDataObject | undefined {
	const triggerType = parameters.choice('trigger', ['keep', 'Event', 'OnDemand', 'Scheduled']);
	if (triggerType === 'keep') return undefined;
	if (triggerType !== 'Scheduled') return { triggerType };
	const Scheduled = {
		scheduleExpression: scheduleExpression(
			parameters.requiredText('scheduleExpression'),
			'Schedule',
		),
		dataPullMode: parameters.choice('dataPullMode', ['Incremental', 'Complete']),
	};
	return { triggerType, triggerProperties: { Scheduled } };
}

/** Those fields that take the place of a part. */
function partsIn(parameters: Parameters): IDataObject {
	const tasks = parameters.anyJson('tasksJson');
	if (tasks !== undefined && !Array.isArray(tasks)) {
		throw refusal('Tasks (JSON) must be a list of tasks');
	}
	const parts = {
		description: parameters.text('description'),
		triggerConfig: triggerIn(parameters),
		tasks: tasks as IDataObject[] | undefined,
	};
	return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

export const update: Operation<AmazonAppFlowApi> = {
	name: 'Update',
	value: 'update',
	action: 'Update flow',
	description:
		'Change the description, trigger or tasks of a flow; what is left empty stays. The connectors, buckets, prefixes and objects of a flow cannot be changed.',
	fields: [flowLocator, ...fields],
	async execute({ api, parameters, token }) {
		const name = flowName(parameters);
		const parts = partsIn(parameters);
		const changes = parameters.json('changesJson');
		if (Object.keys(parts).length + Object.keys(changes).length === 0) {
			throw refusal('There is nothing to update: every field is empty');
		}
		const flow = await api.describeFlow(name);
		const before = configOf(flow);
		const kept = withComingStart({ ...before, ...parts }, Date.now());
		const after = withChanges(kept, changes, 'Changes (JSON)');
		refuseOtherEnds(before, after);
		const answer = await api.updateFlow(after, token(`update ${JSON.stringify(after)}`));
		return { flowArn: flow.flowArn, flowName: name, ...answer };
	},
};
