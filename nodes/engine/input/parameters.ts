import type {
	IDataObject,
	INodeProperties,
	IPollFunctions,
	ITriggerFunctions,
	NodePropertyTypes,
} from 'n8n-workflow';
import { inputError } from '../errors';
import { isSegment } from '../http/path';
import { isBlank, isObject, quoted, readBoolean, readText } from '../values';
import { choicesOf, readChoice } from './choice';
import { readDate } from './date';
import { partsOf } from './field';
import { FieldValues } from './fieldValues';
import type { Reader } from './fieldValues';
import { mappedFields } from './mapped';
import type { MappedField } from './mapped';
import { readNumberInRange } from './numberInRange';
import { readPairRows } from './pairs';
import type { Pair } from './pairs';
import { readId, readJson, readJsonObject, readOptionalText } from './read';

/**
 * The parameters of one item. Each reader accepts reasonable input. For invalid input it throws an OperationError that
 * names the field by its label, before anything is sent.
 */
export class Parameters extends FieldValues {
	/** The parameters of a polling trigger, which has no items. */
	static ofTrigger(
		context: IPollFunctions | ITriggerFunctions,
		fields: INodeProperties[],
	): Parameters {
		const reader: Reader = {
			getInputData: () => [],
			getNodeParameter: (path, _item, fallback, options) =>
				context.getNodeParameter(path, fallback, options),
			getTimezone: () => context.getTimezone(),
		};
		return new Parameters(reader, 0, fields);
	}

	/** Text with its whitespace, for content such as code. Undefined if blank. */
	verbatim(path: string): string | undefined {
		return readOptionalText(this.raw(path), this.label(path));
	}

	/** Trimmed text, such as a name. Undefined if blank. */
	text(path: string): string | undefined {
		return this.verbatim(path)?.trim();
	}

	/** As {@link text}. Throws if blank. */
	requiredText(path: string): string {
		const text = this.text(path);
		if (text !== undefined) return text;
		throw inputError(`${this.label(path)} is empty`);
	}

	/** As {@link requiredText}, for a name or an ID that becomes a path segment. */
	segment(path: string): string {
		const text = this.requiredText(path);
		if (isSegment(text)) return text;
		throw inputError(`${this.label(path)} cannot be ${quoted(text)}`);
	}

	/** Several texts, as a list or separated by commas. Throws if there are none. */
	texts(path: string): string[] {
		const value = this.raw(path);
		const list: unknown[] = Array.isArray(value) ? value : (this.text(path) ?? '').split(',');
		const texts = list.flatMap((one) => {
			if (isBlank(one)) return [];
			const text = readText(one);
			if (text !== undefined) return [text.trim()];
			throw inputError(`${this.label(path)} must contain only text, but contains ${quoted(one)}`);
		});
		if (texts.length > 0) return texts;
		throw inputError(`${this.label(path)} is empty`);
	}

	/** A numeric ID. */
	id(path: string): number {
		return readId(this.raw(path), this.label(path));
	}

	/** As {@link id}. Undefined if blank. */
	optionalId(path: string): number | undefined {
		const value = this.raw(path);
		return isBlank(value) ? undefined : readId(value, this.label(path));
	}

	/**
	 * A date and time, from ISO 8601 text, epoch ms, or a DateTime or Date of n8n's expressions. Text without a time zone,
	 * e.g. from the editor's date picker, is in the workflow's time zone.
	 */
	date(path: string): Date {
		const value = this.raw(path);
		const date = readDate(value, this.reader.getTimezone());
		if (date) return date;
		throw inputError(
			`${this.label(path)} must be a date and time, but is ${quoted(value)}`,
			'Use a date such as 2026-12-31T18:00:00Z.',
		);
	}

	/** As {@link date}. Undefined if blank. */
	optionalDate(path: string): Date | undefined {
		return isBlank(this.raw(path)) ? undefined : this.date(path);
	}

	/** Any JSON value, from text or as it is. Undefined if blank. */
	anyJson(path: string): unknown {
		const value = this.raw(path);
		return isBlank(value) ? undefined : readJson(value, this.label(path));
	}

	/** A JSON object, from text or an object. Empty if blank. */
	json(path: string): IDataObject {
		return readJsonObject(this.raw(path), this.label(path));
	}

	/**
	 * One of the allowed values.
	 * @throws OperationError for any other value, and for a blank value that does not mean the default
	 */
	choice<T extends string>(path: string, allowed: readonly [T, ...T[]]): T {
		return readChoice(this.orDefault(path), allowed, this.found(path));
	}

	/** As {@link choice}. Undefined if blank. */
	optionalChoice<T extends string>(path: string, allowed: readonly T[]): T | undefined {
		const value = this.raw(path);
		return isBlank(value) ? undefined : readChoice(value, allowed, this.found(path));
	}

	/** As {@link optionalChoice}, with all options of the field allowed. */
	optionalOption(path: string): string | undefined {
		return this.optionalChoice(
			path,
			choicesOf(this.found(path).field).map(({ value }) => value),
		);
	}

	/** Several options of the field, as a list or separated by commas. Empty if blank. */
	optionalOptions(path: string): string[] {
		const value = this.raw(path);
		const list: unknown[] = typeof value === 'string' ? value.split(',') : [value].flat();
		const found = this.found(path);
		const offered = choicesOf(found.field).map((choice) => choice.value);
		return list.flatMap((one) => {
			if (isBlank(one)) return [];
			return [readChoice(typeof one === 'string' ? one.trim() : one, offered, found)];
		});
	}

	/** A boolean. */
	flag(path: string): boolean {
		const value = this.orDefault(path);
		const flag = readBoolean(value);
		if (flag !== undefined) return flag;
		throw inputError(`${this.label(path)} must be true or false, but is ${quoted(value)}`);
	}

	/** As {@link flag}. Undefined if blank. */
	optionalFlag(path: string): boolean | undefined {
		return isBlank(this.raw(path)) ? undefined : this.flag(path);
	}

	/** A number within the limits of the field. An integer if its numberPrecision is 0. */
	number(path: string): number {
		return readNumberInRange(this.orDefault(path), this.found(path));
	}

	/** The rows of a fixedCollection with the fields in `pairFields`, with or without types. */
	pairs(path: string): Pair[] {
		const rows: unknown[] = [this.raw(`${path}.pair`) ?? []].flat();
		return readPairRows(rows, {
			label: this.label(path),
			nameLabel: this.found(`${path}.pair.name`).field.displayName,
			hasTypes: this.has(`${path}.pair.type`),
		});
	}

	/** Validates all options, so that an invalid option fails before anything is sent, even if it is read later. */
	checkOptions(): void {
		for (const option of partsOf(this.found('options').field)) {
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
	 * The fields of a resourceMapper, including those without a value. The schema is read as stored, because a
	 * service's label that looks like an expression must not be resolved.
	 * @throws OperationError if it maps the item's fields automatically, but has no schema
	 */
	mapped(path: string): MappedField[] {
		const label = this.label(path);
		const stored: unknown = this.reader.getNodeParameter(path, this.item, null, {
			rawExpressions: true,
		});
		// n8n's validation does not know all types of the service, and changes dates
		const options = { skipValidation: true };
		const value: unknown = this.reader.getNodeParameter(`${path}.value`, this.item, null, options);
		const json = () => this.reader.getInputData()[this.item]?.json ?? {};
		if (stored === null) return [];
		if (isObject(stored)) {
			return mappedFields({ ...stored, value }, stored.value, json, label);
		}
		throw inputError(`${label} must be filled in as a form, but is ${quoted(stored)}`);
	}
}
