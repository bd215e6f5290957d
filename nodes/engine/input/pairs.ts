import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { inputError } from '../errors';
import { isBlank, isObject, isScalar, readBoolean, readNumber, readText, quoted } from '../values';

/** One row of a name/value list. */
export interface Pair {
	name: string;
	value: unknown;
}

/** Reads the value of a row by its Type, from the fields in {@link pairFields}. */
const readers: Partial<Record<string, (row: IDataObject, label: string) => unknown>> = {
	boolean({ booleanValue }, label) {
		const boolean = readBoolean(booleanValue);
		if (boolean !== undefined) return boolean;
		throw inputError(`${label} must be true or false, but is ${quoted(booleanValue)}`);
	},
	number({ numberValue }, label) {
		const number = readNumber(numberValue);
		if (number !== undefined) return number;
		throw inputError(`${label} must be a number, but is ${quoted(numberValue)}`);
	},
	text({ value }, label) {
		if (value === undefined || value === null) throw inputError(`${label} is empty`);
		return isScalar(value) ? String(value) : JSON.stringify(value);
	},
};

/**
 * Reads the rows of a name/value list, in order.
 * @param label the label of the list, for messages
 * @param nameLabel the label of the name field, e.g. `Key`
 * @param hasTypes whether rows have a Type; otherwise all values are text
 * @throws OperationError if a name is blank or not unique, or if a value is missing or does not match its type
 */
export function readPairRows(
	rows: unknown[],
	{ label, nameLabel, hasTypes }: { label: string; nameLabel: string; hasTypes: boolean },
): Pair[] {
	const names = new Set<string>();
	return rows.map((row, index) => {
		const { name, type, ...values } = isObject(row) ? row : {};
		const text = readText(name)?.trim() ?? '';
		if (text === '') {
			const problem = isBlank(name) ? 'is empty' : `must be text, but is ${quoted(name)}`;
			throw inputError(`${label}: ${nameLabel} in row ${index + 1} ${problem}`);
		}
		if (names.has(text)) throw inputError(`${label}: "${text}" is listed twice`);
		names.add(text);
		const kind = hasTypes ? type : 'text';
		const read = typeof kind === 'string' ? readers[kind] : undefined;
		if (read) return { name: text, value: read(values, `${label}: Value of "${text}"`) };
		throw inputError(
			`${label}: Type of "${text}" must be boolean, number or text, but is ${quoted(type)}`,
		);
	});
}

/** The fields of a name/value list with typed values, for a fixedCollection. Parameters.pairs reads them. */
export const pairFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. email',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: [
			{ name: 'Boolean', value: 'boolean' },
			{ name: 'Number', value: 'number' },
			{ name: 'Text', value: 'text' },
		],
		default: 'text',
	},
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		displayOptions: { show: { type: ['text'] } },
	},
	{
		displayName: 'Value',
		name: 'numberValue',
		type: 'number',
		default: 0,
		displayOptions: { show: { type: ['number'] } },
	},
	{
		displayName: 'Value',
		name: 'booleanValue',
		type: 'boolean',
		default: false,
		displayOptions: { show: { type: ['boolean'] } },
	},
];
