import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { OperationError, inputError } from '../../engine/errors';
import { locator } from '../../engine/input/locator';
import type { OperationContext } from '../../engine/operation';
import type { Parameters } from '../../engine/input/parameters';
import { idInAddress, isPageAddress } from '../../engine/input/pageAddress';
import { quoted } from '../../engine/values';
import { flowCategories } from '../api/DigaApi';
import type { DigaApi, DigaFlow } from '../api/DigaApi';
import { findStep, isHiddenLoop, nameOf, stepsOf, tellsSteps } from '../model/tree';

export const flowLocator = locator('Flow', {
	name: 'flow',
	searchListMethod: 'searchFlows',
	placeholder: 'e.g. kQ3vZ8rYt1LxW0pNc7uHb',
	description: 'All changes are made to its draft; what runs stays as it is until the next publish',
});

/** The status of a flow, to set or to filter by; see flowStatuses. */
export const flowStatus: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: [
		{ name: 'Disabled', value: 'DISABLED' },
		{ name: 'Enabled', value: 'ENABLED' },
	],
	default: 'ENABLED',
};

/** As the engine makes the IDs of flows: 21 letters and digits. */
const ENGINE_ID = /^[0-9A-Za-z]{21}$/;

/** What an address may call them. */
const KINDS = { 'a flow': ['flow', 'workflow'], 'an execution': ['execution', 'run'] };

/**
 * The ID that a text is, or that is in it: a page address may have it in its path, after its kind.
 * What the addresses of flows look like is not documented; `edit_url` of a copied template is one.
 */
export function engineId(text: string, label: string, what: keyof typeof KINDS): string {
	if (!isPageAddress(text)) {
		if (!/[\s/?#]/.test(text)) return text;
		throw inputError(`${label} must be the ID of ${what}, but is ${quoted(text)}`);
	}
	const id = idInAddress(text, KINDS[what], (segment) => ENGINE_ID.test(segment));
	if (id !== undefined) return id;
	throw inputError(
		`${label} is an address in which no ID of ${what} was found: ${quoted(text)}`,
		'Enter the ID alone.',
	);
}

/** The ID of the chosen flow. */
export function flowId(parameters: Parameters): string {
	return engineId(parameters.segment('flow'), 'Flow', 'a flow');
}

/** A name that Diga takes: it refuses the empty one, and a blank one nobody can find again. */
export const flowName: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Summary after each call',
	description: 'The name to show in Diga',
};

/**
 * Does something with a flow while no other item of this run does: items that change the same flow take turns,
 * in the order of the input.
 */
export async function withFlowLock<Result>(
	{ run }: OperationContext<DigaApi>,
	flow: string,
	task: () => Promise<Result>,
): Promise<Result> {
	return await run.withLock(`flow ${flow}`, task);
}

export function stepLocator(
	label: string,
	{ name, description, optional }: { name: string; description?: string; optional?: boolean },
): INodeProperties {
	return locator(label, {
		name,
		searchListMethod: 'searchSteps',
		what: 'step',
		by: 'name',
		placeholder: 'e.g. step_1',
		description,
		optional,
	});
}

export const stepField = stepLocator('Step', { name: 'step' });

/**
 * The step as the flow shows it; undefined when it may be there without being shown: inside a loop,
 * or because the answer has no steps at all.
 * @throws Fault when there is none of the name: Diga may take the change of an unknown step, and do nothing
 */
export function knownStep(flow: DigaFlow, name: string): IDataObject | undefined {
	const step = findStep(flow, name);
	if (step || !tellsSteps(flow) || stepsOf(flow).some(isHiddenLoop)) return step;
	throw unknownStep(flow, name);
}

export function unknownStep(flow: DigaFlow, name: string): OperationError {
	return new OperationError(`The flow ${flow.id} has no step "${name}"`, {
		fromService: true,
		description: `${stepNames(flow)} Steps inside loops may be missing in what Diga answers.`,
	});
}

/** The first names that there are, as a sentence. */
function stepNames(flow: DigaFlow): string {
	const names = stepsOf(flow)
		.flatMap((step) => nameOf(step) ?? [])
		.slice(0, 20);
	return names.length > 0 ? `Its steps are ${names.join(', ')}.` : 'It has no steps.';
}

export const categoryFilter: INodeProperties = {
	displayName: 'Category',
	name: 'flow_category',
	type: 'options',
	options: [
		{ name: 'Call Launcher', value: 'call_launcher', description: 'Starts outbound calls' },
		{ name: 'During Call', value: 'during_call', description: 'Called by the agent as a function' },
		{ name: 'Empty', value: 'empty', description: 'Has no trigger yet' },
		{ name: 'Post Call', value: 'post_call', description: 'Runs when a call has ended' },
		{ name: 'Pre Call', value: 'pre_call', description: 'Runs before the greeting' },
	],
	default: 'post_call',
	description: 'What Diga derives from the trigger and the steps; it cannot be set',
};

export function readCategory(parameters: Parameters) {
	return parameters.optionalChoice('filters.flow_category', flowCategories);
}

/** The option of the tests. */
export const failWhenTheTestFails: INodeProperties = {
	displayName: 'Fail When the Test Fails',
	name: 'failWhenTheTestFails',
	type: 'boolean',
	default: true,
	description: 'Whether the item fails when the test was carried out but did not succeed',
};

/** A collection of filters, sorted as n8n wants it. */
export function filtersOf(...options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		options,
	};
}
