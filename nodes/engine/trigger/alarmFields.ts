import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { asDeclared } from '../input/field';
import type { Parameters } from '../input/parameters';
import { eventField, outcomeField, resourceFields } from './watchFields';
import type { WatchFields } from './watchFields';

const HOUR_MS = 3_600_000;
const HOURS = { hours: 1, days: 24 } as const;

/** The values of Trigger On. */
export const events = {
	finished: 'runFinished',
	overdue: 'noSuccessfulRun',
	deactivated: 'flowDeactivated',
} as const;

/** The fields for how long a flow may have no successful run. */
function periodFields({ run, singular }: WatchFields): INodeProperties[] {
	return [
		{
			displayName: `No Successful ${run} For`,
			name: 'noSuccessFor',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000 },
			default: 24,
			description: `How long a ${singular.toLowerCase()} may have no successful ${run.toLowerCase()}. The time starts at the end of its last successful ${run.toLowerCase()}, but not before the workflow is activated or the ${singular.toLowerCase()} is created.`,
		},
		{
			displayName: 'Unit',
			name: 'noSuccessUnit',
			type: 'options',
			options: [
				{ name: 'Days', value: 'days' },
				{ name: 'Hours', value: 'hours' },
			],
			default: 'hours',
		},
	];
}

/** The longest time without a successful run, in ms. */
export function longestWithoutSuccess(parameters: Parameters): number {
	const unit = parameters.choice('noSuccessUnit', ['hours', 'days']);
	return parameters.number('noSuccessFor') * HOURS[unit] * HOUR_MS;
}

function shownFor(event: string | string[], fields: INodeProperties[]): INodeProperties[] {
	return updateDisplayOptions({ show: { event: [event].flat() } }, fields);
}

/**
 * The fields of a trigger that reports finished runs, flows without a successful run, and deactivated flows.
 * @param others the other events of the node, and their fields
 */
export function triggerFields(
	fields: WatchFields,
	others: { events: INodePropertyOptions[]; fields: INodeProperties[] } = {
		events: [],
		fields: [],
	},
): INodeProperties[] {
	const flow = fields.singular.toLowerCase();
	const run = fields.run.toLowerCase();
	const alarms: INodePropertyOptions[] = [
		{
			name: `${fields.singular} Deactivated`,
			value: events.deactivated,
			description: `Runs the workflow once when a ${flow} that was active is not active any more`,
		},
		{
			name: `No Successful ${fields.run}`,
			value: events.overdue,
			description: `Runs the workflow once for each ${flow} that has had no successful ${run} for some time, and again only after a successful ${run}`,
		},
	];
	return [
		eventField(fields, [...alarms, ...others.events]),
		...shownFor(Object.values(events), resourceFields(fields)),
		...shownFor(events.finished, [outcomeField(fields)]),
		...shownFor(events.overdue, periodFields(fields)),
		...others.fields,
	].map(asDeclared);
}
