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
	/** The method that lists the resources. Without it, the user cannot choose from a list. */
	loadOptionsMethod?: string;
	/** How the service identifies a resource. Default: `id`. */
	by?: 'id' | 'name';
	/** e.g. `e.g. 568971, 568972`. */
	placeholder: string;
	/** Descriptions of outcomes, if the name is not enough. */
	outcomes?: Partial<Record<Outcome, string>>;
	/** The description of the choice of all resources. Default: how many a poll checks. */
	allDescription?: string;
	/** The parameters that choose resources, if the node has those names already. */
	names?: { watch: string; listed: string; entered: string };
}

/** The outcomes to watch for. The first is the default. */
const OUTCOMES = ['any', 'failed', 'succeeded'] as const;
export type Outcome = (typeof OUTCOMES)[number];

function outcomeOptions(descriptions: Partial<Record<Outcome, string>>): INodePropertyOptions[] {
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

/** The names of the parameters that choose resources. */
function namesOf({ names, by = 'id' }: WatchFields) {
	return names ?? { watch: 'watch', listed: 'listed', entered: identifiers[by].mode };
}

/** The field for what starts the workflow. @param others the other events of the node */
export function eventField({ run }: WatchFields, others: INodePropertyOptions[] = []) {
	const events: INodePropertyOptions[] = [
		{
			name: `${run} Finished`,
			value: 'runFinished',
			description: `Runs the workflow once for each finished ${run.toLowerCase()}, regardless of its outcome`,
		},
	];
	return asDeclared({
		displayName: 'Trigger On',
		name: 'event',
		type: 'options',
		noDataExpression: true,
		options: [...events, ...others].sort((a, b) => (a.name < b.name ? -1 : 1)),
		default: firstValue(events),
	});
}

/** The field that chooses resources from a list. */
function listedField(fields: WatchFields): INodeProperties {
	const { singular, loadOptionsMethod, by = 'id' } = fields;
	const { many, listed } = identifiers[by];
	const names = namesOf(fields);
	return {
		displayName: `${singular} ${listed}`,
		name: names.listed,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod },
		required: true,
		default: [],
		displayOptions: { show: { [names.watch]: ['list'] } },
		description: `Choose from the list, or specify ${many} using an <a href="https://docs.n8n.io/code/expressions/">expression</a>`,
	};
}

/** The fields that choose the resources to watch. */
export function resourceFields(fields: WatchFields): INodeProperties[] {
	const { singular, plural, loadOptionsMethod, by = 'id', placeholder } = fields;
	const resources = plural.toLowerCase();
	const { mode, title, titles, many } = identifiers[by];
	const names = namesOf(fields);
	const modes: INodePropertyOptions[] = [
		{
			name: `All ${plural}`,
			value: 'all',
			description:
				fields.allDescription ??
				'Includes new ones. Each poll checks up to 50, least recently checked first.',
		},
		{ name: `${plural} by ${title}`, value: mode },
		...(loadOptionsMethod === undefined ? [] : [{ name: `${plural} From List`, value: 'list' }]),
	];
	return [
		{
			displayName: 'Watch',
			name: names.watch,
			type: 'options',
			options: modes,
			default: firstValue(modes),
		},
		...(loadOptionsMethod === undefined ? [] : [listedField(fields)]),
		{
			displayName: `${singular} ${titles}`,
			name: names.entered,
			type: 'string',
			required: true,
			default: '',
			placeholder,
			displayOptions: { show: { [names.watch]: [mode] } },
			description: `The ${many} of the ${resources}, separated by commas`,
		},
	];
}

/** The field for the outcome to watch for. */
export function outcomeField({ run, outcomes = {} }: WatchFields): INodeProperties {
	return {
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		options: outcomeOptions(outcomes),
		default: 'any',
		description: `Which finished ${run.toLowerCase()}s start the workflow`,
	};
}

/** The fields of a trigger on finished runs. */
export function watchFields(fields: WatchFields): INodeProperties[] {
	return [eventField(fields), ...resourceFields(fields), outcomeField(fields)].map(asDeclared);
}

/**
 * Returns what the user selected to watch. Undefined for everything.
 * @throws OperationError if nothing is selected
 */
export function chosenIds(parameters: Parameters, fields: WatchFields): string[] | undefined {
	const { singular, by = 'id' } = fields;
	const { mode, titles, many, listed } = identifiers[by];
	const names = namesOf(fields);
	const watch = parameters.choice(names.watch, ['all', mode, 'list']);
	if (watch === 'all') return undefined;
	const label = `${singular} ${watch === 'list' ? listed : titles}`;
	const value = parameters.raw(watch === 'list' ? names.listed : names.entered);
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
