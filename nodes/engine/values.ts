import type { IDataObject } from 'n8n-workflow';

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What a resource locator holds, or the value itself where an expression or an agent put one in its place.
 * Only n8n's own mark tells a locator from data that has a mode and a value as well.
 */
export function unwrapLocator(value: unknown): unknown {
	return isObject(value) && value.__rl === true && 'value' in value ? value.value : value;
}

/**
 * A value without the members of its objects, however deep, that are null or undefined. Entries of lists stay.
 * Services that say null of what is not there do not all take it back.
 */
export function withoutNulls<T>(value: T): T;
export function withoutNulls(value: unknown): unknown {
	if (Array.isArray(value)) return value.map((one: unknown) => withoutNulls(one));
	if (!isObject(value)) return value;
	return Object.fromEntries(
		Object.entries(value)
			.filter(([, one]) => one !== null && one !== undefined)
			.map(([name, one]) => [name, withoutNulls(one)]),
	);
}

export function isScalar(value: unknown): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** The texts and numbers in a value, however deep. */
export function* textsIn(value: unknown): Generator<string> {
	const ahead = [value];
	while (ahead.length > 0) {
		const one = ahead.pop();
		if (typeof one === 'string' || typeof one === 'number') yield String(one);
		else if (Array.isArray(one)) ahead.push(...(one as unknown[]));
		else if (isObject(one)) ahead.push(...Object.values(one));
	}
}

/** A value as an error message shows it. */
export function quoted(value: unknown): string {
	if (value === undefined) return 'nothing';
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`;
}

/** A switch, also as text; undefined when it is neither true nor false. */
export function readBoolean(value: unknown): boolean | undefined {
	if (value === true || value === 'true') return true;
	return value === false || value === 'false' ? false : undefined;
}

/** Text, also from a number, as IDs and names are often given; undefined when it is neither. */
export function readText(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** Text in a service's response. Undefined if it is blank or not text. */
export function nonBlankText(value: unknown): string | undefined {
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Text without spaces around it. Undefined if it is blank or not text. */
export function trimmedText(value: unknown): string | undefined {
	return nonBlankText(value)?.trim();
}

/** Digits, in which no prefix, exponent or separator leaves open what number is meant. */
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * A number, also as text in plain digits. Undefined when it is none, or has so many digits that some would be lost.
 * What JavaScript makes a number of as well, such as an empty list, `true` or `0x10`, is none.
 */
export function readNumber(value: unknown): number | undefined {
	const isPlain = typeof value === 'string' && PLAIN_NUMBER.test(value.trim());
	const number = typeof value === 'number' || isPlain ? Number(value) : NaN;
	const isExact = typeof value === 'number' || Math.abs(number) <= Number.MAX_SAFE_INTEGER;
	return Number.isFinite(number) && isExact ? number : undefined;
}

/** A time as services write it, in epoch ms; undefined when it is none. */
export function epochMs(value: unknown): number | undefined {
	const time = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(time) ? undefined : time;
}

/** An address, absolute or on a base; undefined when it is none. URL.parse is not in Node 20, which n8n runs on as well. */
export function parseUrl(text: string, base?: string): URL | undefined {
	return URL.canParse(text, base) ? new URL(text, base) : undefined;
}
