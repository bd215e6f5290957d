import type { IDataObject } from 'n8n-workflow';

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The value of a resource locator, or the value itself if an expression or an agent set it directly. Only n8n's
 * marker `__rl` distinguishes a locator from data with a mode and a value.
 */
export function unwrapLocator(value: unknown): unknown {
	return isObject(value) && value.__rl === true && 'value' in value ? value.value : value;
}

/**
 * Removes null and undefined members from objects at any depth. Keeps the entries of lists. Needed because some
 * services return null for missing values but do not accept it.
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

/** Members that an object need not have. */
type OptionalKey<T> = {
	[K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K> ? K : never;
}[keyof T];

/** A copy of the object without these members. */
export function without<T extends object>(value: T, ...names: Array<OptionalKey<T>>): T {
	const copy = { ...value };
	for (const name of names) Reflect.deleteProperty(copy, name);
	return copy;
}

export function isScalar(value: unknown): value is string | number | boolean {
	return ['string', 'number', 'boolean'].includes(typeof value);
}

export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** Yields the texts and numbers in a value, at any depth. */
export function* textsIn(value: unknown): Generator<string> {
	const stack = [value];
	while (stack.length > 0) {
		const one = stack.pop();
		if (typeof one === 'string' || typeof one === 'number') yield String(one);
		else if (Array.isArray(one)) stack.push(...(one as unknown[]));
		else if (isObject(one)) stack.push(...Object.values(one));
	}
}

/** A value in quotes for an error message, cut to 80 characters. */
export function quoted(value: unknown): string {
	if (value === undefined) return 'nothing';
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return `"${text.length > 80 ? `${text.slice(0, 79)}…` : text}"`;
}

/** Reads a boolean, also as text. Undefined for any other value. */
export function readBoolean(value: unknown): boolean | undefined {
	if (value === true || value === 'true') return true;
	return value === false || value === 'false' ? false : undefined;
}

/** Reads text. Converts numbers, because IDs and names are often numbers. Undefined for any other value. */
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

/** A decimal number without prefix, exponent or separators, so that it is unambiguous. */
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/**
 * Reads a number, also as text in plain digits. Undefined for any other value, and for text with more digits than
 * JavaScript represents. Does not convert other values that JavaScript converts, such as `[]`, `true` or `0x10`.
 */
export function readNumber(value: unknown): number | undefined {
	const isPlain = typeof value === 'string' && PLAIN_NUMBER.test(value.trim());
	const number = typeof value === 'number' || isPlain ? Number(value) : NaN;
	const isExact = typeof value === 'number' || Math.abs(number) <= Number.MAX_SAFE_INTEGER;
	return Number.isFinite(number) && isExact ? number : undefined;
}

/** Parses a time in a response. Returns epoch ms, or undefined if it is not a time. */
export function epochMs(value: unknown): number | undefined {
	const time = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(time) ? undefined : time;
}

/** Parses a URL, optionally relative to a base. Undefined if it is invalid. Node 20 does not have URL.parse. */
export function parseUrl(text: string, base?: string): URL | undefined {
	return URL.canParse(text, base) ? new URL(text, base) : undefined;
}
