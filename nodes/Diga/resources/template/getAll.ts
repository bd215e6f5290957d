import type { INodeProperties } from 'n8n-workflow';
import { getManyFields, warnIncomplete, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import { readCursorList } from '../../../engine/http/pagination';
import type { DigaApi } from '../../api/DigaApi';
import type { DigaResource } from '../../api/resource';
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
	async execute({ api, parameters, run, item }) {
		const query = {
			language: parameters.requiredText('language'),
			flow_category: readCategory(parameters),
			order: readOrder(parameters),
		};
		const list = await readCursorList<DigaResource>({
			wanted: wantedCount(parameters),
			idOf: ({ id }) => id,
			load: async (after) => await api.templates.list({ ...query, after }),
		});
		warnIncomplete(run, item, list);
		return list.results;
	},
};
