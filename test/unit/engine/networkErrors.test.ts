import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { INode, JsonObject } from 'n8n-workflow';
import { OperationError, inputError } from '../../../nodes/engine/errors.ts';
import { outcomeOfError } from '../../../nodes/engine/http/networkErrors.ts';

// Runs with the oldest n8n-workflow, too, whose errors have no cause.
const node: INode = {
	id: '1',
	name: 'Portable',
	type: 'n8n-nodes-dataflows.portable',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** As n8n's request helper throws it. */
function asThrown(error: Error): NodeApiError {
	return new NodeApiError(node, error as Error & JsonObject);
}

/** As axios throws it. */
function network(code: string | undefined, message: string): Error {
	const error = new Error(message, { cause: Object.assign(new Error(message), { code }) });
	return Object.assign(error, { name: 'AxiosError', isAxiosError: true, code });
}

describe('an error of n8n’s request helper', () => {
	it.each([
		['ECONNRESET', 'socket hang up'],
		['ECONNRESET', 'read ECONNRESET'],
		['ECONNABORTED', 'timeout of 700ms exceeded'],
		['ETIMEDOUT', 'connect ETIMEDOUT'],
		['EPIPE', 'write EPIPE'],
		['HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/'],
		['ERR_BAD_RESPONSE', 'stream has been aborted'],
	])('%s, "%s": the response was lost', (code, message) => {
		expect(outcomeOfError(asThrown(network(code, message)))).toEqual({ kind: 'lost', code });
	});

	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EPROTO', 'CERT_HAS_EXPIRED'])(
		'%s: the server was not reached',
		(code) => {
			expect(outcomeOfError(asThrown(network(code, `connect ${code}`)))).toEqual({
				kind: 'unreached',
				code,
			});
		},
	);

	it.each([
		['the credential', inputError('The token in the credential is empty')],
		[
			'n8n, for the domain',
			new NodeOperationError(node, 'Domain not allowed: This credential is restricted'),
		],
		[
			'n8n, for the address',
			new Error('The request was blocked because it resolves to a restricted IP address'),
		],
	])('rejected by %s: nothing was sent', (_by, error) => {
		expect(outcomeOfError(asThrown(error))).toBeUndefined();
	});

	it.each([
		['an axios error without a code', asThrown(network(undefined, 'odd'))],
		['an unknown error of n8n', asThrown(new TypeError('odd'))],
		['an internal error while the response is read', new TypeError('odd')],
		['no error at all', 'odd'],
	])(
		'%s: it is unknown whether the request was sent, so the response counts as lost',
		(_what, error) => {
			expect(outcomeOfError(error)).toEqual({ kind: 'lost', code: 'odd' });
		},
	);

	it('a status that n8n turns into an error counts as a lost response', () => {
		const error = new NodeApiError(node, { message: 'Bad' }, { httpCode: '502' });
		expect(outcomeOfError(error)).toEqual({ kind: 'lost', code: '502' });
	});

	it('an error of the response reader keeps its code', () => {
		expect(outcomeOfError(new OperationError('too large', { code: 'TOO_LARGE' }))?.code).toBe(
			'TOO_LARGE',
		);
		expect(
			outcomeOfError(new OperationError('It answered oddly', { fromService: true }))?.kind,
		).toBe('lost');
	});
});
