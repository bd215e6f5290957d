import type { INodeListSearchItems } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';
import { listSearch, optionsMethod } from '../../engine/node/editor';
import { nonBlankText } from '../../engine/values';
import { digaApi } from '../api/definition';
import type { DigaApi } from '../api/DigaApi';
import { readAll } from './readAll';

async function flowRows(api: DigaApi): Promise<INodeListSearchItems[]> {
	const flows = await readAll(async (after) => await api.flows.list({ after }));
	return flows.map(({ id, name, status }) => {
		const title = nonBlankText(name) ?? 'Unnamed';
		return { name: `${title}${status === 'ENABLED' ? ' · enabled' : ''} (${id})`, value: id };
	});
}

const flowPicker = {
	name: 'flow',
	search: listSearch('searchFlows', digaApi, flowRows),
	placeholder: 'e.g. kQ3vZ8rYt1LxW0pNc7uHb',
};

/** A picker for a flow. It loads all flows, because Diga cannot search them. */
export const flowLocator = locator('Flow', flowPicker);

/** The same picker for operations that edit a flow. */
export const editedFlow = locator('Flow', {
	...flowPicker,
	description:
		'Changes apply to the draft. The published version stays the same until you publish.',
});

/** The flows of the project, for a field with multiple selection. */
export const getFlows = optionsMethod(digaApi, flowRows);
