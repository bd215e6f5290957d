import { asOperationError, OperationError, inputError } from '../errors';
import { sleep } from '../sleep';

/** The maximum size of a response in bytes. A larger one could exhaust n8n's memory. */
const BODY_LIMIT = 64 * 1024 * 1024;

/** The maximum nesting depth of a response. Each level takes memory while it is parsed. */
const DEPTH_LIMIT = 100_000;

export interface ByteStream extends AsyncIterable<Uint8Array> {
	destroy(error?: Error): void;
}

export function isByteStream(value: unknown): value is ByteStream {
	return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

/**
 * Reads a response body within limits of time and size.
 * @throws OperationError with the code `TOO_LARGE` or `ETIMEDOUT`; or the error of the stream
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
				throw new OperationError(`The response is larger than ${BODY_LIMIT / 1024 / 1024} MB`, {
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

/** The part of a string that the scanner uses. Tests count how often it is read. */
export type Characters = Pick<string, 'length' | 'charCodeAt'>;

/** The start of a number in the text, and the position after its end. */
type Span = [from: number, to: number];

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const COLON = 0x3a;
const ZERO = 0x30;
const LOWER_E = 0x65;
/** `[` and `{`, and `]` and `}`, differ only in this bit. */
const CURLY = 0x20;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const BLANKS = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** JavaScript represents numbers with at most this many digits before the point and in the exponent. */
const SAFE_DIGITS = 15;
const SAFE_EXPONENT_DIGITS = 2;

function isDigit(code: number): boolean {
	return code >= ZERO && code <= ZERO + 9;
}

function afterDigits(text: Characters, from: number): number {
	let at = from;
	while (isDigit(text.charCodeAt(at))) at++;
	return at;
}

/** The position after the string that starts at this quote, or the end of the text if the string is not closed. */
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
 * Reads a number.
 * @returns the position after its end, and whether it is a valid JSON number that JavaScript may not represent
 */
function number(text: Characters, from: number): { end: number; isUnsafe: boolean } {
	const first = text.charCodeAt(from) === MINUS ? from + 1 : from;
	let end = afterDigits(text, first);
	let isValid = end > first && (text.charCodeAt(first) !== ZERO || end === first + 1);
	let isUnsafe = end - first > SAFE_DIGITS;
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
		isUnsafe ||= end - exponent > SAFE_EXPONENT_DIGITS;
	}
	return { end, isUnsafe: isValid && isUnsafe };
}

/**
 * Finds the numbers that JavaScript may not represent exactly. Runs in linear time without recursion, so that no
 * response can block n8n. Invalid JSON is left for JSON.parse to reject.
 * @throws OperationError with the code `TOO_DEEP` if lists and objects are nested too deeply
 */
export function unsafeNumbers(text: Characters): Span[] {
	const found: Span[] = [];
	let depth = 0;
	// a number as a key is invalid JSON, and quotes would make it valid
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
			throw new OperationError(`The response is nested deeper than ${DEPTH_LIMIT} levels`, {
				code: 'TOO_DEEP',
			});
		}
		at++;
	}
	return found;
}

/** Whether JavaScript represents the number: an integer exactly, any other at least approximately. */
function isExact(number: string): boolean {
	const value = Number(number);
	return /[.eE]/.test(number) ? Number.isFinite(value) : Number.isSafeInteger(value);
}

/**
 * Parses JSON. Numbers that JavaScript cannot represent become text: integers beyond 2^53, and numbers out of range.
 * They are put in quotes before parsing, because JSON.parse passes their source text to a reviver only from Node 21,
 * and a reviver overflows the stack at a few thousand levels.
 * @throws OperationError with the code `TOO_DEEP`; SyntaxError if the text is not JSON
 */
export function parseJson(text: string): unknown {
	const parts: string[] = [];
	let copied = 0;
	for (const [from, to] of unsafeNumbers(text)) {
		const number = text.slice(from, to);
		if (isExact(number)) continue;
		parts.push(text.slice(copied, from), `"${number}"`);
		copied = to;
	}
	return JSON.parse(copied === 0 ? text : parts.join('') + text.slice(copied));
}

/** Serializes a request body. @throws OperationError if it is nested too deeply */
export function writeJson(body: object): string {
	try {
		return JSON.stringify(body);
	} catch (error) {
		throw inputError(
			`The request body cannot be written as JSON: ${asOperationError(error).message}`,
			'Nothing was sent. The body may be nested too deeply: a few thousand levels are possible.',
		);
	}
}
