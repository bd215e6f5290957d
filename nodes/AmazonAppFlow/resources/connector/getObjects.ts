import type { INodeProperties } from 'n8n-workflow';
import { getManyFields, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readEntitySource } from '../../names';
import { apiVersion, connectorLocator, optionalConnectionLocator } from '../shared';

const within: INodeProperties = {
	displayName: 'Within',
	name: 'within',
	type: 'string',
	default: '',
	placeholder: 'e.g. public',
	description: 'An object that has others nested in it, such as the schema of a database',
};

export const getObjects: Operation<AmazonAppFlowApi> = {
	name: 'Get Objects',
	value: 'getObjects',
	action: 'Get objects of connector',
	description: 'Retrieve what a connection offers: objects of an application, tables, buckets',
	fields: [connectorLocator, optionalConnectionLocator, ...getManyFields],
	options: [apiVersion, within],
	async execute({ api, parameters }) {
		const entitiesPath = parameters.text('options.within');
		return await api.listEntities(
			{ ...readEntitySource(parameters), entitiesPath },
			wantedCount(parameters),
		);
	},
};
