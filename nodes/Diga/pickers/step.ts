import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import { locator } from '../../engine/input/locator';
import { listSearch } from '../../engine/node/editor';
import { digaApi } from '../api/definition';
import { readDigaId } from '../model/ids';
import { nameOf, stepsOf, titleOf } from '../model/tree';
import { siblingParameter } from './siblingParameter';

/** The trigger and the steps of the chosen flow. */
const searchSteps = listSearch('searchSteps', digaApi, async (api, context) => {
	const flow = siblingParameter(context, 'flow');
	if (flow === undefined) throw inputError('Select a flow first, or choose By Name');
	return stepsOf(await api.flows.get(readDigaId(flow, 'Flow', 'a flow'))).flatMap((step) => {
		const name = nameOf(step);
		return name === undefined ? [] : { name: titleOf(step), value: name };
	});
});

export function stepLocator(
	label: string,
	{ name, description, optional }: { name: string; description?: string; optional?: boolean },
): INodeProperties {
	return locator(label, {
		name,
		search: searchSteps,
		what: 'step',
		by: 'name',
		placeholder: 'e.g. step_1',
		description,
		optional,
	});
}

export const stepField = stepLocator('Step', { name: 'step' });
