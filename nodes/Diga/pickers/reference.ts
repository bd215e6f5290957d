import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeProperties,
} from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import { locator } from '../../engine/input/locator';
import { currentParameter, listSearch } from '../../engine/node/editor';
import { isObject, nonBlankText, unwrapLocator } from '../../engine/values';
import { digaApi } from '../api/definition';
import type { DigaApi } from '../api/DigaApi';
import { readDigaId } from '../model/ids';
import { nameOf, stepsOf, titleOf } from '../model/tree';
import { siblingParameter } from './siblingParameter';

/** How many steps to read sample data of, and how many values of each to list. */
const MAX_SAMPLES = 20;
const MAX_VALUES = 50;
/** How deep to list values, e.g. 2 for `body.name`. */
const MAX_DEPTH = 3;

/** A member of a reference, e.g. `.body` or `['a b']`. Undefined for a key that cannot be quoted. */
function member(key: string, inList: boolean): string | undefined {
	if (inList) return `[${key}]`;
	if (/^[A-Za-z_]\w*$/.test(key)) return `.${key}`;
	return /['\\{}]/.test(key) ? undefined : `['${key}']`;
}

/** The paths to values in a step's output, the short ones first, e.g. `step_1.body.name`. */
function pathsIn(name: string, output: unknown): string[] {
	const paths = [name];
	let level: Array<[path: string, value: unknown]> = [[name, output]];
	for (let depth = 0; depth < MAX_DEPTH; depth++) {
		level = level.flatMap(([path, value]) => {
			const isList = Array.isArray(value);
			if (!isList && !isObject(value)) return [];
			// the first entry shows what all entries of a list have
			return Object.entries(isList ? value.slice(0, 1) : value).flatMap(
				([key, one]: [string, unknown]) => {
					const next = member(key, isList);
					return next === undefined ? [] : [[`${path}${next}`, one] as [string, unknown]];
				},
			);
		});
		paths.push(...level.map(([path]) => path));
	}
	return paths.slice(0, MAX_VALUES);
}

function rowsFor(name: string, title: string, output: unknown): INodeListSearchItems[] {
	return pathsIn(name, output).map((path) => ({
		name: `${title}: {{${path}}}`,
		value: `{{${path}}}`,
	}));
}

/** What the last test of a step returned. Undefined if Diga has none, or does not return it. */
async function sampleOf(api: DigaApi, flow: string, step: IDataObject): Promise<unknown> {
	const name = nameOf(step);
	if (name === undefined) return undefined;
	// the list is useful without samples
	return await api.steps.getSampleData(flow, name, 'OUTPUT').then(
		({ data }) => data,
		() => undefined,
	);
}

/** The references of an existing flow, with the values of each step's sample data. */
async function referencesOfFlow(api: DigaApi, flow: string): Promise<INodeListSearchItems[]> {
	const steps = stepsOf(await api.flows.get(flow));
	const samples = await Promise.all(
		steps.slice(0, MAX_SAMPLES).map(async (step) => await sampleOf(api, flow, step)),
	);
	return steps.flatMap((step, index) => {
		const name = nameOf(step);
		return name === undefined ? [] : rowsFor(name, titleOf(step), samples[index]);
	});
}

/** The references of a flow that the node will create from its fields: its steps are named in order. */
function referencesOfPlan(context: ILoadOptionsFunctions): INodeListSearchItems[] {
	const rows: unknown[] = [currentParameter(context, 'steps.step') ?? []].flat();
	const steps = rows.map((row, index) => {
		const name = `step_${index + 1}`;
		const { displayName, action } = isObject(row) ? row : {};
		const title = nonBlankText(displayName) ?? nonBlankText(unwrapLocator(action));
		return rowsFor(name, title === undefined ? name : `${title} (${name})`, undefined);
	});
	return [...rowsFor('trigger', 'Trigger', undefined), ...steps.flat()];
}

const searchReferences = listSearch('searchReferences', digaApi, async (api, context) => {
	if (siblingParameter(context, 'operation') === 'createAndPublish')
		return referencesOfPlan(context);
	const flow = siblingParameter(context, 'flow');
	if (flow === undefined) throw inputError('Select a flow first');
	return await referencesOfFlow(api, readDigaId(flow, 'Flow', 'a flow'));
});

const picker = locator('Find a Reference', {
	name: 'reference',
	what: 'reference',
	search: searchReferences,
	placeholder: 'e.g. {{step_1.rows}}',
	optional: true,
	description:
		'Lists the steps of the flow, and the values from their last tests. Select a reference, change From List to Text, and copy it into a field that is set to Fixed. In an expression, use {{ $parameter.reference }}. The node does not send this field.',
});

/** Shows the text of references to copy. No operation reads it. */
export const referencePicker: INodeProperties = {
	...picker,
	noDataExpression: true,
	// the editor keeps the selected value only if the mode has this name
	modes: picker.modes?.map((mode) =>
		mode.name === 'id' ? { ...mode, displayName: 'Text' } : mode,
	),
};
