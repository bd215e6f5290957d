import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { fetchForEditor, currentParameter, paginateRows } from '../../engine/node/editor';
import type { ListSearchArgs } from '../../engine/node/editor';
import { inputError } from '../../engine/errors';
import { trimmedText } from '../../engine/values';
import type { AmazonAppFlowApi, EntitySource } from '../api/AmazonAppFlowApi';
import { parseConnector } from '../names';
import type { ConnectorName } from '../names';
import { amazonAppFlow } from '../service';

/** A list entry for a name, with a label and details to distinguish it. Empty if there is no name. */
export function listEntry(value: unknown, ...more: unknown[]): INodeListSearchItems[] {
	const name = trimmedText(value);
	if (name === undefined) return [];
	const [label = name, ...details] = more.flatMap((part) => trimmedText(part) ?? []);
	const shown = label === name ? name : `${label} (${name})`;
	return [{ name: [shown, ...details].join(' · '), value: name }];
}

/** The selected connector. Undefined if none is selected. */
function selectedConnector(context: ILoadOptionsFunctions): ConnectorName | undefined {
	const name = trimmedText(currentParameter(context, 'connector'));
	return name === undefined ? undefined : parseConnector(name);
}

/** The flows in the Region, with their connectors. */
export async function flowEntries(api: AmazonAppFlowApi): Promise<INodeListSearchItems[]> {
	const flows = await api.listFlows(Infinity);
	return flows.flatMap(({ flowName, sourceConnectorType, destinationConnectorType }) =>
		listEntry(
			flowName,
			flowName,
			`${trimmedText(sourceConnectorType) ?? '?'} to ${trimmedText(destinationConnectorType) ?? '?'}`,
		),
	);
}

export async function searchFlows(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	return paginateRows(await fetchForEditor(this, amazonAppFlow, flowEntries), args);
}

/** All connections, or those of the selected connector. */
export async function searchConnections(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	const profiles = await fetchForEditor(
		this,
		amazonAppFlow,
		async (api) => await api.connectorProfiles({ ...selectedConnector(this) }, Infinity),
	);
	return paginateRows(
		profiles.flatMap(({ connectorProfileName, connectorLabel, connectorType }) =>
			listEntry(
				connectorProfileName,
				connectorProfileName,
				trimmedText(connectorLabel) ?? connectorType,
			),
		),
		args,
	);
}

/** Custom connectors share a type, so a connector's label is used as its value if it has one. */
export async function searchConnectors(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	const connectors = await fetchForEditor(
		this,
		amazonAppFlow,
		async (api) => await api.listConnectors(Infinity),
	);
	return paginateRows(
		connectors.flatMap(({ connectorName, connectorLabel, connectorType }) =>
			listEntry(trimmedText(connectorLabel) ?? connectorType, connectorName),
		),
		args,
	);
}

/** The maximum number of folders whose nested objects are listed. Each takes one request. */
const MAX_FOLDERS = 10;

/** The objects that a connection offers. Objects nested in folders, such as database schemas, are listed one level deep. */
export async function listObjects(
	api: AmazonAppFlowApi,
	source: EntitySource,
): Promise<IDataObject[]> {
	const found = await api.listEntities(source, Infinity);
	const folders = found.filter(({ hasNestedEntities }) => hasNestedEntities === true);
	if (folders.length === 0 || folders.length > MAX_FOLDERS) return found;
	const nested = await Promise.all(
		folders.map(
			async ({ name }) =>
				await api.listEntities({ ...source, entitiesPath: trimmedText(name) }, Infinity),
		),
	);
	return [...found.filter((object) => !folders.includes(object)), ...nested.flat()];
}

/** The objects that the selected connection offers. */
export async function searchObjects(
	this: ILoadOptionsFunctions,
	...args: ListSearchArgs
): Promise<INodeListSearchResult> {
	const objects = await fetchForEditor(this, amazonAppFlow, async (api) => {
		const connector = selectedConnector(this);
		if (!connector) {
			throw inputError(
				'Select a connector first. If an expression sets the connector, enter the name.',
			);
		}
		return await listObjects(api, {
			connectorType: connector.connectorType,
			connectorProfileName: trimmedText(currentParameter(this, 'connection')),
		});
	});
	return paginateRows(
		objects.flatMap(({ name, label }) => listEntry(name, label)),
		args,
	);
}
