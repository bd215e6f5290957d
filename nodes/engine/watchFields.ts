import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { refusal } from './fault';
import type { Parameters } from './parameters';
import { isBlank, isScalar, shown } from './values';

/** The words and methods of a trigger on finished runs. */
export interface WatchFields {
	/** What has runs, e.g. `Flow` and `Flows`. */
	singular: string;
	plural: string;
	/** What a run is called, e.g. `Run` or `Execution`. */
	run: string;
	/** Lists what there is to watch. */
	loadOptionsMethod: string;
	/** e.g. `e.g. 568971, 568972`. */
	placeholder: string;
	/** By which ends a run is wanted; the first is the default. */
	outcomes: INodePropertyOptions[];
}

function firstValue([first]: INodePropertyOptions[]): string {
	return String(first?.value ?? '');
}

/** The parameters of a trigger on finished runs. */
export function watchFields({
	singular,
	plural,
	run,
	loadOptionsMethod,
	placeholder,
	outcomes,
}: WatchFields): INodeProperties[] {
	const things = plural.toLowerCase();
	const events: INodePropertyOptions[] = [
		{
			name: `${run} Finished`,
			value: 'runFinished',
			description: `Once for each ${run.toLowerCase()} that has ended, however it ended`,
		},
	];
	const ways: INodePropertyOptions[] = [
		{
			name: `All ${plural}`,
			value: 'all',
			description: 'Also those that are added later; of many, up to 50 are looked at in each poll',
		},
		{ name: `${plural} by ID`, value: 'ids' },
		{ name: `${plural} From List`, value: 'list' },
	];
	return [
		{
			displayName: 'Trigger On',
			name: 'event',
			type: 'options',
			noDataExpression: true,
			options: events,
			default: firstValue(events),
		},
		{
			displayName: 'Watch',
			name: 'watch',
			type: 'options',
			options: ways,
			default: firstValue(ways),
		},
		{
			displayName: `${singular} Names or IDs`,
			name: 'listed',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod },
			required: true,
			default: [],
			displayOptions: { show: { watch: ['list'] } },
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		{
			displayName: `${singular} IDs`,
			name: 'ids',
			type: 'string',
			required: true,
			default: '',
			placeholder,
			displayOptions: { show: { watch: ['ids'] } },
			description: `The IDs of the ${things}, separated by commas`,
		},
		{
			displayName: 'Outcome',
			name: 'outcome',
			type: 'options',
			options: outcomes,
			default: firstValue(outcomes),
			description: `Which finished ${run.toLowerCase()}s start the workflow`,
		},
	];
}

/**
 * What the user chose to watch; undefined for everything.
 * @throws Fault when nothing is chosen
 */
export function chosenIds(parameters: Parameters, { singular }: WatchFields): string[] | undefined {
	const watch = parameters.choice('watch', ['all', 'ids', 'list']);
	if (watch === 'all') return undefined;
	const label = watch === 'ids' ? `${singular} IDs` : `${singular} Names or IDs`;
	const value = parameters.raw(watch === 'ids' ? 'ids' : 'listed');
	const texts = [value].flat().flatMap((one: unknown) => {
		if (isBlank(one)) return [];
		if (isScalar(one)) return String(one).split(',');
		throw refusal(`${label} must be IDs, but has ${shown(one)}`);
	});
	const ids = texts.map((text) => text.trim()).filter((text) => text !== '');
	if (ids.length > 0) return ids;
	throw refusal(`${label} is empty`, 'Choose at least one, or watch all.');
}

/** By which ends a run is wanted. */
export function chosenOutcome(parameters: Parameters, { outcomes }: WatchFields): string {
	const values = outcomes.map(({ value }) => String(value));
	return parameters.optionalChoice('outcome', values) ?? firstValue(outcomes);
}
