import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { OperationError, inputError } from '../../../engine/errors';
import { runOptions, waitForCompletion } from '../../../engine/runs/startRun';
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
import { flowLocator } from '../shared';

const fields: INodeProperties[] = [
	{
		displayName: 'Field',
		name: 'field',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. LastModifiedDate',
		description: 'The field of the source whose time decides; Connector > Get Fields shows them',
	},
	{
		displayName: 'Records',
		name: 'window',
		type: 'options',
		options: [
			{ name: 'After a Time', value: 'after' },
			{ name: 'All', value: 'all', description: 'Take away the filter by this field' },
			{ name: 'Before a Time', value: 'before' },
			{ name: 'Of One Day', value: 'day' },
		],
		default: 'day',
		description: 'Which records to transfer, by the time in that field',
	},
	{
		displayName: 'Time',
		name: 'time',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { window: ['after', 'before'] } },
		description: 'Not included itself; without a zone it is in that of the workflow',
	},
	{
		displayName: 'Day',
		name: 'day',
		type: 'dateTime',
		required: true,
		default: '',
		displayOptions: { show: { window: ['day'] } },
		description: 'Any time of that day, in the time zone of the workflow',
	},
];

const options: INodeProperties[] = [
	{
		displayName: 'Data Type',
		name: 'dataType',
		type: 'string',
		default: 'datetime',
		description: 'Of the field, as Connector > Get Fields shows it',
	},
	{
		displayName: 'Settle Delay (Seconds)',
		name: 'settleDelay',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 600 },
		default: 15,
		description:
			'How long to wait between the change and the start: right after a change, AppFlow may still run the flow as it was before',
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

/** Which records, as the user set it. */
interface Filter {
	field: string;
	dataType: string;
	window: DateWindow;
}

/** The configuration of the flow with the filter in it. */
function withFilter(flow: IDataObject, filter: Filter): IDataObject {
	const { sourceFlowConfig, tasks, ...config } = updatableConfig(flow);
	if (needsActivation(flow)) {
		throw inputError(
			'The flow does not run on demand, so that no run can be given a filter; nothing was changed',
			'Set its trigger to On Demand by Flow > Update, or create another flow for this.',
		);
	}
	const { connectorType: type } = isObject(sourceFlowConfig) ? sourceFlowConfig : {};
	if (typeof type !== 'string' || !Array.isArray(tasks)) {
		throw new OperationError(
			'Amazon AppFlow answered without the source or the tasks of the flow',
			{
				fromService: true,
			},
		);
	}
	const list = (tasks as unknown[]).filter(isObject);
	return { ...config, sourceFlowConfig, tasks: tasksWithWindow(list, type, filter) };
}

/** Changes the flow, and waits until AppFlow runs it as it is now. */
async function setFilter(
	context: OperationContext<AmazonAppFlowApi>,
	name: string,
	filter: Filter,
): Promise<string> {
	const { api, parameters, run } = context;
	// a token of its own at each try: in between, another item may have set its own filter
	await api.updateFlow(withFilter(await api.describeFlow(name), filter), randomUUID());
	await sleep(parameters.number('options.settleDelay') * 1000, run.signal);
	return `The filter of the flow "${name}" is set, but the flow was not started.`;
}

export const setFilterAndRun: Operation<AmazonAppFlowApi> = {
	name: 'Set Filter and Run',
	value: 'setFilterAndRun',
	action: 'Set filter of flow and run it',
	description:
		'Have a flow that runs on demand transfer the records of one day, or those after or before a time. The filter stays in the flow. Items for the same flow run one after another.',
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
			`window of ${name}`,
			async () =>
				await startFlow(context, name, async () => await setFilter(context, name, filter)),
		);
	},
};
