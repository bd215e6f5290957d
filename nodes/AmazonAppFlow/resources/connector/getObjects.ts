import type { INodeProperties } from 'n8n-workflow';
import { getManyFields, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readEntitySource } from '../../names';
import { optionalConnectionLocator } from '../../pickers/connection';
import { connectorLocator } from '../../pickers/connector';
import { apiVersion } from '../shared';

const within: INodeProperties = {
	displayName: 'Within',
	name: 'within',
	type: 'string',
	default: '',
	placeholder: 'e.g. public',
	description: 'An object that contains other objects, such as a database schema',
};

export const getObjects: Operation<AmazonAppFlowApi> = {
	name: 'Get Objects',
	value: 'getObjects',
	action: 'Get objects of connector',
	description:
		'Retrieve the objects that a connection offers: application objects, tables or buckets',
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
