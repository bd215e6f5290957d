import type { INodeProperties } from 'n8n-workflow';
import { Parameters } from '../../../nodes/engine/input/parameters.ts';

const fields: INodeProperties[] = [
	{ displayName: 'Name', name: 'name', type: 'string', default: '' },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		options: [{ displayName: 'Timeout', name: 'timeout', type: 'number', default: 60 }],
	},
];

/** Parameters without any value, as n8n returns them. */
const parameters = new Parameters(
	{
		getInputData: () => [{ json: {} }],
		getNodeParameter: (_path, _item, fallback) => fallback,
		getTimezone: () => 'UTC',
	},
	0,
	fields,
);

type Read = (path: string) => unknown;

const readers: Array<[string, Read]> = [
	['raw', (path) => parameters.raw(path)],
	['written', (path) => parameters.written(path)],
	['text', (path) => parameters.text(path)],
	['optionalFlag', (path) => parameters.optionalFlag(path)],
	['mapped', (path) => parameters.mapped(path)],
];

it('rejects pairs of a field that has none', () => {
	expect(() => parameters.pairs('name')).toThrow('The operation has no field "name.pair"');
});

describe.each(readers)('%s', (_name, read) => {
	it.each(['nmae', 'name.other', 'options.timeot'])('rejects %s, which is no field', (path) => {
		expect(() => read(path)).toThrow(`The operation has no field "${path}"`);
	});

	it('reads a field that is not set', () => {
		expect(() => read('name')).not.toThrow();
		expect(() => read('options.timeout')).not.toThrow();
	});
});
