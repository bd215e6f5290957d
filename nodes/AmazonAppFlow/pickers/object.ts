import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';
import { currentParameter, listSearch } from '../../engine/node/editor';
import { trimmedText } from '../../engine/values';
import type { AmazonAppFlowApi, EntitySource } from '../api/AmazonAppFlowApi';
import { amazonAppFlowApi } from '../api/definition';
import { noConnectorError, selectedConnector } from './connector';
import { listEntry } from './listEntry';

/** The maximum number of folders whose nested objects are listed. Each takes one request. */
const MAX_FOLDERS = 10;

/** The objects that a connection offers. Objects nested in folders, such as database schemas, are listed one level deep. */
async function listObjects(api: AmazonAppFlowApi, source: EntitySource): Promise<IDataObject[]> {
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

export async function objectRows(
	api: AmazonAppFlowApi,
	source: EntitySource,
): Promise<INodeListSearchItems[]> {
	const objects = await listObjects(api, source);
	return objects.flatMap(({ name, label }) => listEntry(name, label));
}

/** The objects that the selected connection offers. */
const searchObjects = listSearch('searchObjects', amazonAppFlowApi, async (api, context) => {
	const connector = selectedConnector(context);
	if (!connector) throw noConnectorError();
	return await objectRows(api, {
		connectorType: connector.connectorType,
		connectorProfileName: trimmedText(currentParameter(context, 'connection')),
	});
});

export const objectLocator = locator('Object', {
	name: 'object',
	search: searchObjects,
	by: 'name',
	placeholder: 'e.g. Account',
	description:
		'The name of the object in AppFlow: an object of an application, a table or an Amazon S3 bucket',
});
