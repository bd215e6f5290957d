import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import type { Operation } from '../../../engine/operation';
import type { Parameters } from '../../../engine/input/parameters';
import { withoutNulls } from '../../../engine/values';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { normalizeBody } from '../../flowDefinition/schema/normalize';
import { checkChanges } from '../../flowDefinition/schema/rules';
import { newTriggerFields, readNewTrigger } from '../../flowDefinition/form/trigger';
import {
	updatableConfig,
	rejectEndpointChange,
	rejectUnknownKeys,
	withChanges,
} from './flowChange';
import { readFlowName } from '../../names';
import { withHints } from './withHints';
import { withFutureStart } from '../../flowDefinition/schedule';
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
function readFields(parameters: Parameters): IDataObject {
	const tasks = parameters.anyJson('tasksJson');
	if (tasks !== undefined && !(Array.isArray(tasks) && tasks.length > 0)) {
		throw inputError('Tasks (JSON) must be a list of tasks');
	}
	const parts = {
		description: parameters.text('description'),
		triggerConfig: readNewTrigger(parameters),
		tasks: tasks as IDataObject[] | undefined,
	};
	const set = Object.entries(parts).filter(([, part]) => part !== undefined);
	return normalizeBody(Object.fromEntries(set));
}

/** What is to be changed, and what AppFlow may not take of it. */
interface Changes {
	parts: IDataObject;
	changes: IDataObject;
	warnings: string[];
}

/** What cannot work is refused before the flow is read. */
function readChanges(parameters: Parameters): Changes {
	const parts = readFields(parameters);
	const changes = normalizeBody(parameters.json('changesJson'));
	if (Object.keys(parts).length + Object.keys(changes).length === 0) {
		throw inputError('There is nothing to update: every field is empty');
	}
	rejectUnknownKeys(changes, 'Changes (JSON)');
	const warnings = [...checkChanges(parts, 'label'), ...checkChanges(changes, 'path')];
	return { parts, changes, warnings };
}

export const update: Operation<AmazonAppFlowApi> = {
	name: 'Update',
	value: 'update',
	action: 'Update flow',
	description:
		'Change the description, trigger or tasks of a flow; what is left empty stays. The connectors, buckets, prefixes and objects of a flow cannot be changed.',
	fields: [flowLocator, ...fields],
	async execute({ api, parameters, run, token }) {
		const name = readFlowName(parameters);
		const { parts, changes, warnings } = readChanges(parameters);
		const flow = await api.describeFlow(name);
		const before = updatableConfig(flow);
		const { config, warning } = withFutureStart(withChanges(before, parts), Date.now());
		// of a schedule that is kept nobody asks for the start
		if (warning !== undefined && parts.triggerConfig !== undefined) warnings.push(warning);
		const after = withoutNulls(withChanges(config, changes));
		rejectEndpointChange(before, after);
		const clientToken = token(`update ${JSON.stringify(after)}`);
		const answer = await withHints(
			run,
			{ flow: name, warnings },
			async () => await api.updateFlow(after, clientToken),
		);
		return { flowArn: flow.flowArn, flowName: name, ...answer };
	},
};
