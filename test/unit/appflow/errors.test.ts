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
	['an address after the name', { __type: 'com.amazonaws#Third:http://x/#y' }, {}, 'Third'],
	['there need be none', {}, {}, undefined],
	['text, as from a proxy', '<html></html>', {}, undefined],
	['nothing', undefined, {}, undefined],
])('the type of a fault: %s', (_what, body, headers, code) => {
	expect(readError(body, headers)).toEqual({ code, message: undefined });
});

it.each([
	[{ message: 'a', Message: 'b' }, 'a'],
	[{ message: null, Message: 'b' }, 'b'],
	[{ message: ' ' }, undefined],
	[{ message: 5 }, undefined],
])('the words of %j', (body, message) => {
	expect(readError(body, {}).message).toBe(message);
});

describe("AWS's own clients", () => {
	/** Whether they take it so, for an answer with this code and a status that says nothing. */
	const asked = (name: string) => ({
		name,
		message: '',
		$fault: 'client' as const,
		$metadata: { httpStatusCode: 400 },
	});

	// every word that stands in their code, so that none that they know is missing here
	const module = '../../../node_modules/@smithy/core/dist-cjs/submodules/retry/index.js';
	const source = readFileSync(join(import.meta.dirname, module), 'utf8');
	const words = [...source.matchAll(/"([A-Z]\w+)"/g)].map(([, word = '']) => word);
	const codes = [...words, 'ConflictException', 'ValidationException', 'throttling', ''];

	it.each([...new Set(codes)])('take %s as we do', (code) => {
		expect(isThrottled(code)).toBe(isThrottlingError(asked(code)));
		expect(isTimeout(code)).toBe(isTransientError(asked(code)));
	});

	it('tell the user of each that it was too much', () => {
		const throttling = codes.filter((code) => isThrottlingError(asked(code)));
		expect(throttling.length).toBeGreaterThan(10);
		for (const code of throttling) {
			expect(adviceFor(400, code)).toContain('AppFlow is throttling requests');
		}
	});
});
