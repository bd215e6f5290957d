import type { INodeProperties } from 'n8n-workflow';
import { cronFields, readCron } from '../../../engine/input/cron';
import type { CronField } from '../../../engine/input/cron';
import { inputError } from '../../../engine/errors';
import { withBlankAsDefault } from '../../../engine/input/field';
import type { Parameters } from '../../../engine/input/parameters';
import { frequencies } from '../../api/flowEndpoints';
import type { NewFlow } from '../../api/flowEndpoints';

/** The schedule of a new flow. Portable accepts either a frequency or a cron expression, so one field selects which to enter. */
export const newSchedule: INodeProperties = {
	displayName: 'Schedule',
	name: 'schedule',
	type: 'options',
	options: [
		{
			name: 'Cron Expression',
			value: 'cron',
			description: 'Run the flow at the times of a cron expression',
		},
		{
			name: 'Frequency',
			value: 'frequency',
			description: 'Run the flow at a fixed interval, or only when it is started',
		},
		{
			name: 'None',
			value: 'none',
			description: 'Send no schedule. Portable does not document its default.',
		},
	],
	default: 'frequency',
	description: 'When Portable runs the flow',
};

/** As {@link newSchedule}, for an existing flow. */
export const keptSchedule: INodeProperties = withBlankAsDefault({
	displayName: 'Schedule',
	name: 'schedule',
	type: 'options',
	options: [
		{
			name: 'Cron Expression',
			value: 'cron',
			description: 'Run the flow at the times of a cron expression',
		},
		{
			name: 'Frequency',
			value: 'frequency',
			description: 'Run the flow at a fixed interval, or only when it is started',
		},
		{ name: 'Keep', value: 'none', description: 'Keep the current schedule' },
	],
	default: 'none',
	description: 'When Portable runs the flow',
});

/** The fields of a frequency or a cron expression. */
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
				description: 'Run the flow only when it is started, for example by this node',
			},
		],
		default: 'manual',
		displayOptions: { show: { schedule: ['frequency'] } },
		description: 'How often Portable runs the flow',
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
			'Five or six fields, or a macro such as @daily. Portable does not document the time zone.',
	},
];

const { second, minute, hour, dayOfMonth, month, dayOfWeek, year } = cronFields;

/**
 * Portable does not document its cron dialect, so each field accepts what any common dialect accepts.
 * A sixth field may be seconds, in first place, or years, in last place.
 */
const usual = [minute, hour, dayOfMonth, month, dayOfWeek].map((field: CronField): CronField => ({
	...field,
	marks: [...(field.marks ?? []), 'H'],
}));
const withSecond = [second, ...usual];
const withYear = [...usual, year];

const CRON_MACRO = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/i;

/**
 * Checks a cron expression against the common dialects.
 * @returns the expression, unchanged
 * @throws OperationError that names the invalid field and its allowed values
 */
export function readPortableCron(text: string): string {
	const endsInYear = /\d{4}$/.test(text);
	const forms = [usual, ...(endsInYear ? [withYear, withSecond] : [withSecond, withYear])];
	if (CRON_MACRO.test(text) || readCron(text, forms, 'Cron Expression')) return text;
	throw inputError(
		`Cron Expression must have five or six fields, or be a macro such as @daily, but is "${text}"`,
	);
}

/** The schedule as members of the request body: a frequency, a cron expression, or neither. */
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
