import { isObject, textsIn } from './values';

/** Shorter texts are not redacted: they are hardly secrets, and often parts of words. */
const MIN_LENGTH = 4;
/**
 * The minimum length of a registered value that is redacted from outputs within longer texts. A credential may also
 * contain values such as a host or `true`, and a short one may occur in an output for another reason.
 */
const MIN_LENGTH_IN_OUTPUT = 16;
/** The minimum length of a registered value that is redacted from outputs where it is a whole text. */
const MIN_LENGTH_AS_WHOLE = 8;

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

/** The texts and numbers in a value that have a name, by name, at any depth. */
function namedValues(value: unknown): Array<[name: string, value: string]> {
	const found: Array<[string, string]> = [];
	const stack = [value];
	while (stack.length > 0) {
		const one = stack.pop();
		if (!isContainer(one)) continue;
		for (const [name, inner] of Object.entries<unknown>(one)) {
			if (isContainer(inner)) stack.push(inner);
			else if (!Array.isArray(one) && isScalarSecret(inner)) found.push([name, String(inner)]);
		}
	}
	return found;
}

const isScalarSecret = (value: unknown): value is string | number =>
	typeof value === 'number' || (typeof value === 'string' && value !== '');

/**
 * Returns a function that replaces the values of a credential in an output:
 * - a value of 16 characters or more, also within longer texts;
 * - a value of 8 characters or more, where it is a whole text;
 * - any text or number where a member with the same name has it. The name shows that it is this value.
 */
export function outputRedactor(credentials: readonly unknown[]) {
	const texts = secretsForErrors(textsIn(credentials));
	const whole = new Set(texts.filter(({ length }) => length >= MIN_LENGTH_AS_WHOLE));
	const named = new Set(namedValues(credentials).map((pair) => JSON.stringify(pair)));
	const redact = redactor(secretsForOutputs(texts));
	return (value: string | number, name?: string): string | number => {
		const text = String(value);
		if (name !== undefined && named.has(JSON.stringify([name, text]))) return '***';
		if (whole.has(text.trim())) return '***';
		return typeof value === 'string' ? redact(value) : value;
	};
}

/** Whether a value is a list or a plain object, and not an instance of a class such as Date or Map. */
function isContainer(value: unknown): value is unknown[] | Record<string, unknown> {
	if (Array.isArray(value)) return true;
	return isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value) as null);
}

/** Changes a text or a number. The name is that of the member; undefined for a key and in a list. */
type Change = (value: string | number, name?: string) => string | number;

/**
 * Copies a value and changes every text, number and key in it, at any depth, without recursion. Keeps values that are
 * not text, number, list or plain object.
 */
export function mapValues<T>(whole: T, change: Change): T {
	const root: unknown[] = [];
	const stack: Array<[from: object, to: object]> = [[[whole], root]];
	for (let next = stack.pop(); next; next = stack.pop()) {
		const [from, to] = next;
		for (const [key, value] of Object.entries(from) as Array<[string, unknown]>) {
			const isList = Array.isArray(to);
			const isScalar = typeof value === 'string' || typeof value === 'number';
			let changed = isScalar ? change(value, isList ? undefined : key) : value;
			if (isContainer(value)) {
				changed = Array.isArray(value) ? [] : {};
				stack.push([value, changed as object]);
			}
			// a key can be __proto__, which is data here
			Object.defineProperty(to, isList ? key : String(change(key)), {
				value: changed,
				enumerable: true,
				configurable: true,
				writable: true,
			});
		}
	}
	// same type for those who read it: texts and numbers are text now
	return root[0] as T;
}

/** As {@link mapValues}, for texts and keys. */
export function mapTexts<T>(whole: T, change: (text: string) => string): T {
	return mapValues(whole, (value) => (typeof value === 'string' ? change(value) : value));
}
