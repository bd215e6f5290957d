import { isObject } from './values';

/** Shorter texts are no secrets worth concealing, and would tear words apart. */
const MIN_LENGTH = 4;
/**
 * What a user keeps in a credential with other values, such as a host or `true`, is hidden in outputs from this
 * length on only: a shorter one may be a word that stands there for another reason.
 */
const MIN_LENGTH_IN_OUTPUT = 16;

/** As it is, and as JSON writes it. */
function spellings(secret: string): string[] {
	return [...new Set([secret, JSON.stringify(secret).slice(1, -1)])];
}

/** How to put `***` in place of secrets, as they are or as JSON writes them. */
export function redactor(secrets: readonly string[]): (text: string) => string {
	// a longer one first, since a shorter one may be a part of it
	const hidden = [...new Set(secrets)].flatMap(spellings).sort((a, b) => b.length - a.length);
	return (text) => hidden.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}

/**
 * Whether a secret may stand in JSON text. A text that writes characters as codes, or a slash with a backslash,
 * counts as one that does.
 */
export function mayContain(text: string, secrets: readonly string[]): boolean {
	return secrets.some(
		(secret) =>
			spellings(secret).some((spelling) => text.includes(spelling)) || /\\[u/]/.test(text),
	);
}

/** Fit to be hidden in an error, trimmed. */
export function secretsForErrors(words: Iterable<string>): string[] {
	return [...words].map((word) => word.trim()).filter(({ length }) => length >= MIN_LENGTH);
}

/** Of what is kept, what is fit to be hidden in an output. */
export function secretsForOutputs(kept: readonly string[]): string[] {
	return kept.filter(({ length }) => length >= MIN_LENGTH_IN_OUTPUT);
}

/** A list or an object that JSON can write; not a date, a map, or whatever else has a class. */
function isContainer(value: unknown): value is unknown[] | Record<string, unknown> {
	if (Array.isArray(value)) return true;
	return isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);
}

/**
 * A copy with every text and key changed, however deep: nothing calls itself.
 * What is neither text, list nor plain object stays as it is.
 */
export function mapTexts<T>(whole: T, change: (text: string) => string): T {
	const root: unknown[] = [];
	const ahead: Array<[from: object, to: object]> = [[[whole], root]];
	for (let next = ahead.pop(); next; next = ahead.pop()) {
		const [from, to] = next;
		for (const [key, value] of Object.entries(from) as Array<[string, unknown]>) {
			let changed = typeof value === 'string' ? change(value) : value;
			if (isContainer(value)) {
				changed = Array.isArray(value) ? [] : {};
				ahead.push([value, changed as object]);
			}
			// a key may be __proto__, and is data like any other
			Object.defineProperty(to, Array.isArray(to) ? key : change(key), {
				value: changed,
				enumerable: true,
				configurable: true,
				writable: true,
			});
		}
	}
	// the same but for its texts
	return root[0] as T;
}
