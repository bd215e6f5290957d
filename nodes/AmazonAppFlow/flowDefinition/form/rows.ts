import type { IDataObject } from 'n8n-workflow';
import { inputError } from '../../../engine/errors';
import { readDate } from '../../../engine/input/date';
import type { Parameters } from '../../../engine/input/parameters';
import {
	isBlank,
	isObject,
	readNumber,
	readText,
	quoted,
	trimmedText,
	unwrapLocator,
} from '../../../engine/values';

/** A row of a list in the form. Error messages name the list, the row and the field. */
export class Row {
	constructor(
		private readonly values: IDataObject,
		private readonly label: string,
		private readonly timezone: string,
	) {}

	/** The value, without a resource locator around it. Undefined if blank. */
	raw(name: string): unknown {
		const value = unwrapLocator(this.values[name]);
		return isBlank(value) ? undefined : value;
	}

	/** Text, including spaces around it. Undefined if blank. */
	verbatim(name: string, label: string): string | undefined {
		const value = this.raw(name);
		if (value === undefined) return undefined;
		const text = readText(value);
		if (text !== undefined) return text;
		throw this.error(`${label} must be text, but is ${quoted(value)}`);
	}

	/** Text without spaces around it. Undefined if blank. */
	text(name: string, label: string): string | undefined {
		return this.verbatim(name, label)?.trim();
	}

	/** One of the allowed values. */
	choice(name: string, label: string, allowed: string[]): string {
		const text = this.required(name, label);
		if (allowed.includes(text)) return text;
		throw this.error(`${label} must be one of ${allowed.join(', ')}, but is ${quoted(text)}`);
	}

	required(name: string, label: string): string {
		const text = this.text(name, label);
		if (text !== undefined) return text;
		throw this.error(`${label} is empty`);
	}

	/** Like {@link required}, but the value can be a boolean if the type is `boolean`. */
	compared(name: string, label: string, type: string): string {
		const value = this.raw(name);
		return type === 'boolean' && typeof value === 'boolean'
			? String(value)
			: this.required(name, label);
	}

	/** A positive whole number, as text. */
	count(name: string, label: string): string {
		const value = this.raw(name);
		const number = readNumber(value) ?? 0;
		if (Number.isSafeInteger(number) && number > 0) return String(number);
		throw this.error(`${label} must be a whole number above 0, but is ${quoted(value)}`);
	}

	/** A time as text with epoch ms, the format that AppFlow compares. */
	time(value: unknown, label: string): string {
		const date = readDate(value, this.timezone);
		if (date) return String(date.getTime());
		throw this.error(`${label} must be a date and time, but is ${quoted(value)}`);
	}

	error(message: string): Error {
		return inputError(`${this.label}: ${message}`);
	}
}

/** The rows of a list in the form, in order. */
export function rowsOf(parameters: Parameters, name: string, label: string): Row[] {
	const stored = parameters.raw(`${name}.row`) ?? [];
	const rows: unknown[] = Array.isArray(stored) ? stored : [stored];
	return rows.map((row, index) => {
		if (!isObject(row)) throw inputError(`${label}: row ${index + 1} is ${quoted(row)}`);
		const field = trimmedText(unwrapLocator(row.field ?? row.destination));
		const suffix = field === undefined ? '' : ` "${field}"`;
		return new Row(row, `${label} ${index + 1}${suffix}`, parameters.timezone);
	});
}
