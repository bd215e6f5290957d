import type { ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';
import { asDeclared } from '../../../nodes/engine/input/field.ts';
import { locator, searchOf } from '../../../nodes/engine/input/locator.ts';
import type { ListSearch } from '../../../nodes/engine/input/locator.ts';
import { listSearchOf } from '../../../nodes/engine/node/listSearches.ts';
import type { Resource } from '../../../nodes/engine/operation.ts';

/** A search that returns what it was called with. */
const search = (name: string): ListSearch => ({
	name,
	search: async (context, filter, page) =>
		await Promise.resolve({
			results: [{ name: `${name} ${context.getNode().name} ${filter ?? ''}`, value: page ?? '' }],
		}),
});

const picker = (name: string, by: ListSearch) =>
	locator(name, { name, search: by, placeholder: '' });

const collection = (options: INodeProperties['options']): INodeProperties => ({
	displayName: 'More',
	name: 'more',
	type: 'collection',
	default: {},
	options,
});

const resources = (
	fields: INodeProperties[],
	options?: INodeProperties[],
): Array<Resource<undefined>> => [
	{
		name: 'Flow',
		value: 'flow',
		operations: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get flow',
				description: 'Get a flow',
				fields,
				options,
				execute: async () => await Promise.resolve({}),
			},
		],
	},
];

it('finds the search of each picker, in collections and rows and options too', () => {
	const rows: INodeProperties = {
		displayName: 'Rows',
		name: 'rows',
		type: 'fixedCollection',
		default: {},
		options: [{ displayName: 'Row', name: 'row', values: [picker('step', search('steps'))] }],
	};
	const all = resources(
		[picker('flow', search('flows')), collection([picker('piece', search('pieces')), rows])],
		[picker('template', search('templates'))],
	);
	expect(Object.keys(listSearchOf(all)).sort()).toEqual(['flows', 'pieces', 'steps', 'templates']);
});

it("calls the search with n8n's this, the filter and the page", async () => {
	const { flows } = listSearchOf(resources([picker('flow', search('flows'))]));
	const context = { getNode: () => ({ name: 'Node' }) } as ILoadOptionsFunctions;
	expect(await flows?.call(context, 'a', '100')).toEqual({
		results: [{ name: 'flows Node a', value: '100' }],
	});
});

it('accepts a search in several pickers, and rejects two searches with one name', () => {
	const flows = search('flows');
	const twice = resources([picker('flow', flows), picker('other', flows)]);
	expect(Object.keys(listSearchOf(twice))).toEqual(['flows']);
	const different = resources([picker('flow', flows), picker('other', search('flows'))]);
	expect(() => listSearchOf(different)).toThrow('Two searches have the name flows');
});

it('keeps the search when a field is copied, and does not show it to n8n', () => {
	const flows = search('flows');
	const field = picker('flow', flows);
	const copy = asDeclared({ ...field, displayOptions: { show: { resource: ['flow'] } } });
	expect(searchOf(copy)).toBe(flows);
	expect(Object.keys(field)).not.toContain('search');
	expect(JSON.parse(JSON.stringify(field))).toMatchObject({
		modes: [{ typeOptions: { searchListMethod: 'flows' } }, {}],
	});
	expect(searchOf({ displayName: 'Name', name: 'name', type: 'string', default: '' })).toBe(
		undefined,
	);
});
