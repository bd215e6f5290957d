import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';

/** A picker for a flow. AppFlow identifies flows by name. */
export const flowLocator = locator('Flow', {
	name: 'flow',
	searchListMethod: 'searchFlows',
	by: 'name',
	placeholder: 'e.g. salesforce-to-s3',
});

export const connectorLocator = locator('Connector', {
	name: 'connector',
	searchListMethod: 'searchConnectors',
	by: 'name',
	placeholder: 'e.g. Salesforce or JDBCsmall',
	description: 'A connector type or the label of a custom connector',
});

export const connectionLocator = locator('Connection', {
	name: 'connection',
	searchListMethod: 'searchConnections',
	by: 'name',
	placeholder: 'e.g. salesforce-production',
});

/** A picker for a connection, which Amazon S3 does not need. */
export const optionalConnectionLocator = locator('Connection', {
	name: 'connection',
	searchListMethod: 'searchConnections',
	by: 'name',
	placeholder: 'e.g. salesforce-production',
	description: 'A saved connection of the connector. Amazon S3 needs no connection.',
	optional: true,
});

export const objectLocator = locator('Object', {
	name: 'object',
	searchListMethod: 'searchObjects',
	by: 'name',
	placeholder: 'e.g. Account',
	description:
		'The name of the object in AppFlow: an object of an application, a table or an Amazon S3 bucket',
});

export const apiVersion: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'string',
	default: '',
	placeholder: 'e.g. V1',
	description: 'The API version of the connector, if it has several. Connector > Get lists them.',
};
