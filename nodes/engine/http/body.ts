import { asOperationError, OperationError, inputError } from '../errors';
import { sleep } from '../sleep';

/** A larger answer is refused instead of read: it would take n8n down with it. */
const BODY_LIMIT = 64 * 1024 * 1024;

/** A deeper answer is refused instead of read: while it is parsed, each level takes memory of its own. */
const DEPTH_LIMIT = 100_000;

interface ByteStream extends AsyncIterable<Uint8Array> {
	destroy(error?: Error): void;
}

export function isByteStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/**
 * Reads a body to its end, in bounded time and space.
 * @throws Fault with the code `TOO_LARGE`, or `ETIMEDOUT`; else whatever ended the stream
 */
export async function readBody(stream: ByteStream, timeoutMs: number): Promise<string> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	const finished = new AbortController();
	sleep(timeoutMs, finished.signal).then(
		() => {
			stream.destroy(new OperationError('timed out', { code: 'ETIMEDOUT' }));
		},
		() => undefined,
	);
	try {
		for await (const chunk of stream) {
			size += chunk.length;
			if (size > BODY_LIMIT) {
				throw new OperationError(`The answer is larger than ${BODY_LIMIT / 1024 / 1024} MB`, {
					code: 'TOO_LARGE',
				});
			}
			chunks.push(chunk);
		}
	} finally {
		finished.abort();
	}
	return Buffer.concat(chunks).toString('utf8');
}

/** Text as the scanner reads it: a string, or in tests something that counts how often it is read. */
export type Characters = Pick<string, 'length' | 'charCodeAt'>;

/** Where a number begins, and where the text goes on after it. */
type Span = [from: number, to: number];

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const COLON = 0x3a;
const ZERO = 0x30;
const LOWER_E = 0x65;
/** `[` and `{`, and `]` and `}`, differ in this bit only. */
const CURLY = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** More digits than this before the point, or as an exponent, may be more than JavaScript can hold. */
const SURE_DIGITS = 15;
const SURE_EXPONENT = 2;

function isDigit(code: number): boolean {
	return code >= ZERO && code <= ZERO + 9;
}

function afterDigits(text: Characters, from: number): number {
	let at = from;
	while (isDigit(text.charCodeAt(at))) at++;
	return at;
}

/** Where a string ends that begins at this quote; the end of the text when it never does. */
function afterString(text: Characters, quote: number): number {
	let at = quote + 1;
	while (at < text.length) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) return at + 1;
		at += code === BACKSLASH ? 2 : 1;
	}
	return text.length;
}

/**
 * Reads what begins like a number.
 * @returns where it ends, and whether it is a number by the rules of JSON that JavaScript may not be able to hold
 */
function number(text: Characters, from: number): { end: number; isUnsafe: boolean } {
	const first = text.charCodeAt(from) === MINUS ? from + 1 : from;
	let end = afterDigits(text, first);
	let isValid = end > first && (text.charCodeAt(first) !== ZERO || end === first + 1);
	let isUnsafe = end - first > SURE_DIGITS;
	if (text.charCodeAt(end) === POINT) {
		const fraction = end + 1;
		end = afterDigits(text, fraction);
		isValid &&= end > fraction;
	}
	if ((text.charCodeAt(end) | CURLY) === LOWER_E) {
		const sign = text.charCodeAt(end + 1);
		const exponent = end + (sign === PLUS || sign === MINUS ? 2 : 1);
		end = afterDigits(text, exponent);
		isValid &&= end > exponent;
		isUnsafe ||= end - exponent > SURE_EXPONENT;
	}
	return { end, isUnsafe: isValid && isUnsafe };
}

/**
 * Finds the numbers that JavaScript may not be able to hold, in one pass over the text: whatever a server sends,
 * each character is read a few times at the most, and nothing calls itself.
 * What is no JSON is left to JSON.parse to refuse.
 * @throws Fault with the code `TOO_DEEP` when lists and objects are nested deeper than can be read
 */
export function unsafeNumbers(text: Characters): Span[] {
	const found: Span[] = [];
	let depth = 0;
	// a number in the place of a key is no JSON, and must not become a key by being put in quotes
	let mayBeKey = false;
	for (let at = 0; at < text.length;) {
		const code = text.charCodeAt(at);
		if (BLANKS.has(code)) {
			at++;
			continue;
		}
		if (code === COLON && mayBeKey) found.pop();
		mayBeKey = false;
		if (code === QUOTE) {
			at = afterString(text, at);
			continue;
		}
		if (code === MINUS || isDigit(code)) {
			const { end, isUnsafe } = number(text, at);
			if (isUnsafe) found.push([at, end]);
			mayBeKey = isUnsafe;
			at = end > at ? end : at + 1;
			continue;
		}
		if ((code | CURLY) === OPEN) depth++;
		else if ((code | CURLY) === CLOSE) depth--;
		if (depth > DEPTH_LIMIT) {
			throw new OperationError(`The answer is nested deeper than ${DEPTH_LIMIT} levels`, {
				code: 'TOO_DEEP',
			});
		}
		at++;
	}
	return found;
}

/** Whether JavaScript has this very number: a whole one to its last digit, any other at least roughly. */
function isExact(number: string): boolean {
	const value = Number(number);
	return /[.eE]/.test(number) ? Number.isFinite(value) : Number.isSafeInteger(value);
}

/**
 * JSON to values. Numbers that JavaScript cannot hold become text: whole ones beyond 2^53, and any beyond its range.
 * They are put in quotes beforehand, since JSON.parse gives a reviver their text from Node 21 on only, and runs out
 * of stack with a reviver on what is nested a few thousand times.
 * @throws Fault with the code `TOO_DEEP`; SyntaxError when it is no JSON
 */
export function parseJson(text: string): unknown {
	const pieces: string[] = [];
	let taken = 0;
	for (const [from, to] of unsafeNumbers(text)) {
		const number = text.slice(from, to);
		if (isExact(number)) continue;
		pieces.push(text.slice(taken, from), `"${number}"`);
		taken = to;
	}
	return JSON.parse(taken === 0 ? text : pieces.join('') + text.slice(taken));
}

/** A body as it is sent. @throws Fault when it is nested deeper than JavaScript can write */
export function writeJson(body: object): string {
	try {
		return JSON.stringify(body);
	} catch (error) {
		throw inputError(
			`What is to be sent cannot be written as JSON: ${asOperationError(error).message}`,
			'Nothing was sent. It may be nested too deep: a few thousand levels are possible.',
		);
	}
}
