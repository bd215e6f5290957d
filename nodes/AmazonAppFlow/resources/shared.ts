import type { INodeProperties } from 'n8n-workflow';

export const apiVersion: INodeProperties = {
	displayName: 'API Version',
	name: 'apiVersion',
	type: 'string',
	default: '',
	placeholder: 'e.g. V1',
	description: 'The API version of the connector, if it has several. Connector > Get lists them.',
};
