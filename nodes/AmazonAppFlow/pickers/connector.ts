import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { inputError } from '../../engine/errors';
import type { OperationError } from '../../engine/errors';
import { locator } from '../../engine/input/locator';
import { accountListSearch, currentParameter } from '../../engine/node/editor';
import { trimmedText } from '../../engine/values';
import { amazonAppFlowApi } from '../api/definition';
import { parseConnector } from '../names';
import type { ConnectorName } from '../names';
import { listEntry } from './listEntry';

/** Custom connectors share a type, so a connector's label is used as its value if it has one. */
const searchConnectors = accountListSearch('searchConnectors', amazonAppFlowApi, async (api) =>
	(await api.listConnectors(Infinity)).flatMap(({ connectorName, connectorLabel, connectorType }) =>
		listEntry(trimmedText(connectorLabel) ?? connectorType, connectorName),
	),
);

export const connectorLocator = locator('Connector', {
	name: 'connector',
	search: searchConnectors,
	by: 'name',
	placeholder: 'e.g. Salesforce or JDBCsmall',
	description: 'A connector type or the label of a custom connector',
});

/** The selected connector. Undefined if none is selected. */
export function selectedConnector(context: ILoadOptionsFunctions): ConnectorName | undefined {
	const name = trimmedText(currentParameter(context, 'connector'));
	return name === undefined ? undefined : parseConnector(name);
}

export function noConnectorError(): OperationError {
	return inputError(
		'Select a connector first. If an expression sets the connector, enter the name.',
	);
}
