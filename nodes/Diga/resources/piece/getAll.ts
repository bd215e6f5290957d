import type { INodeProperties } from 'n8n-workflow';
import { getManyFields, wantedCount } from '../../../engine/input/getMany';
import type { Operation } from '../../../engine/operation';
import type { DigaApi } from '../../api/DigaApi';
import { filtersOf } from '../shared';

const filters: INodeProperties[] = [
	{
		displayName: 'Categories',
		name: 'categories',
		type: 'multiOptions',
		options: [
			{ name: 'AI', value: 'AI' },
			{ name: 'Commerce', value: 'COMMERCE' },
			{ name: 'Communication', value: 'COMMUNICATION' },
			{ name: 'Development', value: 'DEVELOPMENT' },
			{ name: 'Marketing', value: 'MARKETING' },
			{ name: 'Productivity', value: 'PRODUCTIVITY' },
			{ name: 'Sales and CRM', value: 'SALES_AND_CRM' },
		],
		default: [],
		description: 'Return pieces of at least one of these categories',
	},
	{
		displayName: 'Search',
		name: 'search',
		type: 'string',
		default: '',
		placeholder: 'e.g. slack',
	},
	{
		displayName: 'Suggestion Type',
		name: 'suggestion_type',
		type: 'options',
		options: [
			{ name: 'Action', value: 'ACTION' },
			{ name: 'Action and Trigger', value: 'ACTION_AND_TRIGGER' },
			{ name: 'Trigger', value: 'TRIGGER' },
		],
		default: 'ACTION',
		description: 'Return pieces that offer this',
	},
];

export const getAll: Operation<DigaApi> = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many pieces',
	description:
		'Retrieve the pieces that flows can use, with the number of their actions and triggers',
	fields: [...getManyFields, filtersOf(...filters)],
	async execute({ api, parameters }) {
		const wanted = wantedCount(parameters);
		const pieces = await api.pieces.list({
			search: parameters.text('filters.search'),
			suggestion_type: parameters.optionalOption('filters.suggestion_type'),
			categories: parameters.optionalOptions('filters.categories'),
		});
		return pieces.slice(0, wanted);
	},
};
