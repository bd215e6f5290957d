import type { IDataObject } from 'n8n-workflow';
import { refusal } from '../../engine/fault';
import { readDate } from '../../engine/date';
import type { Parameters } from '../../engine/parameters';
import { isBlank, isObject, isScalar, shown, unwrapLocator } from '../../engine/values';

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

	/** undefined when blank */
	text(name: string, what: string): string | undefined {
		const value = this.raw(name);
		if (value === undefined) return undefined;
		if (isScalar(value)) return String(value).trim();
		throw this.refuse(`${what} must be text, but is ${shown(value)}`);
	}

	required(name: string, what: string): string {
		const text = this.text(name, what);
		if (text !== undefined) return text;
		throw this.refuse(`${what} is empty`);
	}

	/** A whole number above 0, as text. */
	count(name: string, what: string): string {
		const value = this.raw(name);
		const number = typeof value === 'boolean' ? NaN : Number(value);
		if (Number.isSafeInteger(number) && number > 0) return String(number);
		throw this.refuse(`${what} must be a whole number above 0, but is ${shown(value)}`);
	}

	/** A point in time as epoch ms, as text: the form in which AppFlow compares times. */
	time(value: unknown, what: string): string {
		const date = readDate(value, this.timezone);
		if (date) return String(date.getTime());
		throw this.refuse(`${what} must be a date and time, but is ${shown(value)}`);
	}

	refuse(message: string): Error {
		return refusal(`${this.label}: ${message}`);
	}
}

/** The rows of a list of the form, in their order. */
export function rowsOf(parameters: Parameters, name: string, label: string): Row[] {
	const stored = parameters.raw(`${name}.row`) ?? [];
	const rows: unknown[] = Array.isArray(stored) ? stored : [stored];
	return rows.map((row, index) => {
		if (!isObject(row)) throw refusal(`${label}: row ${index + 1} is ${shown(row)}`);
		const field = unwrapLocator(row.field ?? row.destination);
		const named = typeof field === 'string' && field.trim() !== '' ? ` "${field.trim()}"` : '';
		return new Row(row, `${label} ${index + 1}${named}`, parameters.timezone);
	});
}
