import type { INodeProperties } from 'n8n-workflow';
import { refusal } from '../engine/fault';
import type { Parameters } from '../engine/parameters';
import { frequencies } from './PortableApi';
import type { NewFlow } from './PortableApi';

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
export const keptSchedule: INodeProperties = {
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
};

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

const CRON_FIELD = /^[\w*/,\-?#]+$/;
const CRON_MACRO = /^@[a-z]+( \S+)?$/i;

/**
 * Checks the shape of a cron expression. Which dialect Portable reads is not documented,
 * so that what the fields mean is left to it.
 */
function readCron(text: string): string {
	const fields = text.split(/\s+/);
	const isExpression =
		(fields.length === 5 || fields.length === 6) && fields.every((field) => CRON_FIELD.test(field));
	if (isExpression || CRON_MACRO.test(text)) return text;
	throw refusal(
		`Cron Expression must have five or six fields, or be a macro such as @daily, but is "${text}"`,
	);
}

/** The one part of a new flow that the schedule is: frequency, cron, or neither. */
export function readSchedule(parameters: Parameters): Pick<NewFlow, 'frequency' | 'cron'> {
	switch (parameters.choice('schedule', ['frequency', 'cron', 'none'])) {
		case 'cron':
			return { cron: readCron(parameters.requiredText('cron')) };
		case 'frequency':
			return { frequency: parameters.choice('frequency', frequencies) };
		case 'none':
			return {};
	}
}
