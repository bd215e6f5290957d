import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { fetchForEditor, currentParameter, paginateRows } from '../../engine/node/editor';
import type { ListSearchArgs } from '../../engine/node/editor';
import { inputError } from '../../engine/errors';
import type { AmazonAppFlowApi, EntitySource } from '../api/AmazonAppFlowApi';
import { connectorOf } from '../names';
import type { ConnectorName } from '../names';
import { amazonAppFlow } from '../service';

/** Text without blanks around it; undefined when there is none. */
export function text(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** A row by the name that goes into the field, with what else tells it apart. */
export function row(value: unknown, ...more: unknown[]): INodeListSearchItems[] {
	const name = text(value);
	if (name === undefined) return [];
	const [label = name, ...details] = more.map(text).filter((one) => one !== undefined);
	const shown = label === name ? name : `${label} (${name})`;
	return [{ name: [shown, ...details].join(' · '), value: name }];
}

/** The connector that the form has; undefined while it has none. */
function chosenConnector(context: ILoadOptionsFunctions): ConnectorName | undefined {
	const name = text(currentParameter(context, 'connector'));
	return name === undefined ? undefined : connectorOf(name);
}

/** The flows of the region, with what they connect. */
export async function flowRows(api: AmazonAppFlowApi): Promise<INodeListSearchItems[]> {
	const flows = await api.listFlows(Infinity);
	return flows.flatMap(({ flowName, sourceConnectorType, destinationConnectorType }) =>
		row(
			flowName,
			flowName,
			`${text(sourceConnectorType) ?? '?'} to ${text(destinationConnectorType) ?? '?'}`,
		),
	);
}

export async function searchFlows(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	return paginateRows(await fetchForEditor(this, amazonAppFlow, flowRows), wanted);
}

/** All, or those of the connector that the form has. */
export async function searchConnections(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	const profiles = await fetchForEditor(
		this,
		amazonAppFlow,
		async (api) => await api.connectorProfiles({ ...chosenConnector(this) }, Infinity),
	);
	return paginateRows(
		profiles.flatMap(({ connectorProfileName, connectorLabel, connectorType }) =>
			row(connectorProfileName, connectorProfileName, text(connectorLabel) ?? connectorType),
		),
		wanted,
	);
}

/** By the label where there is one: custom connectors share one type. */
export async function searchConnectors(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	const connectors = await fetchForEditor(
		this,
		amazonAppFlow,
		async (api) => await api.listConnectors(Infinity),
	);
	return paginateRows(
		connectors.flatMap(({ connectorName, connectorLabel, connectorType }) =>
			row(text(connectorLabel) ?? connectorType, connectorName),
		),
		wanted,
	);
}

/** As many objects that have others nested in them are opened, each by a request of its own. */
const OPENED = 10;

/** What a connection offers; what is nested in folders, such as the schemas of a database, one level deep. */
export async function objectsOf(
	api: AmazonAppFlowApi,
	source: EntitySource,
): Promise<IDataObject[]> {
	const found = await api.listEntities(source, Infinity);
	const folders = found.filter(({ hasNestedEntities }) => hasNestedEntities === true);
	if (folders.length === 0 || folders.length > OPENED) return found;
	const inside = await Promise.all(
		folders.map(
			async ({ name }) => await api.listEntities({ ...source, entitiesPath: text(name) }, Infinity),
		),
	);
	return [...found.filter((one) => !folders.includes(one)), ...inside.flat()];
}

/** What the connection offers that the form has. */
export async function searchObjects(
	this: ILoadOptionsFunctions,
	...wanted: ListSearchArgs
): Promise<INodeListSearchResult> {
	const objects = await fetchForEditor(this, amazonAppFlow, async (api) => {
		const connector = chosenConnector(this);
		if (!connector) {
			throw inputError('Choose a connector first; where an expression gives it, enter the name');
		}
		return await objectsOf(api, {
			connectorType: connector.connectorType,
			connectorProfileName: text(currentParameter(this, 'connection')),
		});
	});
	return paginateRows(
		objects.flatMap(({ name, label }) => row(name, label)),
		wanted,
	);
}
