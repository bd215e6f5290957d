import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { refusal } from '../../../engine/fault';
import type { Operation } from '../../../engine/operation';
import type { Parameters } from '../../../engine/parameters';
import type { AmazonAppFlowApi } from '../../AmazonAppFlowApi';
import { normalizeBody } from '../../createFlow/normalize';
import { checkChanges } from '../../createFlow/rules';
import { newTriggerFields, readNewTrigger } from '../../createFlow/trigger';
import { configOf, refuseOtherEnds, refuseStrangers, withChanges } from '../../flowChange';
import { flowName } from '../../names';
import { withComingStart } from '../../schedule';
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
	...newTriggerFields,
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

/** The fields beside the JSON; what they do not ask for of a schedule stays. */
function partsIn(parameters: Parameters): IDataObject {
	const tasks = parameters.anyJson('tasksJson');
	if (tasks !== undefined && !Array.isArray(tasks)) {
		throw refusal('Tasks (JSON) must be a list of tasks');
	}
	const parts = {
		description: parameters.text('description'),
		triggerConfig: readNewTrigger(parameters),
		tasks: tasks as IDataObject[] | undefined,
	};
	const set = Object.entries(parts).filter(([, part]) => part !== undefined);
	return normalizeBody(Object.fromEntries(set));
}

/** What cannot work is refused before the flow is read. */
function changesIn(parameters: Parameters): IDataObject[] {
	const parts = partsIn(parameters);
	const changes = normalizeBody(parameters.json('changesJson'));
	if (Object.keys(parts).length + Object.keys(changes).length === 0) {
		throw refusal('There is nothing to update: every field is empty');
	}
	refuseStrangers(changes, 'Changes (JSON)');
	checkChanges(parts, 'label');
	checkChanges(changes, 'path');
	return [parts, changes];
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
		const [parts = {}, changes = {}] = changesIn(parameters);
		const flow = await api.describeFlow(name);
		const before = configOf(flow);
		const kept = withComingStart(withChanges(before, parts), Date.now());
		const after = withChanges(kept, changes);
		refuseOtherEnds(before, after);
		const answer = await api.updateFlow(after, token(`update ${JSON.stringify(after)}`));
		return { flowArn: flow.flowArn, flowName: name, ...answer };
	},
};
