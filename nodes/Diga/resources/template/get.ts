import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { templateId, templateLocator } from './templateId';

export const get: Operation<DigaApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get template',
	description: 'Retrieve one template, with the variables and connections that it asks for',
	fields: [templateLocator],
	async execute({ api, parameters }) {
		return await api.getTemplate(templateId(parameters));
	},
};
