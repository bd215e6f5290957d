import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { inputError } from '../errors';
import { asDeclared } from '../input/field';
import type { Parameters } from '../input/parameters';
import { isBlank, readText, quoted } from '../values';

/** The names and methods for the fields of a trigger on finished runs. */
export interface WatchFields {
	/** The resource that has runs, e.g. `Flow` and `Flows`. */
	singular: string;
	plural: string;
	/** The service's name for a run, e.g. `Run` or `Execution`. */
	run: string;
	/** The method that lists the resources. */
	loadOptionsMethod: string;
	/** How the service identifies a resource. Default: `id`. */
	by?: 'id' | 'name';
	/** e.g. `e.g. 568971, 568972`. */
	placeholder: string;
	/** Descriptions of outcomes, if the name is not enough. */
	outcomes: Partial<Record<Outcome, string>>;
}

/** The outcomes to watch for. The first is the default. */
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

/** How an identifier is named in titles and in sentences. */
const identifiers = {
	id: { mode: 'ids', title: 'ID', titles: 'IDs', one: 'ID', many: 'IDs', listed: 'Names or IDs' },
	name: {
		mode: 'names',
		title: 'Name',
		titles: 'Names',
		one: 'name',
		many: 'names',
		listed: 'Names',
	},
} as const;

/** How to select resources other than from the list, e.g. `by ID`. */
export function byIdentifier({ by = 'id' }: WatchFields): string {
	return `by ${identifiers[by].one}`;
}

/** The fields of a trigger on finished runs. */
export function watchFields({
	singular,
	plural,
	run,
	loadOptionsMethod,
	by = 'id',
	placeholder,
	outcomes,
}: WatchFields): INodeProperties[] {
	const resources = plural.toLowerCase();
	const { mode, title, titles, many, listed } = identifiers[by];
	const events: INodePropertyOptions[] = [
		{
			name: `${run} Finished`,
			value: 'runFinished',
			description: `Runs the workflow once for each finished ${run.toLowerCase()}, regardless of its outcome`,
		},
	];
	const modes: INodePropertyOptions[] = [
		{
			name: `All ${plural}`,
			value: 'all',
			description: 'Includes new ones. Each poll checks up to 50, least recently checked first.',
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
			options: modes,
			default: firstValue(modes),
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
			description: `The ${many} of the ${resources}, separated by commas`,
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
 * Returns what the user selected to watch. Undefined for everything.
 * @throws OperationError if nothing is selected
 */
export function chosenIds(
	parameters: Parameters,
	{ singular, by = 'id' }: WatchFields,
): string[] | undefined {
	const { mode, titles, many, listed } = identifiers[by];
	const watch = parameters.choice('watch', ['all', mode, 'list']);
	if (watch === 'all') return undefined;
	const label = `${singular} ${watch === 'list' ? listed : titles}`;
	const value = parameters.raw(watch === 'list' ? 'listed' : mode);
	const texts = [value].flat().flatMap((one: unknown) => {
		if (isBlank(one)) return [];
		const text = readText(one);
		if (text !== undefined) return text.split(',');
		throw inputError(`${label} must be ${many}, but contains ${quoted(one)}`);
	});
	const ids = texts.map((text) => text.trim()).filter((text) => text !== '');
	if (ids.length > 0) return ids;
	throw inputError(`${label} is empty`, 'Select at least one, or watch all.');
}

/** Returns the outcome to watch for. */
export function chosenOutcome(parameters: Parameters): Outcome {
	return parameters.choice('outcome', OUTCOMES);
}
