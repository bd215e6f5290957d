import type {
	IDataObject,
	IGetNodeParameterOptions,
	INodeExecutionData,
	INodeProperties,
	IPollFunctions,
	NodePropertyTypes,
} from 'n8n-workflow';
import { readDate } from './date';
import { inputError } from '../errors';
import { choicesOf, findField, partsOf } from './field';
import type { FoundField } from './field';
import { mappedFields } from './mapped';
import type { MappedField } from './mapped';
import { isSegment } from '../http/path';
import { readPairRows } from './pairs';
import type { Pair } from './pairs';
import { readId, readJson, readJsonObject, readOptionalText } from './read';
import {
	isBlank,
	isObject,
	readBoolean,
	readNumber,
	readText,
	quoted,
	unwrapLocator,
} from '../values';

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

	/** Text as the user wrote it, for what blanks are a part of, such as code; undefined when blank. */
	verbatim(path: string): string | undefined {
		return readOptionalText(this.raw(path), this.label(path));
	}

	/** Text without stray blanks around it, such as a name; undefined when blank. */
	text(path: string): string | undefined {
		return this.verbatim(path)?.trim();
	}

	/** As {@link text}, but never blank. */
	requiredText(path: string): string {
		const text = this.text(path);
		if (text !== undefined) return text;
		throw inputError(`${this.label(path)} is empty`);
	}

	/** As {@link requiredText}, for a name or an ID that becomes one segment of an address. */
	segment(path: string): string {
		const text = this.requiredText(path);
		if (isSegment(text)) return text;
		throw inputError(`${this.label(path)} cannot be ${quoted(text)}`);
	}

	/** Several texts, as a list or separated by commas; at least one. */
	texts(path: string): string[] {
		const value = this.raw(path);
		const list: unknown[] = Array.isArray(value) ? value : (this.text(path) ?? '').split(',');
		const texts = list.flatMap((one) => {
			if (isBlank(one)) return [];
			const text = readText(one);
			if (text !== undefined) return [text.trim()];
			throw inputError(`${this.label(path)} must be texts, but has ${quoted(one)}`);
		});
		if (texts.length > 0) return texts;
		throw inputError(`${this.label(path)} is empty`);
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
		throw inputError(
			`${this.label(path)} must be a date and time, but is ${quoted(value)}`,
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

	/**
	 * One of a fixed set of values.
	 * @throws Fault when it is another, or blank in a field whose default may not stand for that
	 */
	choice<T extends string>(path: string, allowed: readonly [T, ...T[]]): T {
		return this.oneOf(path, this.orDefault(path), allowed);
	}

	/** As {@link choice}; undefined when blank. */
	optionalChoice<T extends string>(path: string, allowed: readonly T[]): T | undefined {
		const value = this.raw(path);
		return isBlank(value) ? undefined : this.oneOf(path, value, allowed);
	}

	/** As {@link optionalChoice}, from all values that the field offers. */
	optionalOption(path: string): string | undefined {
		return this.optionalChoice(
			path,
			choicesOf(this.found(path)?.field).map(({ value }) => value),
		);
	}

	/** Several of the values that the field offers, as a list or separated by commas; empty when blank. */
	optionalOptions(path: string): string[] {
		const value = this.raw(path);
		const list: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
		const offered = choicesOf(this.found(path)?.field).map((choice) => choice.value);
		return list.flatMap((one) => {
			if (isBlank(one)) return [];
			return [this.oneOf(path, typeof one === 'string' ? one.trim() : one, offered)];
		});
	}

	/** A switch. */
	flag(path: string): boolean {
		const value = this.orDefault(path);
		const flag = readBoolean(value);
		if (flag !== undefined) return flag;
		throw inputError(`${this.label(path)} must be true or false, but is ${quoted(value)}`);
	}

	/** As {@link flag}; undefined when blank. */
	optionalFlag(path: string): boolean | undefined {
		return isBlank(this.raw(path)) ? undefined : this.flag(path);
	}

	/** A number between the field's own bounds, and a whole one where its numberPrecision is 0. */
	number(path: string): number {
		const value = this.orDefault(path);
		const number = readNumber(value) ?? NaN;
		const limits = this.found(path)?.field.typeOptions ?? {};
		const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = limits;
		const isWhole = numberPrecision === 0;
		const isWithin = number >= minValue && number <= maxValue;
		if (isWithin && (!isWhole || Number.isSafeInteger(number))) return number;
		throw inputError(
			`${this.label(path)} must be ${numberWanted({ minValue, maxValue, isWhole })}, but is ${quoted(value)}`,
		);
	}

	/** The rows of a fixedCollection of names and values, as `pairFields` lays them out, with or without types. */
	pairs(path: string): Pair[] {
		const rows: unknown[] = [this.raw(`${path}.pair`) ?? []].flat();
		return readPairRows(rows, {
			label: this.label(path),
			nameLabel: this.found(`${path}.pair.name`)?.field.displayName ?? 'Name',
			hasTypes: this.found(`${path}.pair.type`) !== undefined,
		});
	}

	/** Refuses what no reader takes, so that an option which is read late is refused before anything is sent. */
	checkOptions(): void {
		for (const option of partsOf(this.found('options')?.field)) {
			if ('type' in option) this.check(`options.${option.name}`, option.type);
		}
	}

	private check(path: string, type: NodePropertyTypes): void {
		if (type === 'boolean') this.optionalFlag(path);
		else if (type === 'number') this.number(path);
		else if (type === 'options') this.optionalOption(path);
		else if (type === 'string') this.verbatim(path);
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
		if (isObject(stored)) {
			return mappedFields({ ...stored, value }, stored.value, json, this.label(path));
		}
		throw inputError(`${this.label(path)} must be filled in as a form, but is ${quoted(stored)}`);
	}

	/** The time zone of the workflow, in which a date without a zone is meant. */
	get timezone(): string {
		return this.reader.getTimezone();
	}

	/** The value, or the default where blank may stand for it. */
	private orDefault(path: string): unknown {
		const value = this.raw(path);
		if (!isBlank(value)) return value;
		const { blankMeansDefault = false, field } = this.found(path) ?? {};
		if (blankMeansDefault) return field?.default;
		throw inputError(
			`${this.label(path)} is empty`,
			'If it has an expression, see why that gives nothing for this item.',
		);
	}

	private oneOf<T extends string>(path: string, value: unknown, allowed: readonly T[]): T {
		const known = allowed.find((one) => one === value);
		if (known !== undefined) return known;
		const names = choicesOf(this.found(path)?.field);
		const wanted = allowed.map((one) => {
			const name = names.find((choice) => choice.value === one)?.name;
			return name === undefined || isSameWord(name, one) ? one : `${one} (${name})`;
		});
		throw inputError(
			`${this.label(path)} must be one of ${wanted.join(', ')}, but is ${quoted(value)}`,
		);
	}

	private found(path: string): FoundField | undefined {
		return findField(this.fields, path);
	}

	private label(path: string): string {
		return this.found(path)?.label ?? path;
	}
}

/** Whether a name says no more than the value itself does, as with `Not Zero` and `NOT_ZERO`. */
function isSameWord(name: string, value: string): boolean {
	const [one, other] = [name, value].map((text) => text.toLowerCase().replace(/[^a-z0-9]/g, ''));
	return one === other;
}

/** The number that a field takes, in words. */
function numberWanted({
	minValue,
	maxValue,
	isWhole,
}: {
	minValue: number;
	maxValue: number;
	isWhole: boolean;
}): string {
	const kind = isWhole ? 'a whole number' : 'a number';
	if (maxValue < Infinity) return `${kind} from ${minValue} to ${maxValue}`;
	if (minValue === -Infinity) return kind;
	return isWhole ? `${kind}, ${minValue} or more` : `${minValue} or more`;
}
