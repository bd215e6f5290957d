import type { INodeProperties } from 'n8n-workflow';
import { getManyFields } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import type { DigaResource } from '../../api/resource';
import { readMany } from '../readMany';
import { categoryFilter, filtersOf, orderField, readCategory, readOrder } from '../shared';

const language: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'string',
	required: true,
	default: 'en',
	placeholder: 'e.g. es',
	description: 'The language code of the templates, such as en or es',
};

export const getAll: Operation<DigaApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many templates',
	description: 'Retrieve the templates in a language',
	fields: [language, ...getManyFields, orderField, filtersOf(categoryFilter)],
	async execute(context) {
		const { api, parameters } = context;
		const query = {
			language: parameters.requiredText('language'),
			flow_category: readCategory(parameters),
			order: readOrder(parameters),
		};
		return await readMany<DigaResource>(
			context,
			({ id }) => id,
			async (after) => await api.templates.list({ ...query, after }),
		);
	},
};
