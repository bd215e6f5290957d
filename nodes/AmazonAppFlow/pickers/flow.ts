import type { INodeListSearchItems } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';
import { listSearch, optionsMethod } from '../../engine/node/editor';
import { trimmedText } from '../../engine/values';
import type { AmazonAppFlowApi } from '../api/AmazonAppFlowApi';
import { amazonAppFlowApi } from '../api/definition';
import { listEntry } from './listEntry';

/** The flows in the Region, with their connectors. */
async function flowRows(api: AmazonAppFlowApi): Promise<INodeListSearchItems[]> {
	const flows = await api.listFlows(Infinity);
	return flows.flatMap(({ flowName, sourceConnectorType, destinationConnectorType }) =>
		listEntry(
			flowName,
			flowName,
			`${trimmedText(sourceConnectorType) ?? '?'} to ${trimmedText(destinationConnectorType) ?? '?'}`,
		),
	);
}

/** A picker for a flow. AppFlow identifies flows by name. */
export const flowLocator = locator('Flow', {
	name: 'flow',
	search: listSearch('searchFlows', amazonAppFlowApi, flowRows),
	by: 'name',
	placeholder: 'e.g. salesforce-to-s3',
});

/** The flows in the Region, for a field with multiple selection. */
export const getFlows = optionsMethod(amazonAppFlowApi, flowRows);
