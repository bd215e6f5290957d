import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import {
	asOperationError,
	failedItem,
	OperationError,
	oneLine,
	inputError,
	stopError,
} from '../../../nodes/engine/errors.ts';

const node: INode = {
	id: '1',
	name: 'Portable',
	type: 'n8n-nodes-dataflows.portable',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

describe('oneLine', () => {
	it('removes control characters and line breaks, and limits the text to 500 characters', () => {
		expect(oneLine(' a\u0000b\r\n\tc\u200Bd  e ')).toBe('a b c d e');
		expect(oneLine('x'.repeat(600))).toHaveLength(500);
	});
});

describe('P7: secrets in errors', () => {
	const key = `-----BEGIN KEY-----\n${'MIIEvQ"x'.repeat(80)}\n-----END KEY-----`;

	it.each([
		['with several lines', `Bad key ${key}.`, [key], 'Bad key ***.'],
		['escaped as in JSON', `Got {"key":${JSON.stringify(key)}}`, [key], 'Got {"key":"***"}'],
		['longer than a message', `No: ${'key-0815-'.repeat(90)}`, ['key-0815-'.repeat(90)], 'No: ***'],
		['when one secret contains another', 'No: abcd-efgh', ['abcd', 'abcd-efgh'], 'No: ***'],
	])('%s', (_what, message, secrets, shown) => {
		const error = new OperationError(message, { fields: [{ path: 'key', text: message }] });
		expect(error.redacted(secrets).message).toBe(shown);
		expect(error.redacted(secrets).details.fields).toEqual([{ path: 'key', text: shown }]);
		expect(error.withDescription('Do this').redacted(secrets).message).toBe(shown);
	});
});

describe('stopError', () => {
	const rejected = new OperationError('Bad value', {
		fromService: true,
		status: 400,
		description: 'Do this',
	});

	it('has the message of the first failed item, and names the others and the created resources', () => {
		const error = stopError(
			node,
			[
				{ error: inputError('Late'), item: 9 },
				{ error: rejected, item: 2 },
			],
			[
				{ kind: 'source', id: 11, item: 1 },
				{ kind: 'source', id: 10, item: 0 },
			],
		);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ message: 'Bad value [Item 2]', httpCode: '400' });
		expect(error.context.itemIndex).toBe(2);
		expect(error.description).toBe(
			[
				'Do this',
				'Also failed: Late [Item 9]',
				'Created before the node stopped: source 10 [Item 0], source 11 [Item 1].',
			].join('\n'),
		);
	});

	it('is a NodeOperationError if the input was rejected', () => {
		const error = stopError(node, [{ error: inputError('Source Spec is empty'), item: 0 }], []);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('Source Spec is empty [Item 0]');
	});

	it('names the first hundred created resources, and keeps all in its data', () => {
		const created = Array.from({ length: 250 }, (_, item) => ({
			kind: 'source',
			id: item + 1,
			item,
		}));
		const error = stopError(node, [{ error: rejected, item: 250 }], created);
		expect(error.description).toContain('source 100 [Item 99] and 150 more');
		expect(error.context.data).toMatchObject({ created });
	});

	// n8n replaces messages that contain these words
	it.each(['approvePermissions', 'ECONNRESET in 3 ms', 'ENOENT', 'getaddrinfo', 'eacces'])(
		'P5: keeps a message with %s',
		(message) => {
			for (const fromService of [true, false]) {
				const error = stopError(
					node,
					[{ error: new OperationError(message, { fromService, status: 400 }), item: 0 }],
					[],
				);
				expect(error.message).toBe(`${message} [Item 0]`);
			}
		},
	);
});

describe('failedItem', () => {
	it('has the format of a failed item in n8n, with the error details, linked to the input', () => {
		const parts = { fromService: true, status: 422, code: 'X', description: 'D', requestId: 'r' };
		const expected = {
			json: {
				error: 'No [Item 4]',
				details: { status: 422, code: 'X', description: 'D', requestId: 'r' },
			},
			pairedItem: { item: 4 },
		};
		const failed = { error: new OperationError('No', parts), item: 4 };
		expect(failedItem(failed, { ...node, onError: 'continueRegularOutput' })).toEqual(expected);
		expect(failedItem(failed, { ...node, onError: 'continueErrorOutput' })).toEqual({
			json: { error: 'No [Item 4]', message: 'D (status 422, code X, request ID r)' },
			pairedItem: { item: 4 },
		});
	});

	it('always has a message on the error output', () => {
		const onError = 'continueErrorOutput';
		const { json } = failedItem({ error: new OperationError('No'), item: 4 }, { ...node, onError });
		expect(json).toEqual({ error: 'No [Item 4]', message: 'No' });
	});
});

describe('asOperationError', () => {
	it.each([
		[new OperationError('a'), 'a'],
		[new TypeError('b'), 'b'],
		['c', 'Unexpected error: c'],
		[null, 'Unexpected error: null'],
	])('%s', (thrown, message) => {
		expect(asOperationError(thrown).message).toBe(message);
	});
});
