import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { inputError } from '../errors';
import { asDeclared } from '../input/field';
import type { Parameters } from '../input/parameters';
import { isBlank, readText, quoted } from '../values';

/** The words and methods of a trigger on finished runs. */
export interface WatchFields {
	/** What has runs, e.g. `Flow` and `Flows`. */
	singular: string;
	plural: string;
	/** What a run is called, e.g. `Run` or `Execution`. */
	run: string;
	/** Lists what there is to watch. */
	loadOptionsMethod: string;
	/** What the service knows a thing by; its ID where it is not said. */
	by?: 'id' | 'name';
	/** e.g. `e.g. 568971, 568972`. */
	placeholder: string;
	/** What counts as an outcome, where its name does not say all of it. */
	outcomes: Partial<Record<Outcome, string>>;
}

/** By which ends a run is wanted; the first is the default. */
const OUTCOMES = ['any', 'failed', 'succeeded'] as const;
export type Outcome = (typeof OUTCOMES)[number];

function outcomeOptions(descriptions: WatchFields['outcomes']): INodePropertyOptions[] {
	return OUTCOMES.map((value) => ({
		name: `${value.charAt(0).toUpperCase()}${value.slice(1)}`,
		value,
		...(descriptions[value] !== undefined && { description: descriptions[value] }),
	}));
}

function firstValue([first]: INodePropertyOptions[]): string {
	return String(first?.value ?? '');
}

/** The words for what a thing is known by, in titles and in sentences. */
const knownBy = {
	id: { way: 'ids', title: 'ID', titles: 'IDs', one: 'ID', many: 'IDs', listed: 'Names or IDs' },
	name: {
		way: 'names',
		title: 'Name',
		titles: 'Names',
		one: 'name',
		many: 'names',
		listed: 'Names',
	},
} as const;

/** How to choose things other than from the list, e.g. `by ID`. */
export function byIdentifier({ by = 'id' }: WatchFields): string {
	return `by ${knownBy[by].one}`;
}

/** The parameters of a trigger on finished runs. */
export function watchFields({
	singular,
	plural,
	run,
	loadOptionsMethod,
	by = 'id',
	placeholder,
	outcomes,
}: WatchFields): INodeProperties[] {
	const things = plural.toLowerCase();
	const { way: mode, title, titles, many, listed } = knownBy[by];
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
		{ name: `${plural} by ${title}`, value: mode },
		{ name: `${plural} From List`, value: 'list' },
	];
	const fields: INodeProperties[] = [
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
			displayName: `${singular} ${listed}`,
			name: 'listed',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod },
			required: true,
			default: [],
			displayOptions: { show: { watch: ['list'] } },
			description: `Choose from the list, or specify ${many} using an <a href="https://docs.n8n.io/code/expressions/">expression</a>`,
		},
		{
			displayName: `${singular} ${titles}`,
			name: mode,
			type: 'string',
			required: true,
			default: '',
			placeholder,
			displayOptions: { show: { watch: [mode] } },
			description: `The ${many} of the ${things}, separated by commas`,
		},
		{
			displayName: 'Outcome',
			name: 'outcome',
			type: 'options',
			options: outcomeOptions(outcomes),
			default: 'any',
			description: `Which finished ${run.toLowerCase()}s start the workflow`,
		},
	];
	return fields.map(asDeclared);
}

/**
 * What the user chose to watch; undefined for everything.
 * @throws Fault when nothing is chosen
 */
export function chosenIds(
	parameters: Parameters,
	{ singular, by = 'id' }: WatchFields,
): string[] | undefined {
	const { way: mode, titles, many, listed } = knownBy[by];
	const watch = parameters.choice('watch', ['all', mode, 'list']);
	if (watch === 'all') return undefined;
	const label = `${singular} ${watch === 'list' ? listed : titles}`;
	const value = parameters.raw(watch === 'list' ? 'listed' : mode);
	const texts = [value].flat().flatMap((one: unknown) => {
		if (isBlank(one)) return [];
		const text = readText(one);
		if (text !== undefined) return text.split(',');
		throw inputError(`${label} must be ${many}, but has ${quoted(one)}`);
	});
	const ids = texts.map((text) => text.trim()).filter((text) => text !== '');
	if (ids.length > 0) return ids;
	throw inputError(`${label} is empty`, 'Choose at least one, or watch all.');
}

/** By which ends a run is wanted. */
export function chosenOutcome(parameters: Parameters): Outcome {
	return parameters.choice('outcome', OUTCOMES);
}
