import { isObject } from './values';

/** Shorter texts are not redacted: they are hardly secrets, and often parts of words. */
const MIN_LENGTH = 4;
/**
 * The minimum length of a registered value that is redacted from outputs. A credential may also contain values such
 * as a host or `true`, and a short one may occur in an output for another reason.
 */
const MIN_LENGTH_IN_OUTPUT = 16;

/** A secret as plain text and as JSON encodes it. */
function encodings(secret: string): string[] {
	return [...new Set([secret, JSON.stringify(secret).slice(1, -1)])];
}

/** Returns a function that replaces secrets with `***`, both as plain text and as JSON encodes them. */
export function redactor(secrets: readonly string[]): (text: string) => string {
	// longest first, because a shorter secret may be part of a longer one
	const hidden = [...new Set(secrets)].flatMap(encodings).sort((a, b) => b.length - a.length);
	return (text) => hidden.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}

/**
 * Whether JSON text may contain a secret. Text with `\u` or `\/` escapes counts as containing one, because a secret can
 * be encoded in many ways.
 */
export function mayContain(text: string, secrets: readonly string[]): boolean {
	return secrets.some(
		(secret) =>
			encodings(secret).some((encoding) => text.includes(encoding)) || /\\[u/]/.test(text),
	);
}

/** The texts that are long enough to redact from errors, trimmed. */
export function secretsForErrors(words: Iterable<string>): string[] {
	return [...words].map((word) => word.trim()).filter(({ length }) => length >= MIN_LENGTH);
}

/** The registered values that are long enough to redact from outputs. */
export function secretsForOutputs(registered: readonly string[]): string[] {
	return registered.filter(({ length }) => length >= MIN_LENGTH_IN_OUTPUT);
}

/** Whether a value is a list or a plain object, and not an instance of a class such as Date or Map. */
function isContainer(value: unknown): value is unknown[] | Record<string, unknown> {
	if (Array.isArray(value)) return true;
	return isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);
}

/**
 * Copies a value and changes every text and key in it, at any depth, without recursion. Keeps values that are not
 * text, list or plain object.
 */
export function mapTexts<T>(whole: T, change: (text: string) => string): T {
	const root: unknown[] = [];
	const stack: Array<[from: object, to: object]> = [[[whole], root]];
	for (let next = stack.pop(); next; next = stack.pop()) {
		const [from, to] = next;
		for (const [key, value] of Object.entries(from) as Array<[string, unknown]>) {
			let changed = typeof value === 'string' ? change(value) : value;
			if (isContainer(value)) {
				changed = Array.isArray(value) ? [] : {};
				stack.push([value, changed as object]);
			}
			// a key can be __proto__, which is data here
			Object.defineProperty(to, Array.isArray(to) ? key : change(key), {
				value: changed,
				enumerable: true,
				configurable: true,
				writable: true,
			});
		}
	}
	// same type, because only texts have changed
	return root[0] as T;
}
