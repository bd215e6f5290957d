import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { OperationError, inputError } from '../../../engine/errors';
import { runOptions, waitForCompletion } from '../../../engine/runs/runFields';
import type { OperationContext, Operation } from '../../../engine/operation';
import type { Parameters } from '../../../engine/input/parameters';
import { sleep } from '../../../engine/sleep';
import { isObject } from '../../../engine/values';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { dayOf, tasksWithWindow } from './dateWindow';
import type { DateWindow } from './dateWindow';
import { updatableConfig } from './flowChange';
import { needsActivation } from './knownFlow';
import { readFlowName } from '../../names';
import { startFlow } from './startRun';
import { flowLocator } from '../../pickers/flow';

const fields: INodeProperties[] = [
	{
		displayName: 'Field',
		name: 'field',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. LastModifiedDate',
		description:
			'The source field with the time to filter by. Connector > Get Fields lists the fields.',
	},
	{
		displayName: 'Records',
		name: 'window',
		type: 'options',
		options: [
			{ name: 'After a Time', value: 'after' },
			{ name: 'All', value: 'all', description: 'Remove the filter by this field' },
			{ name: 'Before a Time', value: 'before' },
			{ name: 'From One Day', value: 'day' },
		],
		default: 'day',
		description: 'Which records to transfer, by the time in the field',
	},
	{
		displayName: 'Time',
		name: 'time',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { window: ['after', 'before'] } },
		description:
			'The time itself is excluded. A time without a time zone is in the time zone of the workflow.',
	},
	{
		displayName: 'Day',
		name: 'day',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { window: ['day'] } },
		description: 'Any time on that day, in the time zone of the workflow',
	},
];

const options: INodeProperties[] = [
	{
		displayName: 'Data Type',
		name: 'dataType',
		type: 'string',
		default: 'datetime',
		description: 'The type of the field, as Connector > Get Fields shows it',
	},
	{
		displayName: 'Settle Delay (Seconds)',
		name: 'settleDelay',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 600 },
		default: 15,
		description:
			'How long to wait between the change and the start. Immediately after a change, AppFlow may run the flow with the old configuration.',
	},
];

function readWindow(parameters: Parameters): DateWindow {
	switch (parameters.choice('window', ['day', 'after', 'before', 'all'])) {
		case 'after':
			return { after: parameters.date('time').getTime() };
		case 'before':
			return { before: parameters.date('time').getTime() };
		case 'day':
			return dayOf(parameters.date('day'), parameters.timezone);
		case 'all':
			return {};
	}
}

/** The filter that the user set. */
interface Filter {
	field: string;
	dataType: string;
	window: DateWindow;
}

/** The configuration of the flow with the filter added. */
function withFilter(flow: IDataObject, filter: Filter): IDataObject {
	const { sourceFlowConfig, tasks, ...config } = updatableConfig(flow);
	if (needsActivation(flow)) {
		throw inputError(
			'The flow does not run on demand, so the filter cannot be set for a single run; nothing was changed',
			'Set its trigger to On Demand with Flow > Update, or create another flow.',
		);
	}
	const { connectorType: type } = isObject(sourceFlowConfig) ? sourceFlowConfig : {};
	if (typeof type !== 'string' || !Array.isArray(tasks)) {
		throw new OperationError('Amazon AppFlow returned the flow without its source or tasks', {
			fromService: true,
		});
	}
	const list = (tasks as unknown[]).filter(isObject);
	return { ...config, sourceFlowConfig, tasks: tasksWithWindow(list, type, filter) };
}

/**
 * Changes the flow and waits until AppFlow uses the new configuration: https://github.com/apache/airflow/issues/28869
 * @returns a sentence about the change, for the error message if the start fails
 */
async function setFilter(
	context: OperationContext<AmazonAppFlowApi>,
	name: string,
	filter: Filter,
): Promise<string> {
	const { api, parameters, run } = context;
	// a new token for each attempt, because another item may set its filter in between
	await api.updateFlow(withFilter(await api.describeFlow(name), filter), randomUUID());
	await sleep(parameters.number('options.settleDelay') * 1000, run.signal);
	return `The filter of the flow "${name}" is set, but the flow was not started.`;
}

export const setFilterAndRun: Operation<AmazonAppFlowApi> = {
	name: 'Set Filter and Run',
	value: 'setFilterAndRun',
	action: 'Set filter of flow and run it',
	description:
		'Run an on-demand flow for the records from one day, or after or before a time. The filter remains in the flow. Items for the same flow run one after another.',
	fields: [flowLocator, ...fields, { ...waitForCompletion, default: true }],
	options: [...options, ...runOptions],
	isLongRunning: true,
	async execute(context) {
		const { parameters } = context;
		const name = readFlowName(parameters);
		const filter = {
			field: parameters.requiredText('field'),
			dataType: parameters.text('options.dataType') ?? 'datetime',
			window: readWindow(parameters),
		};
		return await context.run.withLock(
			`filter of ${name}`,
			async () =>
				await startFlow(context, name, async () => await setFilter(context, name, filter)),
		);
	},
};
