import type { INodeListSearchItems } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';
import { optionsMethod } from '../../engine/node/editor';
import { pagedSearch } from '../../engine/node/pagedSearch';
import { nonBlankText } from '../../engine/values';
import { digaApi } from '../api/definition';
import type { DigaFlow } from '../api/resource';
import { readAll } from './readAll';

function row({ id, name, status }: DigaFlow): INodeListSearchItems {
	const title = nonBlankText(name) ?? 'Unnamed';
	return { name: `${title}${status === 'ENABLED' ? ' · enabled' : ''} (${id})`, value: id };
}

const flowPicker = {
	name: 'flow',
	search: pagedSearch('searchFlows', digaApi, {
		load: async (api, after) => {
			const { results, next } = await api.flows.list({ after });
			return { rows: results.map(row), next };
		},
	}),
	placeholder: 'e.g. kQ3vZ8rYt1LxW0pNc7uHb',
};

/** A picker for a flow. A search reads page by page, because Diga cannot search flows. */
export const flowLocator = locator('Flow', flowPicker);

/** The same picker for operations that edit a flow. */
export const editedFlow = locator('Flow', {
	...flowPicker,
	description:
		'Changes apply to the draft. The published version stays the same until you publish.',
});

/** The flows of the project, for a field with multiple selection. */
export const getFlows = optionsMethod(digaApi, async (api) => {
	const flows = await readAll(async (after) => await api.flows.list({ after }));
	return flows.map(row);
});
