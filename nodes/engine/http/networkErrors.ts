import { NOT_SENT_CODE } from '../errors';
import type { Outcome } from './retry';

/** Node's and OpenSSL's codes for a server that is unreachable or not trusted, so that no request was sent. */
const UNREACHED =
	/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|CERT_.*|ERR_TLS_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*|UNABLE_TO_.*)$/;

/** The messages of n8n 1.123 to 2.41 when it does not send a request. */
const REJECTED_BY_N8N =
	/^(Domain not allowed|This credential is (restricted|configured)|The request was blocked because|Unrecognized credential type|Node ".*" does not have any credentials)/;

/**
 * The code of the network error that caused an error of n8n's request helper.
 * n8n-workflow before 2.34 does not keep the cause of an error, and only httpCode contains the code.
 */
function codeOf(thrown: unknown): string | undefined {
	for (let error = thrown, depth = 0; error instanceof Error && depth < 5; depth++) {
		const { code, httpCode } = {
			code: 'code' in error && error.code,
			httpCode: 'httpCode' in error && error.httpCode,
		};
		for (const found of [code, httpCode]) if (typeof found === 'string' && found) return found;
		error = error.cause;
	}
	return undefined;
}

/**
 * The outcome of a request for which n8n's request helper, or reading the response, threw an error.
 * Unless the error clearly means that nothing was sent, the response counts as lost.
 * @returns undefined if nothing was sent and a retry is useless
 */
export function outcomeOfError(
	thrown: unknown,
): Extract<Outcome, { kind: 'unreached' | 'lost' }> | undefined {
	const { message } = thrown instanceof Error ? thrown : { message: String(thrown) };
	const code = codeOf(thrown);
	if (code === NOT_SENT_CODE || (code === undefined && REJECTED_BY_N8N.test(message)))
		return undefined;
	if (code !== undefined && UNREACHED.test(code)) return { kind: 'unreached', code };
	return { kind: 'lost', code: code ?? (message || 'unknown') };
}
