import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';
import { optionsMethod } from '../../engine/node/editor';
import { pagedSearch } from '../../engine/node/pagedSearch';
import { trimmedText } from '../../engine/values';
import { amazonAppFlowApi } from '../api/definition';
import { listEntry } from './listEntry';

/** A flow with its connectors. */
function row(flow: IDataObject): INodeListSearchItems[] {
	const { flowName, sourceConnectorType, destinationConnectorType } = flow;
	const source = trimmedText(sourceConnectorType) ?? '?';
	const destination = trimmedText(destinationConnectorType) ?? '?';
	return listEntry(flowName, flowName, `${source} to ${destination}`);
}

/** A picker for a flow. AppFlow identifies flows by name. */
export const flowLocator = locator('Flow', {
	name: 'flow',
	search: pagedSearch('searchFlows', amazonAppFlowApi, {
		load: async (api, after) => {
			const { results, next } = await api.flowPage(after);
			return { rows: results.flatMap(row), next };
		},
	}),
	by: 'name',
	placeholder: 'e.g. salesforce-to-s3',
});

/** The flows in the Region, for a field with multiple selection. */
export const getFlows = optionsMethod(amazonAppFlowApi, async (api) =>
	(await api.listFlows(Infinity)).flatMap(row),
);
