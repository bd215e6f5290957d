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
	unwrapLocator,
} from '../../../engine/values';

/** One row of a list of the form. Its readers refuse by the list's label, the row and what is wrong. */
export class Row {
	constructor(
		private readonly values: IDataObject,
		private readonly label: string,
		private readonly timezone: string,
	) {}

	/** The value with nothing around it; undefined when blank. */
	raw(name: string): unknown {
		const value = unwrapLocator(this.values[name]);
		return isBlank(value) ? undefined : value;
	}

	/** Text that blanks are a part of; undefined when blank. */
	verbatim(name: string, what: string): string | undefined {
		const value = this.raw(name);
		if (value === undefined) return undefined;
		const text = readText(value);
		if (text !== undefined) return text;
		throw this.error(`${what} must be text, but is ${quoted(value)}`);
	}

	/** Text without blanks around it; undefined when blank. */
	text(name: string, what: string): string | undefined {
		return this.verbatim(name, what)?.trim();
	}

	/** One of the values that the field offers. */
	choice(name: string, what: string, allowed: string[]): string {
		const text = this.required(name, what);
		if (allowed.includes(text)) return text;
		throw this.error(`${what} must be one of ${allowed.join(', ')}, but is ${quoted(text)}`);
	}

	required(name: string, what: string): string {
		const text = this.text(name, what);
		if (text !== undefined) return text;
		throw this.error(`${what} is empty`);
	}

	/** As {@link required}, of a value to compare with, which may be a switch where the type is `boolean`. */
	compared(name: string, what: string, type: string): string {
		const value = this.raw(name);
		return type === 'boolean' && typeof value === 'boolean'
			? String(value)
			: this.required(name, what);
	}

	/** A whole number above 0, as text. */
	count(name: string, what: string): string {
		const value = this.raw(name);
		const number = readNumber(value) ?? 0;
		if (Number.isSafeInteger(number) && number > 0) return String(number);
		throw this.error(`${what} must be a whole number above 0, but is ${quoted(value)}`);
	}

	/** A point in time as epoch ms, as text: the form in which AppFlow compares times. */
	time(value: unknown, what: string): string {
		const date = readDate(value, this.timezone);
		if (date) return String(date.getTime());
		throw this.error(`${what} must be a date and time, but is ${quoted(value)}`);
	}

	error(message: string): Error {
		return inputError(`${this.label}: ${message}`);
	}
}

/** The rows of a list of the form, in their order. */
export function rowsOf(parameters: Parameters, name: string, label: string): Row[] {
	const stored = parameters.raw(`${name}.row`) ?? [];
	const rows: unknown[] = Array.isArray(stored) ? stored : [stored];
	return rows.map((row, index) => {
		if (!isObject(row)) throw inputError(`${label}: row ${index + 1} is ${quoted(row)}`);
		const field = unwrapLocator(row.field ?? row.destination);
		const named = typeof field === 'string' && field.trim() !== '' ? ` "${field.trim()}"` : '';
		return new Row(row, `${label} ${index + 1}${named}`, parameters.timezone);
	});
}
