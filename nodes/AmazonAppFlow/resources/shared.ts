import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../engine/input/locator';

/** Picks a flow by its name, which is what AppFlow knows it by. */
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
	placeholder: 'e.g. Salesforce, or JDBCsmall',
	description: 'A type of connector, or the label of a custom one',
});

export const connectionLocator = locator('Connection', {
	name: 'connection',
	searchListMethod: 'searchConnections',
	by: 'name',
	placeholder: 'e.g. salesforce-production',
});

/** For what S3 does without. */
export const optionalConnectionLocator = locator('Connection', {
	name: 'connection',
	searchListMethod: 'searchConnections',
	by: 'name',
	placeholder: 'e.g. salesforce-production',
	description: 'A saved connection of the connector; Amazon S3 needs none',
	optional: true,
});

export const objectLocator = locator('Object', {
	name: 'object',
	searchListMethod: 'searchObjects',
	by: 'name',
	placeholder: 'e.g. Account',
	description:
		'As AppFlow names it: an object of an application, a table, or a bucket of Amazon S3',
});

export const apiVersion: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'string',
	default: '',
	placeholder: 'e.g. V1',
	description: 'Of the connector, where it has several; Connector > Get shows which',
};
