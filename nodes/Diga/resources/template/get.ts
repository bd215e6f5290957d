import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { templateLocator } from '../../pickers/template';
import { templateId } from './templateId';

export const get: Operation<DigaApi> = {
	name: 'Get',
	value: 'get',
	action: 'Get template',
	description: 'Retrieve a template with the variables and connections that it requires',
	fields: [templateLocator],
	async execute({ api, parameters }) {
		return await api.templates.get(templateId(parameters));
	},
};
