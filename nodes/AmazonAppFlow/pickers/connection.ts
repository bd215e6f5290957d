import { locator } from '../../engine/input/locator';
import { pagedSearch } from '../../engine/node/pagedSearch';
import { trimmedText } from '../../engine/values';
import { amazonAppFlowApi } from '../api/definition';
import { selectedConnector } from './connector';
import { listEntry } from './listEntry';

/** All connections, or those of the selected connector. */
const searchConnections = pagedSearch('searchConnections', amazonAppFlowApi, {
	query: (context) => ({ ...selectedConnector(context) }),
	load: async (api, after, query) => {
		const { results, next } = await api.connectorProfilePage({ ...query }, after);
		const rows = results.flatMap(({ connectorProfileName: name, connectorLabel, connectorType }) =>
			listEntry(name, name, trimmedText(connectorLabel) ?? connectorType),
		);
		return { rows, next };
	},
});

const connection = {
	name: 'connection',
	search: searchConnections,
	by: 'name' as const,
	placeholder: 'e.g. salesforce-production',
};

export const connectionLocator = locator('Connection', connection);

/** A picker for a connection, which Amazon S3 does not need. */
export const optionalConnectionLocator = locator('Connection', {
	...connection,
	description: 'A saved connection of the connector. Amazon S3 needs no connection.',
	optional: true,
});
