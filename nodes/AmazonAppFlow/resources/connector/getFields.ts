import type { Operation } from '../../../engine/operation';
import type { AmazonAppFlowApi } from '../../api/AmazonAppFlowApi';
import { readEntitySource } from '../../names';
import { optionalConnectionLocator } from '../../pickers/connection';
import { connectorLocator } from '../../pickers/connector';
import { objectLocator } from '../../pickers/object';
import { apiVersion } from '../shared';

export const getFields: Operation<AmazonAppFlowApi> = {
	name: 'Get Fields',
	value: 'getFields',
	action: 'Get fields of object',
	description: 'Retrieve the fields of an object, with their types and supported filters',
	fields: [connectorLocator, optionalConnectionLocator, objectLocator],
	options: [apiVersion],
	async execute({ api, parameters }) {
		const connectorEntityName = parameters.requiredText('object');
		return await api.describeEntity({ ...readEntitySource(parameters), connectorEntityName });
	},
};
