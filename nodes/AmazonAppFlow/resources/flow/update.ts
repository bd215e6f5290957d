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
import { flowLocator } from '../../pickers/flow';

const fields: INodeProperties[] = [
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Accounts to the lake',
		description: 'The new description. Leave empty to keep the current one.',
	},
	...newTriggerFields,
	{
		displayName: 'Tasks (JSON)',
		name: 'tasksJson',
		type: 'json',
		default: '',
		placeholder: 'e.g. [{"taskType": "Map_all", "sourceFields": []}]',
		description:
			'A list of tasks that replaces the tasks of the flow. Leave empty to keep the current tasks.',
	},
	{
		displayName: 'Changes (JSON)',
		name: 'changesJson',
		type: 'json',
		default: '',
		placeholder: 'e.g. {"metadataCatalogConfig": null}',
		description:
			'Other changes, in the format of the AppFlow API. Objects are merged key by key, lists are replaced, and null removes a value. The connectors, buckets, prefixes and objects of a flow cannot be changed.',
	},
];

/** The changes from the fields, except Changes (JSON). Schedule settings that are not set are kept. */
function readFields(parameters: Parameters): IDataObject {
	const tasks = parameters.anyJson('tasksJson');
	if (tasks !== undefined && !(Array.isArray(tasks) && tasks.length > 0)) {
		throw inputError('Tasks (JSON) must be a list of tasks');
	}
	const fieldValues = {
		description: parameters.text('description'),
		triggerConfig: readNewTrigger(parameters),
		tasks: tasks as IDataObject[] | undefined,
	};
	const set = Object.entries(fieldValues).filter(([, value]) => value !== undefined);
	return normalizeBody(Object.fromEntries(set));
}

/** The changes to a flow. */
interface Changes {
	/** From the fields. */
	fieldChanges: IDataObject;
	/** From Changes (JSON). */
	jsonChanges: IDataObject;
	/** What AppFlow may reject, one or two sentences each. */
	warnings: string[];
}

/** @throws OperationError that names an invalid value, before the flow is read */
function readChanges(parameters: Parameters): Changes {
	const fieldChanges = readFields(parameters);
	const jsonChanges = normalizeBody(parameters.json('changesJson'));
	if (Object.keys(fieldChanges).length + Object.keys(jsonChanges).length === 0) {
		throw inputError('Nothing to update: all fields are empty');
	}
	rejectUnknownKeys(jsonChanges, 'Changes (JSON)');
	const warnings = [...checkChanges(fieldChanges, 'label'), ...checkChanges(jsonChanges, 'path')];
	return { fieldChanges, jsonChanges, warnings };
}

export const update: Operation<AmazonAppFlowApi> = {
	name: 'Update',
	value: 'update',
	action: 'Update flow',
	description:
		'Change the description, trigger or tasks of a flow. Empty fields keep their values. The connectors, buckets, prefixes and objects of a flow cannot be changed.',
	fields: [flowLocator, ...fields],
	async execute({ api, parameters, run, token }) {
		const name = readFlowName(parameters);
		const { fieldChanges, jsonChanges, warnings } = readChanges(parameters);
		const flow = await api.describeFlow(name);
		const before = updatableConfig(flow);
		const { config, warning } = withFutureStart(withChanges(before, fieldChanges), Date.now());
		// if the schedule is kept, its start does not concern the user
		if (warning !== undefined && fieldChanges.triggerConfig !== undefined) warnings.push(warning);
		const after = withoutNulls(withChanges(config, jsonChanges));
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
