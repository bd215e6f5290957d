import type { INodeProperties } from 'n8n-workflow';
import { cronFields, readCron } from '../../../engine/input/cron';
import type { CronField } from '../../../engine/input/cron';
import { inputError } from '../../../engine/errors';
import { withBlankAsDefault } from '../../../engine/input/field';
import type { Parameters } from '../../../engine/input/parameters';
import { frequencies } from '../../api/PortableApi';
import type { NewFlow } from '../../api/PortableApi';

/** When Portable is to run a new flow by itself. Frequency and cron exclude each other, so one choice leads to either. */
export const newSchedule: INodeProperties = {
	displayName: 'Schedule',
	name: 'schedule',
	type: 'options',
	options: [
		{
			name: 'Cron Expression',
			value: 'cron',
			description: 'Let Portable run the flow by a cron expression',
		},
		{
			name: 'Frequency',
			value: 'frequency',
			description: 'Let Portable run the flow every so often, or not by itself',
		},
		{
			name: 'None',
			value: 'none',
			description: 'Send no schedule, and leave it to what Portable then does',
		},
	],
	default: 'frequency',
};

/** The same for a flow that there is. */
export const keptSchedule: INodeProperties = withBlankAsDefault({
	displayName: 'Schedule',
	name: 'schedule',
	type: 'options',
	options: [
		{
			name: 'Cron Expression',
			value: 'cron',
			description: 'Let Portable run the flow by a cron expression',
		},
		{
			name: 'Frequency',
			value: 'frequency',
			description: 'Let Portable run the flow every so often, or not by itself',
		},
		{ name: 'Keep', value: 'none', description: 'Leave the schedule as it is' },
	],
	default: 'none',
});

/** The fields that go with either. */
export const scheduleDetails: INodeProperties[] = [
	{
		displayName: 'Frequency',
		name: 'frequency',
		type: 'options',
		options: [
			{ name: 'Every 12 Hours', value: '12h' },
			{ name: 'Every 15 Minutes', value: '15m' },
			{ name: 'Every 24 Hours', value: '24h' },
			{ name: 'Every 30 Minutes', value: '30m' },
			{ name: 'Every 6 Hours', value: '6h' },
			{ name: 'Every Hour', value: '1h' },
			{
				name: 'Manual',
				value: 'manual',
				description: 'Only when it is started, for example by this node',
			},
		],
		default: 'manual',
		displayOptions: { show: { schedule: ['frequency'] } },
	},
	{
		displayName: 'Cron Expression',
		name: 'cron',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 7 5 * * 5',
		displayOptions: { show: { schedule: ['cron'] } },
		description:
			'Five or six fields, or a macro such as @daily. Which time zone Portable uses is not documented.',
	},
];

const { second, minute, hour, dayOfMonth, month, dayOfWeek, year } = cronFields;

/**
 * Which dialect Portable reads is not documented, so that each field may be what any of the usual ones takes,
 * and of six fields the first may be the second, or the last one the year.
 */
const usual = [minute, hour, dayOfMonth, month, dayOfWeek].map((field: CronField): CronField => ({
	...field,
	marks: [...(field.marks ?? []), 'H'],
}));
const withSecond = [second, ...usual];
const withYear = [...usual, year];

const CRON_MACRO = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/i;

/**
 * A cron expression that some dialect knows.
 * @throws Fault that says which field is wrong, and what is allowed in it
 */
export function readPortableCron(text: string): string {
	const endsInYear = /\d{4}$/.test(text);
	const forms = [usual, ...(endsInYear ? [withYear, withSecond] : [withSecond, withYear])];
	if (CRON_MACRO.test(text) || readCron(text, forms, 'Cron Expression')) return text;
	throw inputError(
		`Cron Expression must have five or six fields, or be a macro such as @daily, but is "${text}"`,
	);
}

/** The one part of a new flow that the schedule is: frequency, cron, or neither. */
export function readSchedule(parameters: Parameters): Pick<NewFlow, 'frequency' | 'cron'> {
	switch (parameters.choice('schedule', ['frequency', 'cron', 'none'])) {
		case 'cron':
			return { cron: readPortableCron(parameters.requiredText('cron')) };
		case 'frequency':
			return { frequency: parameters.choice('frequency', frequencies) };
		case 'none':
			return {};
	}
}
