import type {
	IDataObject,
	IGetNodeParameterOptions,
	INodeExecutionData,
	INodeProperties,
	IPollFunctions,
} from 'n8n-workflow';
import { asFault, refusal } from './fault';
import { mappedFields } from './mapped';
import type { MappedField } from './mapped';
import { isBlank, isObject, isScalar, readBoolean, shown, unwrapLocator, urlOf } from './values';

/** The part of n8n's context of a node run that parameters are read from. */
interface Reader {
	getInputData: () => INodeExecutionData[];
	getNodeParameter: (
		path: string,
		item: number,
		fallback: null,
		options?: IGetNodeParameterOptions,
	) => unknown;
	getTimezone: () => string;
}

/**
 * Reads a whole number that a service uses as an ID.
 * Takes numbers, text with stray blanks, and page addresses with one number in their path.
 * @param label names the field in the refusal
 * @throws Fault when it is something else, or too large to be sent without losing digits
 */
export function readId(value: unknown, label: string): number {
	if (isBlank(value))
		throw refusal(`${label} is empty`, 'Pick one from the list, or enter its ID.');
	const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	const numbers = /^https?:\/\//i.test(text)
		? (urlOf(text)
				?.pathname.split('/')
				.filter((segment) => /^\d+$/.test(segment)) ?? [])
		: [text];
	const [digits] = numbers;
	if (digits === undefined || numbers.length > 1 || !/^\d+$/.test(digits) || Number(digits) === 0) {
		throw refusal(`${label} must be a whole number, but is ${shown(value)}`);
	}
	const id = Number(digits);
	if (!Number.isSafeInteger(id)) {
		throw refusal(
			`${label} is too large: ${shown(value)}`,
			'Numbers above 9007199254740991 lose digits in JavaScript, so this one cannot be sent.',
		);
	}
	return id;
}

/**
 * Reads JSON, given as text or as the value itself.
 * @throws Fault naming the field when it is text that is not JSON
 */
export function readJson(value: unknown, label: string): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value);
	} catch (error) {
		throw refusal(`${label} is not valid JSON: ${asFault(error).message}`);
	}
}

/**
 * Reads a JSON object, given as text or as an object.
 * @throws Fault naming the field when it is neither
 */
export function readJsonObject(value: unknown, label: string): IDataObject {
	if (isBlank(value)) return {};
	const parsed = readJson(value, label);
	if (!isObject(parsed)) {
		throw refusal(
			`${label} must be a JSON object such as {"name": "value"}, but is ${shown(value)}`,
		);
	}
	return parsed;
}

/** @returns undefined when it is no point in time */
export function readDate(value: unknown, timezone: string): Date | undefined {
	// a DateTime and a Date say their time as JSON does
	const plain: unknown = isObject(value) ? JSON.parse(JSON.stringify(value)) : value;
	const text = typeof plain === 'string' ? plain.trim() : plain;
	if (isBlank(text) || (typeof text !== 'string' && typeof text !== 'number')) return undefined;
	const hasNoZone = typeof text === 'string' && /^\d{4}-\d\d-\d\d([T ][\d:.]+)?$/.test(text);
	const time = hasNoZone ? timeInZone(text, timezone) : new Date(text).getTime();
	return Number.isNaN(time) ? undefined : new Date(time);
}

/** Epoch ms of a date and time as the clocks of a time zone show it. */
function timeInZone(text: string, timeZone: string): number {
	const asUtc = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? '' : 'T00:00'}Z`);
	if (Number.isNaN(asUtc)) return asUtc;
	const offsetAt = (time: number) => {
		const shown = new Date(time).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');
		return Date.parse(`${shown}Z`) - Math.floor(time / 1000) * 1000;
	};
	return asUtc - offsetAt(asUtc - offsetAt(asUtc));
}

/** One row of a name/value list. */
export interface Pair {
	name: string;
	value: unknown;
}

/**
 * What the user set, at one item. Every reader takes what reasonable input there is,
 * and refuses what cannot work with the field's label, before anything is sent.
 */
export class Parameters {
	constructor(
		private readonly reader: Reader,
		private readonly item: number,
		private readonly fields: INodeProperties[],
	) {}

	/** The parameters of a polling trigger, which has no items. */
	static ofTrigger(context: IPollFunctions, fields: INodeProperties[]): Parameters {
		const reader: Reader = {
			getInputData: () => [],
			getNodeParameter: (path, _item, fallback, options) =>
				context.getNodeParameter(path, fallback, options),
			getTimezone: () => context.getTimezone(),
		};
		return new Parameters(reader, 0, fields);
	}

	/** The value with its expressions resolved; undefined when the field is not shown or not set. */
	raw(path: string): unknown {
		// null as fallback, because n8n refuses to read what has neither value nor fallback
		const value: unknown = this.reader.getNodeParameter(path, this.item, null);
		return unwrapLocator(value) ?? undefined;
	}

	/** The value as it stands in the workflow, its expressions not resolved; undefined when the field is not shown. */
	written(path: string): unknown {
		const options = { rawExpressions: true };
		return this.reader.getNodeParameter(path, this.item, null, options) ?? undefined;
	}

	/** Text as the user wrote it; undefined when blank. */
	text(path: string): string | undefined {
		const value = this.raw(path);
		if (isBlank(value)) return undefined;
		if (isScalar(value)) return String(value);
		throw refusal(`${this.label(path)} must be text, but is ${shown(value)}`);
	}

	/** Text without stray blanks around it. */
	requiredText(path: string): string {
		const text = this.text(path);
		if (text === undefined) throw refusal(`${this.label(path)} is empty`);
		return text.trim();
	}

	/** Several texts, as a list or separated by commas; at least one. */
	texts(path: string): string[] {
		const value = this.raw(path);
		const texts = (Array.isArray(value) ? value : (this.text(path) ?? '').split(','))
			.map((text: unknown) => String(text).trim())
			.filter((text) => text !== '');
		if (texts.length > 0) return texts;
		throw refusal(`${this.label(path)} is empty`);
	}

	id(path: string): number {
		return readId(this.raw(path), this.label(path));
	}

	/** As {@link id}; undefined when blank. */
	optionalId(path: string): number | undefined {
		const value = this.raw(path);
		return isBlank(value) ? undefined : readId(value, this.label(path));
	}

	/**
	 * A point in time from ISO text, a number of epoch ms, or a DateTime or Date of n8n's expressions.
	 * Text without a zone, as from the editor's date picker, is in the workflow's.
	 */
	date(path: string): Date {
		const value = this.raw(path);
		const date = readDate(value, this.reader.getTimezone());
		if (date) return date;
		throw refusal(
			`${this.label(path)} must be a date and time, but is ${shown(value)}`,
			'It looks like 2026-12-31T18:00:00Z.',
		);
	}

	/** As {@link date}; undefined when blank. */
	optionalDate(path: string): Date | undefined {
		return isBlank(this.raw(path)) ? undefined : this.date(path);
	}

	/** Any JSON, from text or as it is; undefined when blank. */
	anyJson(path: string): unknown {
		const value = this.raw(path);
		return isBlank(value) ? undefined : readJson(value, this.label(path));
	}

	/** An object from text or object; empty when blank. */
	json(path: string): IDataObject {
		return readJsonObject(this.raw(path), this.label(path));
	}

	/** One of a fixed set of values; the first of them when nothing is set. */
	choice<T extends string>(path: string, allowed: readonly [T, ...T[]]): T {
		return this.optionalChoice(path, allowed) ?? allowed[0];
	}

	/** As {@link choice}; undefined when nothing is set. */
	optionalChoice<T extends string>(path: string, allowed: readonly T[]): T | undefined {
		const value = this.raw(path);
		if (isBlank(value)) return undefined;
		const known = allowed.find((one) => one === value);
		if (known === undefined) {
			throw refusal(
				`${this.label(path)} must be one of ${allowed.join(', ')}, but is ${shown(value)}`,
			);
		}
		return known;
	}

	/** A switch; its default when nothing is set. */
	flag(path: string): boolean {
		const value = this.raw(path) ?? this.field(path)?.default;
		const flag = readBoolean(value);
		if (flag !== undefined) return flag;
		throw refusal(`${this.label(path)} must be true or false, but is ${shown(value)}`);
	}

	/** A number between the field's own bounds; its default when nothing is set. */
	number(path: string): number {
		const field = this.field(path);
		const value = this.raw(path) ?? field?.default;
		const number = isBlank(value) || typeof value === 'boolean' ? NaN : Number(value);
		const { minValue = -Infinity, maxValue = Infinity } = field?.typeOptions ?? {};
		if (!(number >= minValue && number <= maxValue)) {
			throw refusal(
				`${this.label(path)} must be a number from ${minValue} to ${maxValue}, but is ${shown(value)}`,
			);
		}
		return number;
	}

	/**
	 * The rows of a fixedCollection of typed pairs, as {@link pairFields} lays them out.
	 * @throws Fault when a name is blank or stands twice, or a value does not fit its type
	 */
	pairs(path: string): Pair[] {
		const rows = this.raw(`${path}.pair`) ?? [];
		const label = this.label(path);
		const names = new Set<string>();
		return (Array.isArray(rows) ? rows : [rows]).map((row: unknown) => {
			const { name, type, ...values } = isObject(row) ? row : {};
			const text = isScalar(name) ? String(name).trim() : '';
			if (text === '') throw refusal(`${label}: a name is empty`);
			if (names.has(text)) throw refusal(`${label}: "${text}" stands twice`);
			names.add(text);
			return { name: text, value: pairValue(values, type, `${label}: "${text}"`) };
		});
	}

	/**
	 * What the user set in a resourceMapper, field by field; those that were not set are there without a value.
	 * Its schema is read as it is stored: a service's label that looks like an expression is none.
	 * @throws Fault when it is to take the item's fields, and does not know which
	 */
	mapped(path: string): MappedField[] {
		const stored: unknown = this.reader.getNodeParameter(path, this.item, null, {
			rawExpressions: true,
		});
		// n8n's own check of the values knows less of them than their service, and changes dates
		const options = { skipValidation: true };
		const value: unknown = this.reader.getNodeParameter(`${path}.value`, this.item, null, options);
		const json = () => this.reader.getInputData()[this.item]?.json ?? {};
		if (stored === null) return [];
		if (isObject(stored)) return mappedFields({ ...stored, value }, json, this.label(path));
		throw refusal(`${this.label(path)} must be filled in as a form, but is ${shown(stored)}`);
	}

	/** The time zone of the workflow, in which a date without a zone is meant. */
	get timezone(): string {
		return this.reader.getTimezone();
	}

	private field(path: string): INodeProperties | undefined {
		let fields = this.fields;
		let found: INodeProperties | undefined;
		for (const name of path.split('.')) {
			found = fields.find((field) => field.name === name);
			fields = (found?.options ?? []).filter(
				(option) => 'displayName' in option && 'type' in option,
			);
		}
		return found;
	}

	private label(path: string): string {
		return this.field(path)?.displayName ?? path;
	}
}

function pairValue(values: IDataObject, type: unknown, label: string): unknown {
	if (type === 'number') {
		const { numberValue } = values;
		const number = isBlank(numberValue) ? NaN : Number(numberValue);
		if (Number.isFinite(number)) return number;
		throw refusal(`${label} must be a number, but is ${shown(numberValue)}`);
	}
	if (type === 'boolean') {
		const { booleanValue } = values;
		const boolean = readBoolean(booleanValue);
		if (boolean !== undefined) return boolean;
		throw refusal(`${label} must be true or false, but is ${shown(booleanValue)}`);
	}
	const { value } = values;
	if (isScalar(value)) return String(value);
	return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** The rows of a name/value list whose values have a type. For a fixedCollection; read by {@link Parameters.pairs}. */
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
