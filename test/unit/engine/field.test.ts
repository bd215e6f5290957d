import type { INodeProperties } from 'n8n-workflow';
import { choicesOf } from '../../../nodes/engine/input/choice.ts';
import { findField, withBlankAsDefault } from '../../../nodes/engine/input/field.ts';

const text = (displayName: string, name: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
});

const fields: INodeProperties[] = [
	text('Name', 'name'),
	withBlankAsDefault(text('Note', 'note')),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [
			text('Timeout', 'timeout'),
			{
				displayName: 'Glue Data Catalog',
				name: 'glue',
				type: 'fixedCollection',
				default: {},
				options: [
					{ displayName: 'Catalog', name: 'catalog', values: [text('Role ARN', 'roleArn')] },
				],
			},
		],
	},
];

it.each([
	['name', 'Name', false],
	['note', 'Note', true],
	['options.timeout', 'Timeout', true],
	['options.glue', 'Glue Data Catalog', true],
	['options.glue.catalog.roleArn', 'Glue Data Catalog: Role ARN', false],
])('%s has the label %s', (path, label, blankMeansDefault) => {
	expect(findField(fields, path)).toMatchObject({ label, blankMeansDefault });
});

it.each(['other', 'name.other', 'options.other', 'options.glue.other'])(
	'does not find %s',
	(path) => {
		expect(findField(fields, path)).toBeUndefined();
	},
);

it('keeps blankMeansDefault when a field is copied, and never serializes it', () => {
	const field = withBlankAsDefault(text('Note', 'note'));
	expect(findField([{ ...field, required: true }], 'note')?.blankMeansDefault).toBe(true);
	expect(JSON.stringify(field)).toBe(JSON.stringify(text('Note', 'note')));
});

it('returns the values of a list, and an empty list for other fields', () => {
	const options = [{ name: 'Every Hour', value: '1h' }, { name: 'One', value: 1 }, text('A', 'a')];
	expect(choicesOf({ ...text('Frequency', 'frequency'), type: 'options', options })).toEqual([
		{ name: 'Every Hour', value: '1h' },
	]);
	expect(choicesOf(undefined)).toEqual([]);
});
