import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import {
	adviceFor,
	isThrottled,
	isTimeout,
	readError,
} from '../../../nodes/AmazonAppFlow/api/errors.ts';

const header = { 'x-amzn-errortype': 'ConflictException:http://internal.amazon.com/' };

it.each([
	['the header is first', { code: 'Second', __type: 'Third' }, header, 'ConflictException'],
	['then code', { code: 'Second', __type: 'a#Third' }, {}, 'Second'],
	['then __type', { code: '', __type: 'com.amazonaws#Third' }, {}, 'Third'],
	['a URL after the name', { __type: 'com.amazonaws#Third:http://x/#y' }, {}, 'Third'],
	['no type', {}, {}, undefined],
	['text, as from a proxy', '<html></html>', {}, undefined],
	['nothing', undefined, {}, undefined],
])('the error type: %s', (_what, body, headers, code) => {
	expect(readError(body, headers)).toEqual({ code, message: undefined });
});

it.each([
	[{ message: 'a', Message: 'b' }, 'a'],
	[{ message: null, Message: 'b' }, 'b'],
	[{ message: ' ' }, undefined],
	[{ message: 5 }, undefined],
])('the message of %j', (body, message) => {
	expect(readError(body, {}).message).toBe(message);
});

describe("AWS's own clients", () => {
	/** An error with this code and a status that does not imply a retry. */
	const errorNamed = (name: string) => ({
		name,
		message: '',
		$fault: 'client' as const,
		$metadata: { httpStatusCode: 400 },
	});

	// every name in their source code, so that no code that they know is missing here
	const module = '../../../node_modules/@smithy/core/dist-cjs/submodules/retry/index.js';
	const source = readFileSync(join(import.meta.dirname, module), 'utf8');
	const words = [...source.matchAll(/"([A-Z]\w+)"/g)].map(([, word = '']) => word);
	const codes = [...words, 'ConflictException', 'ValidationException', 'throttling', ''];

	it.each([...new Set(codes)])('classify %s as this package does', (code) => {
		expect(isThrottled(code)).toBe(isThrottlingError(errorNamed(code)));
		expect(isTimeout(code)).toBe(isTransientError(errorNamed(code)));
	});

	it('all throttling codes have the advice for throttling', () => {
		const throttling = codes.filter((code) => isThrottlingError(errorNamed(code)));
		expect(throttling.length).toBeGreaterThan(10);
		for (const code of throttling) {
			expect(adviceFor(400, code)).toContain('AppFlow is throttling requests');
		}
	});
});
