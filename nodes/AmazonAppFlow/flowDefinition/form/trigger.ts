import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { withBlankAsDefault } from '../../../engine/input/field';
import type { Parameters } from '../../../engine/input/parameters';
import { isBlank } from '../../../engine/values';
import { readScheduleExpression } from '../schedule';

const scheduled = { show: { triggerType: ['Scheduled'] } };

const scheduleSettings: INodeProperties = {
	displayName: 'Schedule Settings',
	name: 'scheduleSettings',
	type: 'collection',
	placeholder: 'Add setting',
	default: {},
	displayOptions: scheduled,
	options: [
		{
			displayName: 'End',
			name: 'scheduleEndTime',
			type: 'dateTime',
			default: '',
			description: 'When the schedule ends',
		},
		{
			displayName: 'Failures Until Deactivation',
			name: 'flowErrorDeactivationThreshold',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 10,
			description: 'The number of consecutive failed runs after which AppFlow deactivates the flow',
		},
		{
			displayName: 'First Run From',
			name: 'firstExecutionFrom',
			type: 'dateTime',
			default: '',
			description:
				'The first incremental run transfers records from this time on. If empty, from the last 30 days.',
		},
		{
			displayName: 'Offset (Seconds)',
			name: 'scheduleOffset',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 36000 },
			default: 0,
			description:
				'How far an incremental run goes back in time, to include records that arrive late',
		},
		{
			displayName: 'Start',
			name: 'scheduleStartTime',
			type: 'dateTime',
			default: '',
			description: 'When the schedule starts. Intervals start at this time.',
		},
		{
			displayName: 'Time Zone',
			name: 'timezone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Berlin',
			description: 'The time zone that AppFlow displays. It does not change the times set here.',
		},
	],
};

/** Sorted by name, as in the dropdown list. */
const triggers: INodePropertyOptions[] = [
	{
		name: 'On Demand',
		value: 'OnDemand',
		description: 'Runs when it is started, for example by this node',
	},
	{
		name: 'On Event',
		value: 'Event',
		description:
			'Runs when the source reports a change, if the source supports events. Must be activated.',
	},
	{
		name: 'On Schedule',
		value: 'Scheduled',
		description: 'Runs automatically on a schedule. Must be activated.',
	},
];

const pullModes: INodePropertyOptions[] = [
	{ name: 'Full', value: 'Complete', description: 'Each run transfers all records' },
	{
		name: 'Incremental',
		value: 'Incremental',
		description: 'Each run transfers records that are new or changed since the last successful run',
	},
];

const trigger: INodeProperties = {
	displayName: 'Trigger',
	name: 'triggerType',
	type: 'options',
	options: triggers,
	default: 'OnDemand',
	description: 'What starts a run of the flow',
};

const KEEP = 'keep';

const newTrigger: INodeProperties = withBlankAsDefault({
	...trigger,
	options: [{ name: 'Keep', value: KEEP, description: 'Keep the current trigger' }, ...triggers],
	default: KEEP,
});

const scheduleFields: INodeProperties[] = [
	{
		displayName: 'Schedule',
		name: 'schedule',
		type: 'options',
		options: [
			{ name: 'At an Interval', value: 'every' },
			{ name: 'By Expression', value: 'expression' },
		],
		default: 'every',
		description: 'How to specify the schedule',
		displayOptions: scheduled,
	},
	{
		displayName: 'Every',
		name: 'every',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10000, numberPrecision: 0 },
		default: 1,
		displayOptions: { show: { triggerType: ['Scheduled'], schedule: ['every'] } },
		description: 'The number of minutes, hours or days between runs',
	},
	{
		displayName: 'Unit',
		name: 'unit',
		type: 'options',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
		],
		default: 'hours',
		displayOptions: { show: { triggerType: ['Scheduled'], schedule: ['every'] } },
	},
	{
		displayName: 'Schedule Expression',
		name: 'scheduleExpression',
		type: 'string',
		default: '',
		placeholder: 'e.g. rate(5minutes) or cron(0 12 * * ? *)',
		displayOptions: { show: { triggerType: ['Scheduled'], schedule: ['expression'] } },
		description: 'A schedule expression in the format of AWS',
	},
	{
		displayName: 'Transfer Mode',
		name: 'dataPullMode',
		type: 'options',
		options: pullModes,
		default: 'Incremental',
		description: 'Which records a run transfers',
		displayOptions: scheduled,
	},
	scheduleSettings,
];

/** The fields for when a flow runs. */
export const triggerFields: INodeProperties[] = [trigger, ...scheduleFields];

/** The fields to change when a flow runs. */
export const newTriggerFields: INodeProperties[] = [newTrigger, ...scheduleFields];

const times = ['scheduleStartTime', 'scheduleEndTime', 'firstExecutionFrom'] as const;
const numbers = ['scheduleOffset', 'flowErrorDeactivationThreshold'] as const;

function readExpression(parameters: Parameters): string {
	if (parameters.choice('schedule', ['every', 'expression']) === 'expression') {
		return readScheduleExpression(parameters.requiredText('scheduleExpression'));
	}
	return `rate(${parameters.number('every')}${parameters.choice('unit', ['hours', 'days', 'minutes'])})`;
}

function isSet(parameters: Parameters, name: string): boolean {
	return !isBlank(parameters.raw(`scheduleSettings.${name}`));
}

/** Reads the triggerConfig from {@link triggerFields}. Times are epoch seconds. */
export function readTrigger(parameters: Parameters): IDataObject {
	const triggerType = parameters.choice('triggerType', ['OnDemand', 'Scheduled', 'Event']);
	if (triggerType !== 'Scheduled') return { triggerType };
	const schedule: IDataObject = {
		scheduleExpression: readExpression(parameters),
		dataPullMode: parameters.choice('dataPullMode', ['Incremental', 'Complete']),
	};
	for (const name of times) {
		if (!isSet(parameters, name)) continue;
		schedule[name] = parameters.date(`scheduleSettings.${name}`).getTime() / 1000;
	}
	for (const name of numbers) {
		if (isSet(parameters, name)) schedule[name] = parameters.number(`scheduleSettings.${name}`);
	}
	const timezone = parameters.text('scheduleSettings.timezone');
	if (timezone !== undefined) schedule.timezone = timezone;
	return { triggerType, triggerProperties: { Scheduled: schedule } };
}

/** Reads the new triggerConfig from {@link newTriggerFields}. Undefined to keep the current trigger. */
export function readNewTrigger(parameters: Parameters): IDataObject | undefined {
	const isKept =
		parameters.choice('triggerType', [KEEP, 'OnDemand', 'Scheduled', 'Event']) === KEEP;
	return isKept ? undefined : readTrigger(parameters);
}
